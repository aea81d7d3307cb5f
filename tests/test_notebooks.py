"""Every notebook asks a question, answers it without a warning, and can be run again with other parameters."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.figures.tables_html import show_table
from analysis.notebooks import choose_report, find_notebook, list_mentions, only_place, read_parameters, run_notebook
from analysis.paths import data_path
from analysis.reading.reports import read_reports
from analysis.tables import EVENTS, make_table

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("[0-9]*.ipynb"))
MOST_STEPS = 5
"""Statements of a code cell beyond its imports and parameters."""


def cells(path: Path, kind: str = "code") -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_a_question_with_short_cells_and_no_outputs(path):
    code = cells(path)
    heads = [source(cell) for cell in cells(path, "markdown")]
    tagged = [cell for cell in code if "parameters" in cell["metadata"].get("tags", ())]
    trees = [ast.parse(source(cell)) for cell in code]
    defined = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    steps = [tree.body for cell, tree in zip(code, trees, strict=True) if cell not in tagged]
    calls = [body for body in steps if not isinstance(body[0], ast.ImportFrom)]

    assert re.match(rf"# {path.stem[:2]} · .+\?\n\n\*\*In short:", heads[0])
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []
    assert len(tagged) == 1
    assert defined == []
    assert [ast.unparse(body[0]) for body in calls if len(body) > MOST_STEPS] == []


RUNS = {
    "01": {"report_id": "p010", "lang": "ar"},
    "02": {"reports": "some.csv", "lang": "ar", "most": "5"},
    "03": {"reports": "some.csv", "anniversary": "quds_day", "before": "10", "lang": "ar"},
    "04": {"reports": "some.csv", "place": "Deir ez-Zor Governorate", "calendar": "hijri"},
    "06": {"reports": "own.csv", "columns": "{'text': 'body'}", "lang": "ar"},
}
EVERY = {"some.csv": 4, "own.csv": 9}
"""Of how many sample reports one is read; notebook 01 finds its report among all of them."""
FIGURES = {
    "03": {"aligned", "forest", "placebo", "specification", "intervals", "sources"},
    "04": {"timeline", "narrative", "strip", "dyads", "map", "calendar_hijri"},
    "06": {"timeline", "map", "report"},
}


@pytest.mark.parametrize("number", RUNS)
def test_a_notebook_runs_with_other_parameters_and_prints_no_warning(number, tmp_path):
    """Slow, because each starts a kernel of its own and draws every figure twice; so they read some reports only."""
    given = dict(RUNS[number])
    if "reports" in given:
        some = read_reports(data_path("reports"))[["report_id", "published", "text"]].iloc[:: EVERY[given["reports"]]]
        given["reports"] = str(tmp_path / given["reports"])
        some.rename(columns={"text": "body"} if "columns" in given else {}).to_csv(given["reports"], index=False)
    files = run_notebook(number, tmp_path, given)
    outputs = [output for cell in cells(files[0]) for output in cell["outputs"]]
    shown = [source({"source": output.get("data", {}).get("text/html", "")}) for output in outputs]

    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    assert [text for text in shown if "Warning" in text] == []
    assert all('alt="' in text for text in shown if "<img" in text)
    assert {path.name.split(".")[0] for path in files[1:]} >= FIGURES.get(number, set())
    assert [text for text in shown if "Traceback" in text] == []
    assert str(tmp_path) not in json.dumps([cell["metadata"] for cell in cells(files[0])])
    assert all(path.exists() and path.stat().st_size for path in files)


@pytest.mark.parametrize(
    ("number", "parameters", "said"),
    [
        ("9", {}, "no notebook '9'; there are 01-one-report"),
        ("03", {"aniversary": "ashura"}, "no parameter 'aniversary'; its parameters are reports, anniversary"),
        ("03", {"before": "two"}, "before of 03-around-the-anniversary.ipynb is like 14, not 'two'"),
    ],
)
def test_a_wrong_parameter_is_said_before_anything_runs(number, parameters, said, tmp_path):
    with pytest.raises(ValueError, match=re.escape(said)):
        run_notebook(number, tmp_path, parameters)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["3", "03", "03-around-the-anniversary", "03-around-the-anniversary.ipynb"])
def test_a_notebook_is_found_by_number_or_name(name):
    assert find_notebook(name).stem == "03-around-the-anniversary"
    assert read_parameters(find_notebook(name))["flank"] == 60


ROW = {
    "event_id": "e1",
    "kind": "airstrike",
    "status": "happened",
    "background": False,
    "date_start": "2022-01-03",
    "date_end": "2022-01-04",
    "actors": "isis",
    "place_id": "x",
    "place_en": "<b>Shuhayl",
    "place_ar": "<b>الشحيل",
    "admin1": "al_anbar",
    "confidence": 0.5,
    "n_reports": 1,
    "n_sources": 1,
    "grade": "weak",
    "incident_ids": "a:0:airstrike",
}


def events(*rows: dict[str, object]) -> pd.DataFrame:
    return make_table(EVENTS, [ROW | {"event_id": f"e{n}"} | row for n, row in enumerate(rows)])


def test_a_table_of_events_is_told_not_dumped():
    html = str(show_table(events({}), "ar"))

    assert html.startswith('<div class="rasd-table" dir="rtl" lang="ar"')
    assert html.count("<th ") == 9
    assert "&lt;b&gt;الشحيل، الأنبار" in html
    assert "<b>" not in html
    assert 'data-k="2022-01-03"' in html


def test_a_wide_table_says_what_it_leaves_out():
    wide = pd.DataFrame({f"c{n}": [n, n + 1] for n in range(15)})
    html = str(show_table(wide, most=1))

    assert html.count("<td ") == 12
    assert "1 shown of 2. Columns not shown: c12, c13, c14" in html


def test_unknown_and_long_cells_are_shown_as_such():
    html = str(show_table(pd.DataFrame({"a": [None, "س" * 400, 0.123456, [1, 2]]})))

    assert ">–</td>" in html
    assert f"{'س' * 300} …" in html
    assert ">0.123</td>" in html


@pytest.mark.parametrize(
    ("place", "kept"),
    [("", ["e0", "e1"]), ("Anbar Governorate", ["e0"]), ("الأنبار", ["e0"]), ("al_anbar", ["e0"]), ("y", ["e1"])],
)
def test_rows_are_kept_by_place_or_what_it_lies_in(place, kept):
    table = events({}, {"place_id": "y", "admin1": "baghdad_gov"})

    assert list(only_place(table, place)["event_id"]) == kept


def test_a_place_where_nothing_lies_is_answered_with_places_where_something_does():
    with pytest.raises(ValueError, match="no row lies at 'Paris'; the places of most rows are <b>Shuhayl"):
        only_place(events({}), "Paris")


def test_a_report_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(ValueError, match="no report 'z'; the first ids are a, b"):
        choose_report(pd.DataFrame({"report_id": ["a", "b"]}), "z")


def test_every_known_word_of_a_text_is_listed_where_it_stands():
    text = "قصفت طائرات مسيّرة مدينة الميادين"
    table = list_mentions(text)

    assert [text[row.start : row.end] for row in table.itertuples()] == list(table["text"])
    assert "places" in set(table["table"])
