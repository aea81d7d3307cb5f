"""Incidents from Arabic conflict reports."""
