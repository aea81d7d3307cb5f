"""Many tellings to one record: clusters, events, a person's corrections, review, agreement between coders."""
