"""One report's text to incidents: text, lexicon, mentions, dates, counts, places, cues, clauses, grammar, references, coder."""
