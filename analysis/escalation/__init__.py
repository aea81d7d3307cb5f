"""Is there an escalation around an anniversary? Calendars, counts over time, the study, its sensitivity.

calendars  anniversaries in three calendars      rates     exact rate ratios        placebo   the law over placebo dates
timeline   counts per period, rolling rate       windows   counting, the estimate   controls  where it should not matter
study      one call, one Study, one sentence     cautions  what weakens it          sensitivity  other choices, many tests
composite  the mean course around the dates      breaks    change points, blocks    hawkes    how clustered the series is
"""
