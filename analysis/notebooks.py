"""Notebooks rerun with other parameters, and the few calls that their cells need."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.coding.lexicon import default_lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.text import fold
from analysis.exchange.files import write_table
from analysis.figures.evidence import Html
from analysis.figures.readable import keep_numbers, result
from analysis.figures.words import Words, names
from analysis.paths import atomic_path, data_path, notebook_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.escalation.study import Study

KEPT = ("png", "svg")
"""Formats in which a notebook keeps its figures."""


def run_notebook(number: str, out: Path | str, parameters: Mapping[str, Any] | None = None) -> list[Path]:
    """Run a notebook again with other parameters; return the executed notebook, then the files of its figures.

    `number` is '03', '3' or the name of the file. `parameters` are names of its first cell with their values; a text
    is taken for the type of the value that stands there. Figures go to a folder named after the notebook, in `out`.
    Raises ValueError for a notebook or a parameter that is not there, a value of another type, or an error within the
    notebook; nothing is written then.
    """
    import papermill

    source = find_notebook(number)
    known = read_parameters(source)
    given = {name: _cast(name, value, known, source) for name, value in (parameters or {}).items()}
    figures = Path(out) / source.stem
    if "out" in known:
        given = {"out": str(figures.resolve())} | given
    target = Path(out) / source.name
    with atomic_path(target) as temporary:
        try:
            papermill.execute_notebook(
                str(source),
                str(temporary),
                given,
                kernel_name="python3",
                progress_bar=False,
                extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns of its own transport
            )
        except papermill.PapermillExecutionError as error:
            raise ValueError(f"{source.name}: {error.ename}: {error.evalue}") from error
        _forget_machine(temporary)
    return [target, *sorted(path for path in figures.rglob("*") if path.is_file())]


def find_notebook(number: str) -> Path:
    """Return the path of a notebook of the package by its number or name. Raises ValueError where there is none."""
    paths = sorted(notebook_path().glob("[0-9]*.ipynb"))
    wanted = str(number).removesuffix(".ipynb")
    for path in paths:
        if wanted == path.stem or wanted.zfill(2) == path.stem.partition("-")[0]:
            return path
    raise ValueError(f"no notebook {number!r}; there are {', '.join(path.stem for path in paths)}")


def read_parameters(notebook: Path) -> dict[str, Any]:
    """Return the parameters of a notebook with their values: the assignments of its cell tagged `parameters`."""
    import nbformat

    cells = nbformat.read(notebook, as_version=4)["cells"]
    source = "\n".join(cell["source"] for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
    return {
        target.id: _literal(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def keep_figure(target: Axes | Figure, out: str = "") -> Html:
    """Show a figure in a notebook; where `out` names a folder, also save it there with its table and caption."""
    from analysis.figures.canvas import drawing_of
    from analysis.figures.saving import save_figure, show_figure

    if out:
        drawing = drawing_of(target)
        save_figure(target, Path(out) / f"{drawing.name}.{drawing.lang}", KEPT)
    return show_figure(target)


def show_progress(lang: str = "en") -> Callable[[str, int, int], None]:
    """Show progress in a notebook; return what moves its bars: `advance(stage, done, of)`, as `analysis.run` calls."""
    from IPython.display import display

    bars: dict[str, Any] = {}

    def advance(stage: str, done: int, of: int) -> None:
        named = escape(names("page_progress", lang).get(stage, stage))
        bar = Html(
            f'<div dir="{"rtl" if lang == "ar" else "ltr"}">{named} '
            f'<progress value="{done}" max="{max(of, 1)}" aria-label="{named}"></progress> {done}/{of}</div>'
        )
        if stage in bars:
            bars[stage].update(bar)
        else:
            bars[stage] = display(bar, display_id=True)

    return advance


def samples_or(path: str) -> Path:
    """Return the path of a person's own reports; where it is empty, that of the reports of the package."""
    return Path(path) if path else data_path("reports")


def choose_report(reports: pd.DataFrame, report_id: str) -> pd.DataFrame:
    """Return one report as a table of one row. Raises ValueError, with ids that are there, where it is not."""
    chosen = reports[reports["report_id"] == report_id]
    if chosen.empty:
        raise ValueError(f"no report {report_id!r}; the first ids are {', '.join(reports['report_id'].head(5))}")
    return chosen


def say_study(study: Study | str, lang: str = "en") -> Html:
    """Say the result of a study in words, its cautions beneath; a text instead of a study says why there is none."""
    words = Words(lang)
    start = f'<div dir="{"rtl" if lang == "ar" else "ltr"}" lang="{lang}">'
    if isinstance(study, str):
        return Html(f'{start}<p>{escape(words.say("page_no_study"))} <bdi lang="en">{escape(study)}</bdi></p></div>')
    sentence, cautions = result(study, lang)
    listed = "".join(f"<li>{keep_numbers(escape(one))}</li>" for one in (words.say("page_caveat"), *cautions))
    return Html(f"{start}<p><strong>{keep_numbers(escape(sentence))}</strong></p><ul>{listed}</ul></div>")


def write_corpus(outcome: Any, out: str, lang: str = "en") -> pd.DataFrame:
    """Write the tables of an `analysis.run.Outcome` and the page into a folder; return the files and their sizes.

    An empty `out` writes nothing.
    """
    from analysis.figures.page import write_page

    if not out:
        return pd.DataFrame({"file": [], "bytes": []})
    written = [write_table(table, Path(out) / f"{name}.csv") for name, table in outcome.tables().items()]
    page = write_page(
        Path(out) / "report.html",
        reports=outcome.reports,
        incidents=outcome.coded.incidents,
        events=outcome.events,
        set_aside=outcome.set_aside,
        study=outcome.study,
        no_study=outcome.no_study,
        lang=lang,
    )
    return pd.DataFrame([{"file": str(file), "bytes": file.stat().st_size} for file in (page, *written)])


def list_mentions(text: str) -> pd.DataFrame:
    """List the words of the tables found in a text: text, table, id (several for namesakes), prefix, start, end.

    Words that only join others (tables `heads` and `links`) are left out.
    """
    found = [m for m in find_mentions(fold(text), default_lexicon()) if m.sort not in ("heads", "links")]
    columns = ("text", "table", "id", "prefix", "start", "end")
    rows = [(text[m.start : m.end], m.sort, "; ".join(m.ids), m.prefix, m.start, m.end) for m in found]
    return pd.DataFrame(rows, columns=columns)


def only_place(table: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return the rows of incidents or events at a place: an id, an English or Arabic name, or what it lies in.

    An empty `place` keeps all rows. Raises ValueError where no row lies there, with the places that most rows have.
    """
    if not place:
        return table
    within = table[["place_id", "place_en", "place_ar", "admin1", "admin2", "country"]].astype("object")
    regions = {key for lang in ("en", "ar") for key, name in names("place", lang).items() if name == place}
    kept = table[within.isin([place, *regions]).any(axis=1)]
    if kept.empty:
        most = table["place_en"].dropna().value_counts().head(5).index
        raise ValueError(f"no row lies at {place!r}; the places of most rows are {', '.join(map(str, most))}")
    return kept


def _literal(node: ast.expr) -> Any:
    """The value of a parameter; None where it is a call, whose type nobody knows."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _cast(name: str, value: Any, known: Mapping[str, Any], source: Path) -> Any:
    if name not in known:
        raise ValueError(f"{source.name} has no parameter {name!r}; its parameters are {', '.join(known)}")
    default = known[name]
    if not isinstance(value, str) or default is None or isinstance(default, str):
        return value
    try:
        cast = ast.literal_eval(value)
    except (SyntaxError, ValueError):
        cast = value
    if not isinstance(cast, type(default)):
        raise ValueError(f"{name} of {source.name} is like {default!r}, not {value!r}")
    return cast


def _forget_machine(notebook: Path) -> None:
    """Take out of an executed notebook when and where it ran, so that it can be passed on."""
    import nbformat

    content = nbformat.read(notebook, as_version=4)
    for part in (content, *content["cells"]):
        part["metadata"].pop("papermill", None)
        part["metadata"].pop("execution", None)
    nbformat.write(content, notebook)
