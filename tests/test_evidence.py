"""The evidence is marked once, whole, in the text as published, and nothing in a report is taken for markup."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest

from analysis.figures.evidence import kind_colours, show_evidence

TEXT = "قصف الطيران موقعاً.\nثم <b onclick=x>انسحبت</b> القوات & عادت."


def incidents(*spans: tuple[int, int, int, int, str]) -> pd.DataFrame:
    columns = ["start", "end", "evidence_start", "evidence_end", "kind"]
    return pd.DataFrame(spans, columns=columns).assign(report_id="a")


class Marks(HTMLParser):
    """Collects what stands inside <mark>, without the label."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "mark":
            self.found.append("")

    def handle_endtag(self, tag):
        while self.tags and self.tags.pop() != tag:
            pass

    def handle_data(self, data):
        if "mark" in self.tags and "small" not in self.tags:
            self.found[-1] += data


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(0, 3, 0, 19, "airstrike")], ["قصف"]),
        ([(0, 3, 0, 19, "airstrike"), (0, 11, 0, 19, "shelling")], ["قصف الطيران"]),
        ([(39, 45, 20, 61, "withdrawal"), (0, 3, 0, 19, "airstrike")], ["قصف", TEXT[39:45]]),
        ([], []),
    ],
)
def test_each_trigger_is_marked_once_and_whole(spans, marked):
    page = str(show_evidence({"report_id": "a", "text": TEXT, "title": None}, incidents(*spans)))

    parser = Marks()
    parser.feed(page)
    assert parser.found == marked


def test_the_text_is_shown_as_published_and_markup_in_it_is_only_text():
    page = str(show_evidence({"report_id": "a", "text": TEXT, "title": "<script>"}, incidents((0, 3, 0, 19, "clash"))))

    assert "<b onclick" not in page
    assert "<script>" not in page
    shown = re.sub(r"<style>.*?</style>|<h4>.*?</h4>|<small.*?</small>", "", page, flags=re.DOTALL)
    assert unescape(re.sub("<[^>]+>", "", shown.replace("<br>", "\n"))) == TEXT
    assert 'dir="rtl"' in page


def test_every_kind_has_a_colour_of_its_own():
    colours = kind_colours()

    assert len(set(colours.values())) == len(colours) == 25
