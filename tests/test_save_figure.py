"""A figure is written with its table and caption, tells itself to who cannot see it, and comes out the same again."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from analysis.escalation.study import study_anniversary
from analysis.figures import saving
from analysis.figures.album import NAMES, draw_all, happened
from analysis.figures.canvas import drawing_of
from analysis.figures.moments import observed_days
from analysis.figures.narrative import draw_narrative
from analysis.figures.saving import picture, save_figure, show_figure, table_csv
from analysis.figures.timeline import draw_timeline
from analysis.tables import EVENTS, make_table

SVG = "{http://www.w3.org/2000/svg}"


def made(rows: int = 30, **given: object) -> pd.DataFrame:
    """A small record over three years, with one row that has no date."""
    return make_table(
        EVENTS,
        [
            {
                "event_id": f"e{number}",
                "kind": ("airstrike", "arrest", "protest")[number % 3],
                "status": "happened",
                "background": False,
                "date_start": None if number == 4 else pd.Timestamp("2020-11-01") + pd.Timedelta(days=29 * number),
                "date_end": None if number == 4 else pd.Timestamp("2020-11-01") + pd.Timedelta(days=29 * number),
                "actor_side": "iran",
                "target_side": "coalition",
                "place_en": "Al-Mayadin",
                "place_ar": "الميادين",
                "lat": 35.02,
                "lon": 40.45,
                "place_precision": "town",
                "killed_min": number,
                "confidence": 0.5,
                "n_reports": 1,
                "n_sources": 1,
                "grade": "weak",
                "incident_ids": "i",
                **given,
            }
            for number in range(rows)
        ],
    )


@pytest.mark.parametrize("lang", ["en", "ar", "both"])
def test_picture_table_and_caption_are_written_together(tmp_path: Path, lang: str):
    ax = draw_timeline(made(), lang=lang, source="made for this test")

    files = save_figure(ax, tmp_path / "new" / f"timeline.{lang}", formats=("png", "svg", "pdf"))

    assert [file.name.removeprefix(f"timeline.{lang}.") for file in files] == ["png", "svg", "pdf", "csv", "txt"]
    assert sorted(files) == sorted((tmp_path / "new").iterdir()), "nothing else is left behind"
    table = pd.read_csv(tmp_path / "new" / f"timeline.{lang}.csv")
    assert table["count"].sum() == 29
    caption = (tmp_path / "new" / f"timeline.{lang}.txt").read_text(encoding="utf-8")
    about = drawing_of(ax)
    assert about.title in caption
    assert about.alt in caption
    assert "made for this test" in caption
    digest = hashlib.sha256((tmp_path / "new" / f"timeline.{lang}.csv").read_bytes()).hexdigest()
    for fact in (f"sha256: {digest}", f"rows: {len(table)}", "window: -14/+14", "observed: 2020-11-01/", "rasd: "):
        assert fact in caption


def test_the_ending_of_the_path_chooses_the_format(tmp_path: Path):
    files = save_figure(draw_timeline(made()), tmp_path / "a.svg")

    assert [file.name for file in files] == ["a.svg", "a.csv", "a.txt"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_format_carries_its_description(lang: str):
    ax = draw_timeline(made(), lang=lang)
    about = drawing_of(ax)

    chunks = Image.open(io.BytesIO(picture(ax, "png"))).text
    assert chunks["Description"] == about.alt
    assert chunks["Title"] == about.title
    assert f'"rows": "{len(about.table)}"' in chunks["Comment"]

    root = ElementTree.fromstring(picture(ax, "svg"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "rasd-title rasd-desc"
    assert root.find(f"{SVG}title").text == about.title  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc").text == about.alt  # type: ignore[union-attr]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang

    content = picture(ax, "pdf")
    stored = about.alt.encode("ascii") if lang == "en" else b"\xfe\xff" + about.alt.encode("utf-16-be")
    assert _unescaped(stored[:60]) in _unescaped(content)
    assert b"/Subject" in content
    assert b"/Keywords" in content
    assert b"CreationDate" not in content


def _unescaped(content: bytes) -> bytes:
    """PDF strings put a backslash before brackets and backslashes, and write a line end as its letter."""
    return content.replace(b"\\n", b"\n").replace(b"\\r", b"\r").replace(b"\\", b"")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_rerun_gives_the_same_bytes(kind: str, lang: str):
    first, second = (draw_timeline(made(), lang=lang) for _ in range(2))

    printed = picture(first, kind)
    assert picture(second, kind) == printed
    assert picture(second, kind) == printed, "and so does printing one figure twice"


def test_another_process_gives_the_same_bytes(tmp_path: Path):
    """In another zone of time and with another seed of hashes; slow because a fresh process imports and draws."""
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_save_figure import made\n"
        "from analysis.figures.saving import save_figure\n"
        "from analysis.figures.timeline import draw_timeline\n"
        "save_figure(draw_timeline(made(), lang='ar'), sys.argv[1], formats=('png', 'svg', 'pdf'))\n"
    )
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Etc/GMT+11"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True, cwd=root, env=environment)
    save_figure(draw_timeline(made(), lang="ar"), tmp_path / "here", formats=("png", "svg", "pdf"))

    for ending in ("png", "svg", "pdf", "csv", "txt"):
        assert (tmp_path / f"here.{ending}").read_bytes() == (tmp_path / f"there.{ending}").read_bytes(), ending


def test_a_picture_is_as_large_as_its_page_and_resolution():
    image = Image.open(io.BytesIO(picture(draw_timeline(made(), size="column"), "png", dpi=300)))

    assert image.size[0] == pytest.approx(85 / 25.4 * 300, abs=1)
    assert image.info["dpi"][0] == pytest.approx(300, abs=1)


def test_a_failure_leaves_the_old_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    save_figure(draw_timeline(made()), tmp_path / "a.png")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def broken(*_: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr(saving, "picture", broken)
    with pytest.raises(OSError, match="no space"):
        save_figure(draw_timeline(made(12)), tmp_path / "a.png")

    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize(("formats", "said"), [(("bmp",), "png, svg, pdf, not bmp"), (("png", "eps"), "not eps")])
def test_an_unknown_format_is_refused(tmp_path: Path, formats: tuple[str, ...], said: str):
    with pytest.raises(ValueError, match=said):
        save_figure(draw_timeline(made()), tmp_path / "a", formats=formats)
    assert not list(tmp_path.iterdir())


def test_a_figure_of_somebody_else_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="draw_"):
        save_figure(Figure().add_subplot(), tmp_path / "a.png")


def test_the_figure_of_a_caller_keeps_its_canvas_and_resolution(tmp_path: Path):
    figure = Figure(figsize=(5, 3), dpi=90)
    canvas = FigureCanvasAgg(figure)
    ax = draw_timeline(made(), ax=figure.add_subplot())

    save_figure(ax, tmp_path / "a", formats=("png", "svg", "pdf"))

    assert figure.canvas is canvas
    assert figure.dpi == 90


def test_a_notebook_shows_the_picture_with_its_text():
    ax = draw_timeline(made(), lang="ar")

    html = show_figure(ax)._repr_html_()

    root = ElementTree.fromstring(html.replace('auto">', 'auto"/>'))
    assert root.get("dir") == "rtl"
    image = root.find("img")
    assert image is not None
    assert image.get("alt") == drawing_of(ax).alt
    assert (image.get("src") or "").startswith("data:image/png;base64,")


def test_words_of_a_report_stay_words(tmp_path: Path):
    hostile = made(3, place_en='</desc><script>alert("1")</script>', place_ar='"><img src=x onerror=alert(1)>')
    for lang in ("en", "ar"):
        ax = draw_narrative(hostile, lang=lang)

        root = ElementTree.fromstring(picture(ax, "svg"))
        assert not [element for element in root.iter() if element.tag.endswith(("script", "img"))]
        assert root.find(f"{SVG}desc").text == drawing_of(ax).alt  # type: ignore[union-attr]
        assert "<script" not in str(show_figure(ax))
        assert "<img src=x" not in str(show_figure(ax))


def test_no_cell_of_the_table_is_a_formula_and_unknown_is_empty():
    table = pd.DataFrame(
        {
            "name": ["=1+1", "-2", "@x", "قصف", None],
            "number": [-1.5, 2, float("nan"), 0.1, 1 / 3],
            "day": pd.to_datetime(["2020-01-03", None, "2021-01-03", "2022-01-03", "2023-01-03"]),
            "sort": pd.Categorical(["+a", "b", None, "b", "b"]),
        }
    )

    assert table_csv(table).splitlines() == [
        "name,number,day,sort",
        "'=1+1,-1.5,2020-01-03,'+a",
        "'-2,2,,b",
        "'@x,,2021-01-03,",
        "قصف,0.1,2022-01-03,b",
        ",0.3333333333,2023-01-03,b",
    ]


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    events = pd.concat([made(40), made(40).assign(event_id=lambda rows: "f" + rows["event_id"])], ignore_index=True)
    reports = pd.DataFrame({"published": events["date_start"] + pd.Timedelta(days=1)})
    observed = ("2020-01-01", "2024-12-31")
    study = study_anniversary(events, "soleimani", years=(2021, 2022, 2023), observed=observed, redraws=0)
    out = tmp_path_factory.mktemp("album")
    return draw_all(events, events, reports, study, out, lang="ar", formats=("png",), size="middle")


def test_the_album_holds_every_figure(album: list[Path]):
    assert {file.name for file in album if file.suffix == ".png"} == {f"{name}.ar.png" for name in NAMES}
    assert all(file.is_file() for file in album)
    assert len(album) == 3 * len(NAMES)


def test_the_album_of_a_table_without_dates_is_its_map(tmp_path: Path):
    undated = made(4).assign(date_start=pd.NaT, date_end=pd.NaT)
    undated = undated.astype({"date_start": "datetime64[s]", "date_end": "datetime64[s]"})

    files = draw_all(
        undated, undated, pd.DataFrame({"published": []}), None, tmp_path, lang=("en", "ar"), formats=("png",)
    )

    assert [file.name for file in files if file.suffix == ".png"] == ["map.en.png", "map.ar.png"]


def test_the_album_of_nothing_is_empty(tmp_path: Path):
    nothing = made(0)

    assert draw_all(nothing, nothing, pd.DataFrame({"published": []}), None, tmp_path) == []


@pytest.mark.parametrize(
    ("spans", "published", "shown"),
    [
        ([("2010-12-22", "2019-12-22"), ("2020-01-03", "2020-01-05")], "2020-01-06", ("2020-01-03", "2020-01-05")),
        ([("2020-01-03", "2020-01-03"), ("2020-02-01", "2020-02-09")], "2020-02-04", ("2020-01-03", "2020-02-04")),
        ([("2010-12-22", "2019-12-22")], "2020-01-06", None),
    ],
)
def test_a_date_of_years_does_not_stretch_the_time_that_figures_show(spans, published, shown):
    told = pd.DataFrame(spans, columns=["date_start", "date_end"]).astype("datetime64[s]")

    seen = observed_days(told, pd.DataFrame({"published": pd.to_datetime([published])}))

    assert (seen and tuple(f"{day:%Y-%m-%d}" for day in seen)) == shown


def test_denials_attempts_history_and_summaries_are_not_drawn():
    rows = made(6).assign(
        status=["happened", "denied", "attempted", "happened", "happened", "happened"],
        background=[False, False, False, True, False, False],
        summary=[False, False, False, False, True, False],
    )

    assert list(happened(rows)["event_id"]) == ["e0", "e5"]
