"""Arabic in figures is joined and reads right to left, on every matplotlib the project supports."""

from __future__ import annotations

import io

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis.figures.arabic import digits, matplotlib_shapes_arabic, show

DEJAVU = FontProperties(family="DejaVu Sans")


def ink(text: str) -> np.ndarray:
    """Where a text leaves ink, column by column, from its first inked column to its last."""
    figure = Figure(figsize=(6, 0.5), dpi=100)
    canvas = FigureCanvasAgg(figure)
    figure.text(0.02, 0.3, text, fontproperties=DEJAVU, size=20)
    canvas.draw()
    columns = (np.asarray(canvas.buffer_rgba())[:, :, 0] < 128).sum(axis=0)
    inked = np.flatnonzero(columns)
    return columns[inked[0] : inked[-1] + 1]


def test_the_probe_agrees_with_the_version():
    assert matplotlib_shapes_arabic() == (matplotlib.__version_info__ >= (3, 11))


@pytest.mark.parametrize("word", ["لا", "قصف", "دير الزور"])
def test_letters_are_joined(word):
    apart = TextPath((0, 0), "\u200c".join(word) if matplotlib_shapes_arabic() else word, size=20, prop=DEJAVU)

    joined = TextPath((0, 0), show(word), size=20, prop=DEJAVU)

    assert joined.get_extents().width < apart.get_extents().width


def test_the_first_letter_stands_at_the_right():
    """Alef is one thin stroke, sad and tah a wide body: in «اااطط» the strokes must be on the right."""
    columns = ink(show("اااصصص"))

    third = len(columns) // 3
    thin_right = np.count_nonzero(columns[-third:] == 0)
    thin_left = np.count_nonzero(columns[:third] == 0)
    assert thin_right > thin_left


def test_a_number_and_a_latin_name_keep_their_place_in_an_arabic_line():
    """The line begins with Latin letters, yet it runs right to left: the full stop that ends it stands at the left."""
    columns = ink(show("SOHR اااااا ."))

    gap = np.flatnonzero(columns == 0)
    assert gap[0] < 6, "the full stop, then a gap, stand at the left end"


@pytest.mark.parametrize("sort", ["png", "svg", "pdf"])
def test_dollar_signs_and_brackets_are_drawn_and_not_read_as_mathematics(sort):
    figure = Figure()
    figure.text(0.1, 0.5, show("كلفة 5$ (قرابة 3$) في «دير الزور»"))

    figure.savefig(buffer := io.BytesIO(), format=sort)

    assert buffer.getvalue()


def test_lines_are_shown_one_by_one_and_control_marks_of_the_source_go():
    assert show("a\u202ab\nc") == "ab\nc"
    assert len(show("قصف\nقصف").split("\n")) == 2
    assert show("\u200fقصف") == show("قصف")


def test_vowel_marks_survive():
    assert "\u0651" in show("مسيّرة")


def test_digits_can_be_arabic_indic():
    assert digits("3 / 120", eastern=True) == "٣ / ١٢٠"
    assert digits(7, eastern=False) == "7"
