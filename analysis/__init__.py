"""From Arabic conflict reports to a defensible statement about escalation.

    reports ─reading─▶ reports table ─coding─▶ incidents ─events─▶ events ─escalation─▶ rate ratios ─figures─▶ pictures

    reading/      reports in, one file per format                 read_reports
    coding/       one report's text to incidents                  code_reports, read_dates, read_counts, explain_report
    events/       many tellings to one event; a person's word     cluster_incidents, collapse_events, review
    escalation/   is it more than ordinary weeks would show?      study_anniversary
    figures/      one message per Axes                            draw_timeline, ..., show_evidence
    exchange/     other people's formats                          read_airwars, read_ucdp
    tables.py     columns, dtypes and promises of every table

>>> from analysis import read_reports, code_reports
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.coding.coder import code_reports as code_reports
    from analysis.coding.counts import read_counts as read_counts
    from analysis.coding.dates import read_dates as read_dates
    from analysis.coding.explain import explain_report as explain_report
    from analysis.coding.gaps import find_gaps as find_gaps
    from analysis.escalation.study import study_anniversary as study_anniversary
    from analysis.events.agreement import compare_coders as compare_coders
    from analysis.events.cluster import cluster_incidents as cluster_incidents
    from analysis.events.collapse import collapse_events as collapse_events
    from analysis.events.corrections import apply_corrections as apply_corrections
    from analysis.events.corrections import read_corrections as read_corrections
    from analysis.events.review import review as review
    from analysis.exchange.airwars import read_airwars as read_airwars
    from analysis.exchange.files import write_table as write_table
    from analysis.exchange.ucdp import read_ucdp as read_ucdp
    from analysis.figures.evidence import show_evidence as show_evidence
    from analysis.reading.reports import read_reports as read_reports
    from analysis.tables import set_aside as set_aside

_WHERE = {
    "read_reports": "reading.reports",
    "set_aside": "tables",
    "code_reports": "coding.coder",
    "read_dates": "coding.dates",
    "read_counts": "coding.counts",
    "explain_report": "coding.explain",
    "find_gaps": "coding.gaps",
    "cluster_incidents": "events.cluster",
    "collapse_events": "events.collapse",
    "read_corrections": "events.corrections",
    "apply_corrections": "events.corrections",
    "review": "events.review",
    "compare_coders": "events.agreement",
    "study_anniversary": "escalation.study",
    "show_evidence": "figures.evidence",
    "read_airwars": "exchange.airwars",
    "read_ucdp": "exchange.ucdp",
    "write_table": "exchange.files",
}
"""Where each public name lives; it is imported when first asked for, so that a verb pays only for what it uses."""

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}; its names are {', '.join(__all__)}")
    value = getattr(import_module(f"analysis.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
