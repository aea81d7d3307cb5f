"""The same verbs from a shell: `rasd code`, `rasd run`, and the rest; `rasd --help` lists them.

Exit codes: 0 done; 2 nothing could be read, or a word of the command is wrong; 3 done, but corrections no longer fit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    import pandas as pd

    from analysis.run import Outcome

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From Arabic conflict reports to incidents, events and a defensible statement about escalation.",
)
console = Console(stderr=True, highlight=False)
SHOWN_ASIDE = 5
UNFIT, BROKEN_CORRECTIONS = 2, 3

Reports = Annotated[
    Path, typer.Argument(help="A folder of .txt files, or a .csv, .tsv, .jsonl or .parquet of reports.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder to write into.")]
Columns = Annotated[
    list[str] | None, typer.Option("--column", "-c", help="Our name for a column = its name in your table: text=body.")
]
Corrections = Annotated[Path | None, typer.Option(help="A file of corrections to apply.")]
Places = Annotated[Path | None, typer.Option(help="A table of more places, with names and coordinates.")]
Workers = Annotated[int, typer.Option(help="Processes to code with; 0 for one per processor.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Which = Annotated[str, typer.Option(help="An id of entities/anniversaries.tsv, or the day of an event.")]
Language = Annotated[str, typer.Option(help="Language of figures: en, ar or both.")]


def main() -> None:
    """Run the command; errors meant for people are one line and no traceback."""
    from analysis.reading.reports import ReportsError
    from analysis.tables import TableError

    try:
        app(prog_name="rasd")
    except (ReportsError, TableError, FileNotFoundError, IsADirectoryError, PermissionError, ValueError) as error:
        if os.environ.get("RASD_TRACEBACK"):
            raise
        console.print(f"[red]rasd:[/red] {escape(str(error))}")
        sys.exit(UNFIT)


@app.callback(invoke_without_command=True)
def _options(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if show_version:
        typer.echo(f"rasd {version('rasd')}")
        raise typer.Exit


@app.command()
def code(
    reports: Reports,
    out: Out,
    column: Columns = None,
    corrections: Corrections = None,
    places: Places = None,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Code reports into DIR/incidents.csv (and .parquet), one row per incident as one report tells it."""
    from analysis.run import Work, read_and_code, write_tables

    work = Work(reports, _mapped(column), corrections, places, workers=_count(workers))
    with _progress(quiet) as advance:
        outcome = read_and_code(work, advance)
    files = write_tables(outcome.tables(), out)
    _say(outcome, files, quiet)


@app.command()
def run(
    reports: Reports,
    out: Out,
    column: Columns = None,
    corrections: Corrections = None,
    places: Places = None,
    anniversary: Which = "soleimani",
    lang: Language = "both",
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Go the whole way: incidents, events, figures, and DIR/report.html, the page to open."""
    from analysis.run import Work, run_all

    work = Work(reports, _mapped(column), corrections, places, anniversary, _language(lang), _count(workers))
    with _progress(quiet) as advance:
        outcome = run_all(work, out, advance)
    _say(outcome, outcome.files, quiet)


@app.command()
def figures(
    reports: Reports,
    out: Out,
    column: Columns = None,
    corrections: Corrections = None,
    places: Places = None,
    anniversary: Which = "soleimani",
    lang: Language = "both",
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Draw every figure into DIR, in English, Arabic or both, each with its table and its caption."""
    from analysis.run import Work, draw_figures

    work = Work(reports, _mapped(column), corrections, places, anniversary, _language(lang), _count(workers))
    with _progress(quiet) as advance:
        files = draw_figures(work, out, advance)
    if not quiet:
        _say_files(files)


@app.command()
def explain(
    reports: Reports,
    report: Annotated[str | None, typer.Option(help="The id of one report.")] = None,
    column: Columns = None,
) -> None:
    """Say which words gave each field of an incident and by which rule, and why a sentence gave none."""
    from analysis.coding.explain import explain_report
    from analysis.reading.reports import read_reports

    table = read_reports(reports, _mapped(column))
    chosen = table if report is None else table[table["report_id"] == report]
    if chosen.empty:
        raise ValueError(f"no report {report!r} in {reports}; its ids begin {', '.join(table['report_id'][:5])}")
    for _, row in chosen.iterrows():
        typer.echo(str(explain_report(row)))


@app.command()
def gaps(
    reports: Reports, column: Columns = None, most: Annotated[int, typer.Option(help="Rows to print.")] = 40
) -> None:
    """Print words that reports use as actors or places and the tables lack, as rows to paste into data/lexicon."""
    from analysis.coding.gaps import find_gaps
    from analysis.reading.reports import read_reports

    table = find_gaps(read_reports(reports, _mapped(column)))
    typer.echo(table.head(most).to_csv(sep="\t", index=False, lineterminator="\n"), nl=False)


@app.command()
def dates(
    text: str,
    published: Annotated[str | None, typer.Option(help="Day of publication, 2022-01-08.")] = None,
) -> None:
    """Print every date read in a text, as an interval with its basis, and how it was read."""
    from analysis.coding.dates import explain_dates

    for line in explain_dates(text, published):
        typer.echo(line)


@app.command()
def counts(text: str) -> None:
    """Print every count read in a text, as a range with what was counted."""
    from analysis.coding.counts import read_counts

    _print_table(read_counts(text))


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Hand-coded reports, JSON lines (data/CODEBOOK.md).")],
    predicted: Annotated[
        Path | None, typer.Argument(help="incidents.csv; left out, the gold's reports are coded.")
    ] = None,
    misses: Annotated[int, typer.Option(help="Print so many misses and false alarms.")] = 0,
) -> None:
    """Measure incidents against hand-coded reports: found, kind, row, fields, counts."""
    from analysis.events.scoring import print_score

    typer.echo(print_score(gold, predicted, misses))


@app.command()
def notebook(
    number: Annotated[str, typer.Argument(help="Which notebook: 01 to 06.")],
    out: Out = Path("build/notebooks"),
    parameter: Annotated[list[str] | None, typer.Option("-p", help="A parameter: name=value.")] = None,
) -> None:
    """Run a notebook again with other parameters; write it, executed, with its figures."""
    from analysis.notebooks import run_notebook

    console.print(f"running notebook {number}")
    for file in run_notebook(number, out, _mapped(parameter)):
        typer.echo(str(file))


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], object]]:
    """A bar per stage, on the error stream, where a person looks at it; `advance(stage, done, total)`."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True) as bar:
        tasks: dict[str, object] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield advance


def _mapped(pairs: Sequence[str] | None) -> dict[str, str]:
    mapped = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not (name and equals and value):
            raise ValueError(f"{pair!r} is no name=value pair; write it as text=body")
        mapped[name] = value
    return mapped


def _count(workers: int) -> int:
    return workers or os.cpu_count() or 1


def _language(lang: str) -> str:
    if lang not in ("en", "ar", "both"):
        raise ValueError(f"--lang {lang}: it is one of en, ar, both")
    return lang


def _say(outcome: Outcome, files: Sequence[Path], quiet: bool) -> None:
    """End a command: where things are and what was found, what was set aside and why, which corrections do not fit."""
    if not quiet:
        _say_files([file for file in files if file.parent.name != "figures"])
        drawn = [file for file in files if file.parent.name == "figures"]
        if drawn:
            console.print(f"{len(drawn)} files of figures, their tables and captions in {drawn[0].parent}")
        _say_found(outcome)
        _say_aside(outcome.set_aside)
    if len(outcome.unfit_corrections):
        for row in outcome.unfit_corrections.to_dict("records"):
            said = f"{row['file']}, line {row['line']}: {row['outcome']}: {row['why']}; {row['cure']}"
            console.print(f"[red]correction:[/red] {escape(said)}")
        raise typer.Exit(BROKEN_CORRECTIONS)


def _say_found(outcome: Outcome) -> None:
    incidents = outcome.coded.incidents
    told = incidents[~incidents["summary"]]
    found = f"{len(outcome.reports)} reports; {len(told)} incidents in {told['report_id'].nunique()} of them"
    merged = "" if outcome.events is None else f", merged into {len(outcome.events)} events"
    console.print(f"{found}{merged}; {len(outcome.set_aside)} set aside")
    other = outcome.reports["encoding"].dropna().value_counts().drop("utf-8", errors="ignore")
    for encoding, number in other.items():
        console.print(f"{number} reports were not UTF-8 and were read as {encoding}; look at one to be sure")
    by_kind = told["kind"].astype(str).value_counts()
    console.print("by kind: " + ", ".join(f"{kind} {number}" for kind, number in by_kind.items()))
    by_year = told["date_start"].dt.year.astype("Int64").value_counts().sort_index()
    undated = int(told["date_start"].isna().sum())
    console.print(
        "by year: " + ", ".join(f"{year} {number}" for year, number in by_year.items()) + f"; undated {undated}"
    )
    if outcome.study is not None:
        console.print(escape(outcome.study.sentence()))
        if outcome.sample:
            console.print(
                "The sample reports were gathered around anniversaries: they cannot tell whether these escalate."
            )
    elif outcome.no_study:
        console.print(f"no study of the anniversary: {escape(outcome.no_study)}")


def _say_aside(aside: pd.DataFrame) -> None:
    for row in aside.head(SHOWN_ASIDE).to_dict("records"):
        line = f", line {row['line']}" if isinstance(row["line"], int) else ""
        said = f"{row['file']}{line}: {row['reason']}; {row['cure']}"
        console.print(f"[yellow]set aside:[/yellow] {escape(said)}")
    if len(aside) > SHOWN_ASIDE:
        console.print(f"... and {len(aside) - SHOWN_ASIDE} more, in set_aside.csv")


def _say_files(files: Sequence[Path]) -> None:
    for file in files:
        typer.echo(str(file))


def _print_table(table: pd.DataFrame) -> None:
    typer.echo(table.to_csv(sep="\t", index=False, date_format="%Y-%m-%d", lineterminator="\n"), nl=False)


if __name__ == "__main__":
    main()
