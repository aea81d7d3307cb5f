"""Every figure says what its table says, in both languages, and nothing in it covers anything else."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.escalation.calendars import find_anniversary
from analysis.escalation.sentence import probability
from analysis.escalation.study import Study, study_anniversary
from analysis.figures.aligned import aligned_table, draw_aligned
from analysis.figures.arabic import CONTROLS, show
from analysis.figures.canvas import FAMILIES, SIZES, drawing_of
from analysis.figures.dyads import draw_dyads, dyads_table
from analysis.figures.forest import draw_forest, forest_table
from analysis.figures.heat import calendar_table, draw_calendar
from analysis.figures.intervals import draw_intervals, intervals_table
from analysis.figures.map import draw_map, map_table
from analysis.figures.moments import anniversaries, remembered
from analysis.figures.narrative import draw_narrative, narrative_table
from analysis.figures.placebo import draw_placebo, placebo_table
from analysis.figures.sources import draw_sources, sources_table
from analysis.figures.specification import draw_specification, specification_table
from analysis.figures.strip import draw_strip, strip_table
from analysis.figures.timeline import draw_timeline, timeline_table
from analysis.figures.words import LANGUAGES, Words, labels
from analysis.tables import EVENTS, make_table

ARABIC = re.compile("[\u0621-\u064a\ufe70-\ufefc]")
LATIN = re.compile("[A-Za-z]")
FOREIGN = ("Natural Earth", "p")
"""Latin letters that stand in Arabic lines too: a proper name, the sign of a probability."""

KINDS = ("airstrike", "shelling", "armed_attack", "arrest", "deployment", "protest")
SIDES = ("iran", "coalition", "isis", "israel", None)
TOWNS = (
    ("Al-Mayadin", "الميادين", 35.02, 40.45, "town"),
    ("Albukamal (centre)", "البوكمال «المركز»", 34.45, 40.92, "exact"),
    ("Countryside of Deir ez-Zor", "ريف دير الزور", 35.3, 40.2, "area"),
    ("Anbar", "الأنبار", 33.4, 43.3, "admin"),
)


def event(number: int) -> dict[str, Any]:
    """One row of a made record: about ten events a month for five years, more of them in early January."""
    day = pd.Timestamp("2019-09-01") + pd.Timedelta(days=(number * 37) % 2100)
    if number % 4 == 0:
        day = pd.Timestamp(2020 + number % 5, 1, 1 + number % 9)
    wide = number % 7 == 3
    undated = number % 29 == 5
    place = TOWNS[number % 4] if number % 11 else None
    killed = number % 9 if number % 3 == 0 else None
    return {
        "event_id": f"e{number:03d}",
        "kind": KINDS[number % 6],
        "status": "happened",
        "background": False,
        "date_start": None if undated else day,
        "date_end": None if undated else day + pd.Timedelta(days=number % 5 if wide else 0),
        "date_basis": None if undated else "stated",
        "date_precision": None if undated else "days" if wide else "day",
        "actors": "",
        "targets": "",
        "actor_side": SIDES[number % 5],
        "target_side": SIDES[(number + 1) % 5],
        "place_en": place[0] if place else None,
        "place_ar": place[1] if place else None,
        "lat": place[2] if place else None,
        "lon": place[3] if place else None,
        "place_precision": place[4] if place else None,
        "killed_min": killed,
        "killed_max": killed if number % 2 else None,
        "confidence": 0.4 + number % 5 / 10,
        "n_reports": 1 + number % 3,
        "n_sources": 1 + number % 2,
        "grade": ("weak", "fair")[number % 2],
        "incident_ids": f"i{number}",
        "first_reported": day,
    }


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return make_table(EVENTS, [event(number) for number in range(120)])


@pytest.fixture(scope="module")
def reports(events: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"published": events["date_start"].dropna() + pd.Timedelta(days=1)})


@pytest.fixture(scope="module")
def study(events: pd.DataFrame) -> Study:
    observed = ("2019-09-01", "2025-12-31")
    return study_anniversary(events, "soleimani", years=range(2021, 2025), observed=observed, redraws=0)


Draw = Callable[..., Axes | Figure]


@pytest.fixture(scope="module")
def draw(events: pd.DataFrame, reports: pd.DataFrame, study: Study) -> dict[str, Draw]:
    """Every figure by name; drawn once for each style, because most tests only read."""
    drawn: dict[tuple[object, ...], Axes | Figure] = {}

    def once(name: str, own: Draw) -> Draw:
        def drawing(**style: Any) -> Axes | Figure:
            if "ax" in style:
                return own(**style)
            key = (name, *sorted(style.items()))
            return drawn[key] if key in drawn else drawn.setdefault(key, own(**style))

        return drawing

    figures: dict[str, Draw] = {
        "timeline": lambda **style: draw_timeline(events, **style),
        "strip": lambda **style: draw_strip(events, **style),
        "intervals": lambda **style: draw_intervals(events, "2022-01-03", **style),
        "calendar": lambda **style: draw_calendar(events, observed=("2019-12-01", "2021-02-01"), **style),
        "dyads": lambda **style: draw_dyads(events, **style),
        "sources": lambda **style: draw_sources(events, reports, **style),
        "narrative": lambda **style: draw_narrative(events, **style),
        "map": lambda **style: draw_map(events, **style),
        "aligned": lambda **style: draw_aligned(study, **style),
        "forest": lambda **style: draw_forest(study, **style),
        "placebo": lambda **style: draw_placebo(study, **style),
        "specification": lambda **style: draw_specification(study, **style),
    }
    return {name: once(name, own) for name, own in figures.items()}


NAMES = "timeline strip intervals calendar dyads sources narrative map aligned forest placebo specification".split()


def figure_of(target: Axes | Figure) -> Figure:
    return target if isinstance(target, Figure) else target.get_figure(root=True)


def rendered(target: Axes | Figure, dpi: int = 100) -> FigureCanvasAgg:
    figure = figure_of(target)
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return canvas


def texts(target: Axes | Figure) -> Iterator[Text]:
    """Every text of a figure that is seen."""
    for text in figure_of(target).findobj(Text):
        if text.get_visible() and text.get_text().strip():
            yield text


def plain(text: str) -> str:
    return CONTROLS.sub("", text)


def said(target: Axes | Figure) -> list[str]:
    return [plain(text.get_text()) for text in texts(target)]


# --- in every language, every figure ---


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_speaks_one_language(draw: dict[str, Draw], name: str, lang: str):
    target = draw[name](lang=lang)
    rendered(target)

    strange = LATIN if lang == "ar" else ARABIC
    lines = [line for text in said(target) for line in text.split("\n")]
    for foreign in FOREIGN:
        lines = [re.sub(rf"\b{foreign}\b", "", line) for line in lines]

    assert [line for line in lines if strange.search(line)] == []
    own = ARABIC if lang == "ar" else LATIN
    about = drawing_of(target)
    assert all(
        own.search(text) and not strange.search(re.sub("Natural Earth|p", "", text))
        for text in (about.title, about.note)
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_bilingual_figure_says_everything_twice(draw: dict[str, Draw], name: str):
    about = drawing_of(draw[name](lang="both"))

    for text in (about.title, about.alt, about.note):
        assert ARABIC.search(text.split("\n")[0])
        assert LATIN.search(text.split("\n")[-1])


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("size", ["column", "page"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_sheet_and_no_label_covers_another(draw: dict[str, Draw], name: str, size: str, lang: str):
    target = draw[name](lang=lang, size=size)
    canvas = rendered(target, 144)
    figure = figure_of(target)
    renderer = canvas.get_renderer()

    sheet = figure.bbox.expanded(1.004, 1.004)
    unseen = {label for panel in figure.axes for label in _labels(panel, seen=False)}
    for text in texts(target):
        box = text.get_window_extent(renderer)
        assert text in unseen or _union(sheet, box) == sheet.bounds, text.get_text()
    around = [*figure.texts, *figure.legends]
    outer = [panel.get_tightbbox(renderer) for panel in figure.axes]
    boxes = [artist.get_window_extent(renderer) for artist in around]
    for number, box in enumerate(boxes):
        assert not any(_overlap(box, other) for other in boxes[number + 1 :]), "title, key or note cover each other"
        assert not any(_overlap(box, panel) for panel in outer), "title, key or note cover a panel"
    for panel in figure.axes:
        labelled = [label for label in _labels(panel) if label.get_text().strip() and label.get_rotation() in (0, 90)]
        spans = [label.get_window_extent(renderer) for label in labelled]
        for number, box in enumerate(spans):
            assert not any(_overlap(box, other) for other in spans[number + 1 :]), "tick labels cover each other"


def _labels(panel: Axes, seen: bool = True) -> list[Text]:
    """The tick labels of a panel that are within its view, or those that are not and so are not drawn."""
    labels = []
    for axis in (panel.xaxis, panel.yaxis):
        low, high = sorted(axis.get_view_interval())
        inside = [tick for tick in axis.get_major_ticks() if (low - 1e-9 <= tick.get_loc() <= high + 1e-9) == seen]
        labels += [label for tick in inside for label in (tick.label1, tick.label2) if label.get_visible() or not seen]
    return labels


def _union(a: Bbox, b: Bbox) -> tuple[float, float, float, float]:
    return Bbox.union([a, b]).bounds


def _overlap(a: Bbox, b: Bbox, slack: float = 2.5) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack


@pytest.mark.parametrize("name", NAMES)
def test_arabic_begins_at_the_right(draw: dict[str, Draw], name: str):
    for lang, side in (("en", "left"), ("ar", "right")):
        figure = figure_of(draw[name](lang=lang))

        assert {text.get_horizontalalignment() for text in figure.texts} == {side}
        if name not in ("map", "calendar"):
            assert figure.axes[0].yaxis.get_ticks_position() in (side, "default" if lang == "en" else side, "unknown")


@pytest.mark.parametrize("name", ["timeline", "strip", "intervals", "sources", "narrative", "aligned", "calendar"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_time_runs_left_to_right_unless_it_is_mirrored(draw: dict[str, Draw], name: str, lang: str):
    for mirror in (False, True):
        figure = figure_of(draw[name](lang=lang, mirror=mirror))
        panel = max(figure.axes, key=lambda ax: abs(np.subtract(*ax.get_xlim())))
        low, high = panel.get_xlim()

        assert (low > high) == mirror


@pytest.mark.parametrize("name", NAMES)
def test_the_alternative_text_tells_the_numbers(draw: dict[str, Draw], name: str):
    about = drawing_of(draw[name](lang="en"))

    assert about.name.startswith(name)
    assert len(re.findall(r"\d+", about.alt)) >= 4
    assert "{" not in about.alt + about.title + about.note
    assert "nan" not in about.alt.lower()
    assert about.alt != drawing_of(draw[name](lang="ar")).alt


@pytest.mark.parametrize("name", NAMES)
def test_arabic_indic_digits_replace_all_others(draw: dict[str, Draw], name: str):
    target = draw[name](lang="ar", eastern=True)
    rendered(target)

    assert [text for text in said(target) if re.search("[0-9]", text)] == []
    assert any(re.search("[٠-٩]", text) for text in said(target))


@pytest.mark.parametrize("size", list(SIZES))
def test_a_figure_is_as_wide_as_the_page_it_is_for(events: pd.DataFrame, size: str):
    figure = figure_of(draw_timeline(events, size=size))

    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(SIZES[size])


def test_drawing_leaves_no_trace_in_matplotlib(events: pd.DataFrame):
    before = dict(matplotlib.rcParams)

    draw_timeline(events, lang="ar")

    assert dict(matplotlib.rcParams) == before


def test_no_figure_needs_pyplot():
    code = "import sys, analysis.figures.album; print('matplotlib.pyplot' in sys.modules)"

    answer = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["timeline", "dyads", "narrative", "map", "forest"])
def test_a_figure_draws_on_the_axes_it_is_given(draw: dict[str, Draw], name: str):
    figure = Figure(figsize=(9, 5))
    left, right = figure.subplots(1, 2)

    returned = draw[name](lang="both", ax=left)

    assert returned is left
    assert (len(right.lines), len(right.patches), len(figure.texts), figure.axes) == (0, 0, 0, [left, right])
    assert drawing_of(left).title


def test_an_axes_of_nobody_has_no_drawing():
    with pytest.raises(ValueError, match="draw_"):
        drawing_of(Figure().add_subplot())


@pytest.mark.parametrize(
    ("style", "cure"), [({"lang": "fr"}, "en, ar, both"), ({"size": "poster"}, "column, middle, page, screen")]
)
def test_an_unknown_language_or_size_is_refused_with_the_known_ones(events: pd.DataFrame, style: Any, cure: str):
    with pytest.raises(ValueError, match=cure):
        draw_timeline(events, **style)


def test_an_arabic_title_is_read_back_from_its_ink_with_its_first_number_at_the_right(events: pd.DataFrame):
    target = draw_timeline(events, lang="ar")
    canvas = rendered(target, 200)
    title = figure_of(target).texts[0]
    first = re.match(r"\d+", drawing_of(target).title)
    assert first
    drawn = _ink(canvas, title.get_window_extent(canvas.get_renderer()))

    alone = Figure(figsize=(3, 1), dpi=200)
    alone.text(0.1, 0.4, first.group(), size=9, weight="bold", family="DejaVu Sans")
    number = FigureCanvasAgg(alone)
    number.draw()
    digits = _ink(number, alone.bbox)

    at_right, at_left = drawn[-len(digits) :], drawn[: len(digits)]
    assert np.corrcoef(at_right, digits)[0, 1] > 0.75
    assert np.corrcoef(at_left, digits)[0, 1] < 0.6


def _ink(canvas: FigureCanvasAgg, box: Bbox) -> np.ndarray:
    pixels = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    high = pixels.shape[0]
    part = pixels[high - round(box.y1) : high - round(box.y0), round(box.x0) : round(box.x1)]
    columns = part.sum(axis=0)
    inked = np.flatnonzero(columns)
    return columns[inked[0] : inked[-1] + 1].astype(float)


@pytest.mark.parametrize(
    ("text", "leftmost", "other"),
    [
        ("قصف (47)", "(", ")"),
        ("قصف «الحي»", "«", "»"),
        ("قصف [3]", "[", "]"),
        ("(abc) قصف (", ")", "("),
        ("قصف - abc (x)", "a", "x"),
    ],
)
def test_brackets_in_an_arabic_line_open_towards_what_they_hold(text: str, leftmost: str, other: str):
    line, right, wrong = (_ink_of(drawn) for drawn in (show(text), leftmost, other))

    assert np.corrcoef(line[: len(right)], right)[0, 1] > 0.95
    assert len(wrong) != len(right) or np.corrcoef(line[: len(right)], wrong)[0, 1] < 0.9


def _ink_of(text: str) -> np.ndarray:
    figure = Figure(figsize=(6, 1), dpi=200)
    figure.text(0.1, 0.4, text, size=20, family="DejaVu Sans")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return _ink(canvas, figure.bbox)


# --- what is drawn is what the table says ---


def test_the_timeline_stacks_its_table_and_prints_each_window(events: pd.DataFrame):
    ax = draw_timeline(events)
    table = timeline_table(events)

    for family, (colour, _) in FAMILIES.items():
        bars = [
            patch for patch in ax.patches if patch.get_facecolor()[:3] == to_rgb(colour) and patch.get_height() >= 1
        ]
        assert sum(bar.get_height() for bar in bars) == table.loc[table["family"] == family, "count"].sum()
    assert table["count"].sum() == events["date_start"].notna().sum()
    start = events["date_start"]
    for year in range(2021, 2025):
        day = pd.Timestamp(year, 1, 3)
        near = int(start.between(day - pd.Timedelta(days=14), day + pd.Timedelta(days=14)).sum())
        assert str(near) in [text.get_text() for text in ax.texts]
    assert str(events["date_start"].isna().sum()) in drawing_of(ax).note


def test_other_dates_are_numbered_in_order_staggered_and_named_in_the_note(events: pd.DataFrame):
    marks = pd.DataFrame(
        {
            "date": ["2023-10-07", "2023-10-20", "2022-02-24", "1999-01-01"],
            "label_en": ["war in Gaza", "day after", "war in Ukraine", "long ago"],
            "label_ar": ["حرب غزة", "اليوم التالي", "حرب أوكرانيا", "قديماً"],
        }
    )

    ax = draw_timeline(events, marks=marks)
    numbers = {
        text.get_text(): text for text in ax.texts if text.get_text() in ("1", "2", "3", "4") and text.get_size() == 6
    }
    boxes = [text.get_window_extent(rendered(ax).get_renderer()) for text in numbers.values()]

    assert sorted(numbers) == ["1", "2", "3"]
    assert not any(_overlap(boxes[a], boxes[b], 0) for a in range(3) for b in range(a))
    first = drawing_of(ax).note.split("\n")[0]
    assert first == (
        "1 war in Ukraine (24 February 2022), 2 war in Gaza (7 October 2023), 3 day after (20 October 2023)"
    )
    assert "حرب غزة" in drawing_of(draw_strip(events, marks=marks, lang="ar")).note
    with pytest.raises(ValueError, match="label_ar"):
        draw_timeline(events, marks=marks.drop(columns="label_ar"))


def test_the_founding_event_is_no_anniversary_of_its_own():
    days = anniversaries("soleimani", (pd.Timestamp("2019-01-01"), pd.Timestamp("2022-12-31")))

    assert list(days) == [pd.Timestamp("2021-01-03"), pd.Timestamp("2022-01-03")]


def test_the_strip_has_a_mark_for_every_dated_row_and_a_row_for_every_side(events: pd.DataFrame):
    figure = draw_strip(events)
    table = strip_table(events)
    above = figure.axes[0]

    ticks = sum(len(lines.get_segments()) for lines in above.collections if hasattr(lines, "get_segments"))
    bars = sum(len(marks.get_paths()) for marks in above.collections if not hasattr(marks, "get_segments"))
    assert (ticks, bars) == (int(table["exact"].sum()), int((~table["exact"]).sum()))
    counted = [label.get_text() for label in above.get_yticklabels()]
    assert "Islamic State (" + str((table["side"] == "isis").sum()) + ")" in counted
    assert sum(int(re.findall(r"\((\d+)\)", label)[0]) for label in counted) == events["date_start"].notna().sum()


def test_an_interval_is_a_bar_of_its_days_and_a_known_day_a_dot(events: pd.DataFrame):
    figure = draw_intervals(events, "2022-01-03")
    table = intervals_table(events, "2022-01-03")
    bars = [patch.get_width() for patch in figure.axes[1].patches if patch.get_height() == pytest.approx(0.7)]
    dots = next(line for line in figure.axes[1].lines if line.get_marker() == "o")

    assert sorted(bars) == sorted(table.loc[table["days"] > 1, "days"])
    assert len(dots.get_xdata()) == (table["days"] == 1).sum()
    totals = [patch.get_width() for patch in figure.axes[0].patches]
    assert totals[0] <= totals[1] <= totals[2]
    assert totals[1] == pytest.approx(table["inside"].sum())
    assert f"No date: {events['date_start'].isna().sum()}" in said(figure)


def test_the_calendar_shows_fractions_holidays_and_days_that_nobody_observed(events: pd.DataFrame):
    observed = ("2020-01-01", "2021-02-10")
    figure = draw_calendar(events, observed=observed)
    table = calendar_table(events, observed)

    shown = [np.ma.compressed(panel.collections[0].get_array()) for panel in figure.axes]
    assert sum(values.sum() for values in shown) == pytest.approx(float(table["count"].sum()))
    assert sum(len(values) for values in shown) == len(table)
    hatched = figure.axes[1].collections[1]
    assert hatched.get_hatch()
    assert len(hatched.get_paths()) == 365 - 41
    outlined = [patch for panel in figure.axes for patch in panel.patches if not patch.get_fill()]
    assert len(outlined) == 5, "the killing and one anniversary, Ashura, and both Eids of 2020"


def test_two_people_killed_at_least_are_told_in_the_dual():
    table = narrative_table(make_table(EVENTS, [event(0) | {"killed_min": 2, "killed_max": None}]))

    assert "قتيلان على الأقل" in table["label_ar"].iloc[0]
    assert "at least 2" in table["label_en"].iloc[0]


@pytest.mark.parametrize(("lang", "left_out"), [("en", "more than 21 days: 1 event."), ("ar", "21 يوماً: حدث واحد.")])
def test_a_vague_date_tints_no_day_of_the_calendar_and_is_counted_below_it(
    events: pd.DataFrame, lang: str, left_out: str
):
    observed = ("2020-01-01", "2020-12-31")
    rows = [event(number) for number in range(120)]
    rows.append(rows[0] | {"event_id": "v", "date_start": "2020-03-01", "date_end": "2020-03-31"})
    table = make_table(EVENTS, rows)

    pd.testing.assert_frame_equal(calendar_table(table, observed), calendar_table(events, observed))
    assert left_out in drawing_of(draw_calendar(table, observed=observed, lang=lang)).note.replace("\n", " ")
    assert left_out not in drawing_of(draw_calendar(events, observed=observed, lang=lang)).note.replace("\n", " ")


def test_the_calendar_can_have_hijri_rows(events: pd.DataFrame):
    figure = draw_calendar(events, "hijri", observed=("2020-01-01", "2020-12-31"))

    assert [panel.get_ylabel() for panel in figure.axes] == ["1441", "1442"]
    assert {"Ramadan", "Muharram"} <= set(said(figure))


def test_every_pair_prints_both_its_counts(events: pd.DataFrame):
    ax = draw_dyads(events)
    table = dyads_table(events)

    printed = sorted(int(text.get_text()) for text in ax.texts)
    assert printed == sorted(table.loc[table["count"] > 0, "count"])
    days = table.groupby("period")["days"].first()
    assert days["window"] == 4 * 29 + 29 - (29 - 29), "five anniversaries in five years, 29 days each"
    assert (table["rate"] == table["count"] * 30 / table["days"]).all()


def test_the_weeks_of_the_sources_hold_all_their_reports(events: pd.DataFrame, reports: pd.DataFrame):
    figure = draw_sources(events, reports)
    table = sources_table(events, reports)
    seen = table.groupby(np.floor_divide(table["day"] + 3, 7))["observed_days"].sum().to_numpy()

    assert 0 < table["single"].sum() < table["events"].sum()
    for panel, name in zip(figure.axes, ("reports", "events"), strict=False):
        heights = np.array([patch.get_height() for patch in panel.patches if patch.get_width() < 7])
        assert (heights * seen).sum() == pytest.approx(table[name].sum())
        assert panel.get_ylim()[0] == 0


def test_the_gravest_are_labelled_and_hold_their_dead(events: pd.DataFrame):
    ax = draw_narrative(events, most=6)
    table = narrative_table(events, most=6)

    assert len(table) == 6
    assert table["killed_min"].min() >= events["killed_min"].dropna().sort_values().iloc[-12]
    spoken = " ".join(said(ax))
    assert all(word in spoken for label in table["label_en"] for word in label.split())
    assert table["date_start"].is_monotonic_increasing


def test_a_disc_has_the_area_of_its_count_and_a_ring_the_reach_of_its_precision(events: pd.DataFrame):
    ax = draw_map(events)
    table = map_table(events)

    rings, discs = (
        next(c for c in ax.collections if c.get_zorder() == order and len(c.get_paths()) == len(table))
        for order in (2, 3)
    )
    wide = np.array([path.get_extents().width for path in discs.get_paths()])
    assert wide**2 / table["count"].to_numpy() == pytest.approx(
        np.full(len(table), wide[0] ** 2 / table["count"][0]), rel=1e-6
    )
    far = np.array([path.get_extents().height for path in rings.get_paths()])
    assert far / 2 * 111.2 == pytest.approx(table["radius_km"].to_numpy(), rel=1e-3)
    assert table["count"].sum() == events["lat"].notna().sum()
    assert f"No coordinates: {events['lat'].isna().sum()}" in " ".join(said(ax))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_study_without_placebo_dates_is_told_without_their_interval(events: pd.DataFrame, lang: str):
    observed = ("2019-09-01", "2025-12-31")
    alone = study_anniversary(events, "soleimani", years=range(2021, 2025), observed=observed, redraws=0, shifts=(0,))
    alt = drawing_of(draw_aligned(alone, lang=lang)).alt

    assert {"en": "placebo interval", "ar": "مجال التواريخ البديلة"}[lang] not in alt
    assert "nan" not in alt


def test_all_years_have_one_scale_and_print_their_counts(study: Study):
    figure = draw_aligned(study)
    table = aligned_table(study)

    years = figure.axes[:-1]
    assert len(years) == 4
    assert len({panel.get_ylim() for panel in years}) == 1
    assert years[0].get_ylim()[0] == 0
    for panel, row in zip(years, study.by_anniversary.to_dict("records"), strict=True):
        own = table[table["series"] == f"{row['anniversary']:%Y-%m-%d}"]
        assert sum(patch.get_height() for patch in panel.patches) == own["count"].sum()
        assert any(text.get_text().startswith(f"{row['window_count']} in 29 days") for text in panel.texts)


def test_the_forest_has_each_ratio_where_it_is_and_both_its_intervals(study: Study):
    ax = draw_forest(study)
    table = forest_table(study)

    points = [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]
    assert points == pytest.approx(list(table["rate_ratio"]))
    counts = [text.get_text() for text in ax.texts]
    assert all(str(count) in counts for count in [*table["window_count"], *table["flank_count"]])


@pytest.mark.parametrize(("window", "marker"), [(0, "<"), (5, ">")])
def test_a_ratio_of_zero_or_without_limit_is_an_open_arrow(study: Study, window: int, marker: str):
    row = study.pooled.iloc[0].to_dict() | {
        "window_count": window,
        "flank_count": 5 - window,
        "rate_ratio": 0.0 if window == 0 else np.inf,
        "exact_low": 0.0,
        "exact_high": np.inf,
    }
    odd = _with(study, pooled=pd.DataFrame([row]))

    ax = draw_forest({"iran": odd})

    open_arrows = [line for line in ax.lines if line.get_marker() == marker and line.get_markerfacecolor() == "white"]
    assert len(open_arrows) == 1
    assert "Iran and allies" in said(ax)


def _with(study: Study, **changed: pd.DataFrame) -> Study:
    from dataclasses import replace

    return replace(study, **changed)  # type: ignore[arg-type]


def test_the_true_date_stands_among_all_placebo_dates(study: Study):
    figure = draw_placebo(study)
    table = placebo_table(study)
    joint, law = table[table["part"] == "joint"], table[table["part"] == "law"]

    assert len(joint) == 53
    assert law["probability"].sum() == pytest.approx(1)
    true = next(line for line in figure.axes[0].lines if line.get_marker() == "D")
    assert list(true.get_xdata()) == [0]
    assert true.get_ydata()[0] == pytest.approx(float(joint.loc[joint["true"], "low"].iloc[0]))
    rank = int(study.pooled["placebo_rank"].iloc[0])
    assert drawing_of(figure).title == f"Is the true date unusual? It ranks {rank} of 53"


@pytest.mark.parametrize("p", [0.35, 0.0995, 0.043, 0.00075, 0.0001, 0.00001])
def test_figure_and_sentence_write_one_p(study: Study, p: float):
    drawn = draw_placebo(replace(study, pooled=study.pooled.assign(placebo_p=p)), "en")
    said = re.search(r"p [<=] ([\d.]+)", " ".join(text.get_text() for text in drawn.findobj(Text)))

    assert said is not None
    assert said[1] == probability(p)


def test_the_specification_curve_rises_and_marks_what_was_declared(study: Study):
    figure = draw_specification(study)
    table = specification_table(study)

    assert table["rate_ratio"].is_monotonic_increasing
    declared = next(line for line in figure.axes[0].lines if line.get_marker() == "D")
    assert declared.get_ydata()[0] == pytest.approx(study.pooled["rate_ratio"].iloc[0])
    marks = [line for line in figure.axes[1].lines if line.get_marker() in ("o", "D")]
    assert sum(len(line.get_xdata()) for line in marks) == 2 * len(table), "one window and one flank each"


def test_incidents_are_drawn_as_well_as_events(events: pd.DataFrame, reports: pd.DataFrame):
    own = ["event_id", "n_reports", "n_sources", "grade", "incident_ids", "first_reported"]
    incidents = events.drop(columns=own).assign(incident_id=events["event_id"], summary=False)

    for target in (
        draw_timeline(incidents),
        draw_strip(incidents),
        draw_narrative(incidents),
        draw_sources(incidents, reports),
        draw_intervals(incidents, "2022-01-03"),
    ):
        assert "incident" in drawing_of(target).note.lower()
    assert "not known before reports are merged" in drawing_of(draw_sources(incidents, reports)).alt


def test_what_a_table_lacks_is_said_and_not_drawn(events: pd.DataFrame):
    bare = events.assign(
        lat=np.nan, lon=np.nan, actor_side=pd.NA, killed_min=pd.array([pd.NA] * len(events), dtype="Int64")
    )

    assert f"No coordinates: {len(bare)}" in " ".join(said(draw_map(bare)))
    assert len(dyads_table(bare)) == 0
    assert drawing_of(draw_dyads(bare)).title.startswith("Who against whom: 0 events")
    assert len(drawing_of(draw_narrative(bare)).table) == 15
    with pytest.raises(ValueError, match="observed="):
        draw_timeline(bare.iloc[:0])


def test_report_words_are_no_mathematics_and_no_markup(events: pd.DataFrame):
    hostile = events.assign(place_en="$x_{1}$ <b>&", place_ar="كلفة 5$ (قرابة 3$)")

    for lang in ("en", "ar"):
        assert rendered(draw_map(hostile, lang=lang))
        assert rendered(draw_narrative(hostile, lang=lang))


# --- the palette and the words ---


def test_families_differ_without_colour():
    shades = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (to_rgb(colour) for colour, _ in FAMILIES.values())]
    hatches = [hatch for _, hatch in FAMILIES.values()]

    for one in range(4):
        for other in range(one):
            assert hatches[one] != hatches[other] or abs(shades[one] - shades[other]) > 0.15
    assert len(set(hatches)) == 4


@pytest.mark.parametrize("label", sorted(labels()))
def test_a_label_has_both_languages_and_the_same_blanks(label: str):
    english, arabic = labels()[label]["en"], labels()[label]["ar"]

    assert english.strip()
    assert arabic.strip()
    assert not ARABIC.search(english)
    assert not LATIN.search(re.sub(r"{\w+}|Natural Earth|\bp\b", "", arabic))
    if "|" not in english and not label.startswith("offset."):
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", arabic))


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 incidents", "0 حادثة"),
        (1, "1 incident", "حادثة واحدة"),
        (2, "2 incidents", "حادثتان"),
        (3, "3 incidents", "3 حوادث"),
        (10, "10 incidents", "10 حوادث"),
        (11, "11 incidents", "11 حادثة"),
        (102, "102 incidents", "102 حادثة"),
        (105, "105 incidents", "105 حوادث"),
    ],
)
def test_a_counted_noun_takes_the_form_of_its_number(number: int, english: str, arabic: str):
    assert Words("en").count("incidents", number) == english
    assert Words("ar").count("incidents", number) == arabic


@pytest.mark.parametrize(
    ("number", "arabic"),
    [
        (10, "10 أيام"),
        (11, "11 يوماً"),
        (29, "29 يوماً"),
        (100, "100 يوم"),
        (600, "600 يوم"),
        (1000, "1000 يوم"),
        (145, "145 يوماً"),
    ],
)
def test_the_noun_after_round_hundreds_is_in_the_genitive(number, arabic):
    assert Words("ar").count("days", number) == arabic


@pytest.mark.parametrize(
    ("which", "english", "arabic"),
    [
        ("soleimani", "3 January", "3 كانون الثاني"),
        ("ashura", "10 Muharram", "10 محرم"),
        ("quds_day", "Quds Day, last Friday of Ramadan", "يوم القدس"),
        ("2019-03-23", "23 March", "23 آذار"),
    ],
)
def test_an_anniversary_is_called_by_its_day(which: str, english: str, arabic: str):
    assert remembered(which, Words("en")) == english
    assert remembered(which, Words("ar")) == arabic
    assert remembered(which, Words("both")) == f"{arabic}\n{english}"


def test_an_interval_in_arabic_needs_no_dash_that_reads_both_ways():
    assert Words("ar", eastern=True).interval(0.5, 2.25) == "من ٠٫٥٠ إلى ٢٫٢٥"
    assert Words("en").interval(0.5, float("inf")) == "0.50 to ∞"


def test_text_is_shown_only_once(events: pd.DataFrame):
    """On matplotlib before 3.11 a second pass would turn the letters round again."""
    target = draw_timeline(events, lang="ar")

    assert show(drawing_of(target).title) in [text.get_text() for text in figure_of(target).texts]
    legend = figure_of(target).legends[0].get_texts()
    assert show(Words("ar").say("family.violence")) in [text.get_text() for text in legend]


def test_the_calendar_names_an_anniversary_that_was_found_as_it_names_its_id(events: pd.DataFrame):
    found = find_anniversary("soleimani")
    by_id, by_row = (said(draw_calendar(events, holidays=[which, "ashura"])) for which in ("soleimani", found))
    assert by_id == by_row
    assert any("Killing of Soleimani" in line for line in by_id)
