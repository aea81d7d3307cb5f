"""Is there an escalation around an anniversary? Calendars, counts over time, the study, its sensitivity.

calendars    anniversaries in three calendars          timeline    counts per period, rolling rate, severity
rates        exact rate ratios, dispersion             placebo     the exact law over placebo dates
windows      counting around dates, the estimate       controls    the same where it should not matter
study        one call, one Study, one sentence         cautions    what weakens it
dating       how exactly incidents are dated           sentence    the words it is told in
sensitivity  other windows, other years, many tests    composite   the mean course around the dates
breaks       change points, Bayesian blocks            hawkes      how clustered the series is
regression   months and weekdays held fixed            simulation  which tests find what is not there
weekly       published weekly counts
"""
