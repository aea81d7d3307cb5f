"""Tables to pictures: one message per Axes; Arabic only through `figures.arabic`."""
