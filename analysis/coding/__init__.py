"""One report's text to incidents: text, mentions, dates, counts, actors, places, acts, roles, references, coder."""
