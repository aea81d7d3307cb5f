"""Reports in: one file per format, one door, `read_reports`."""
