"""A person walks through incidents in JupyterLab, and every word is in the file before the next card is shown."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pandas as pd
import pytest

from analysis.coding.coder import Coded
from analysis.events.corrections import apply_corrections, read_corrections
from analysis.events.review import review
from analysis.events.review_card import cut_pieces
from analysis.events.review_desk import ReviewDesk
from analysis.tables import INCIDENTS, LOCATIONS, PARTICIPANTS, REPORTS, make_table

TEXT = (
    "قصفت مدفعية الجيش السوري قرية الوردة يوم 3 أيار (BBC) فقُتل رجلان. "
    "وبعد ساعة هاجم ملثمون حاجز الجسر 😀 شرق الميادين.\n"
    "<b onclick=alert(1)>وتظاهر</b> الأهالي مساءً."
)
TITLE = "قصف <script>alert(1)</script> على قرية"
STRIKE, ATTACK, PROTEST = TEXT.index("قصفت"), TEXT.index("هاجم"), TEXT.index("وتظاهر")
ARMY, PLACE = TEXT.index("الجيش"), TEXT.index("الميادين")


def reports(copies: int = 1) -> pd.DataFrame:
    rows = [
        {"report_id": f"r{n}", "text": TEXT, "title": TITLE, "source": "sample", "published": "2021-05-03"}
        for n in range(copies)
    ]
    rows.append({"report_id": "last", "text": "وصل رتل إلى القاعدة."})
    return make_table(REPORTS, rows)


def incident(report_id: str, start: int, length: int, kind: str, **more) -> dict:
    return {
        "incident_id": f"{report_id}:{start}:{kind}",
        "report_id": report_id,
        "start": start,
        "end": start + length,
        "evidence_start": start,
        "evidence_end": start + length + 20,
        "kind": kind,
        "status": "happened",
        "background": False,
        "summary": False,
        "actors": "",
        "targets": "",
        "place_spans": "",
        "confidence": 0.9,
    } | more


def coded(copies: int = 1) -> Coded:
    rows, people, places = [], [], []
    for n in range(copies):
        strike = incident(
            f"r{n}", STRIKE, 4, "shelling", actors="syrian_army", killed_min=2, killed_max=2, date_start="2021-05-03",
            date_end="2021-05-03", date_basis="stated", date_precision="day",
        )  # fmt: skip
        attack = incident(
            f"r{n}", ATTACK, 4, "armed_attack", confidence=0.4, place_id="mayadin", place_spans=f"{PLACE}-{PLACE + 8}"
        )
        rows += [strike, attack]
        people.append(
            {
                "incident_id": strike["incident_id"],
                "role": "actor",
                "actor_id": "syrian_army",
                "start": ARMY,
                "end": ARMY + 12,
            }
        )
        places.append(
            {
                "incident_id": attack["incident_id"],
                "role": "place",
                "place_id": "mayadin",
                "start": PLACE,
                "end": PLACE + 8,
            }
        )
    rows.append(incident("last", 0, 3, "deployment", confidence=0.6))
    return Coded(make_table(INCIDENTS, rows), make_table(PARTICIPANTS, people), make_table(LOCATIONS, places))


@pytest.fixture
def desk(tmp_path) -> ReviewDesk:
    return ReviewDesk(coded(), reports(), tmp_path / "corrections.tsv", "lina", date(2021, 6, 1))


def written(desk: ReviewDesk) -> list[list[str]]:
    if not desk.corrections.exists():
        return []
    return read_corrections(desk.corrections)[["verb", "field", "was", "now"]].values.tolist()


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [
        ([], [("abcdef", ())]),
        ([(1, 3, "trigger")], [("a", ()), ("bc", ("trigger",)), ("def", ())]),
        ([(0, 6, "evidence"), (2, 9, "place")], [("ab", ("evidence",)), ("cdef", ("evidence", "place"))]),
        ([(1, 3, "place"), (1, 3, "place")], [("a", ()), ("bc", ("place",)), ("def", ())]),
    ],
)
def test_a_text_is_cut_at_its_marks_and_nothing_is_lost(layers, wanted):
    pieces = cut_pieces("abcdef", layers)

    assert [(piece.text, piece.marks) for piece in pieces] == wanted
    assert [piece.start for piece in pieces] == [sum(len(p.text) for p in pieces[:n]) for n in range(len(pieces))]


def test_the_card_shows_the_words_behind_each_field(desk):
    card = desk.card()

    marked = {mark.split(" ")[0]: p["text"] for p in card["pieces"] for mark in p["marks"]}
    assert (marked["trigger"], marked["actor"], marked["other"]) == ("قصفت", "الجيش السوري", "هاجم")
    assert "".join(piece["text"] for piece in card["pieces"]) == TEXT
    assert card["incident"]["fields"]["actors"] == "syrian_army"
    assert card["incident"]["fields"]["killed"] == "2"
    assert card["report"] == {"id": "r0", "title": TITLE, "source": "sample", "published": "2021-05-03"}
    json.dumps(card)


def change(field: str, now: str) -> dict:
    return {"do": "change", "field": field, "now": now}


@pytest.mark.parametrize(
    ("did", "tone", "lines"),
    [
        ([change("actors", "isis")], "saved", [["change", "actors", "syrian_army", "isis"]]),
        ([change("actors", "syrian_army")], "", []),
        ([change("date", "2021-05-01")], "saved", [["change", "date", "2021-05-03", "2021-05-01"]]),
        (
            [change("killed", "3-"), change("killed", "3")],
            "saved",
            [["change", "killed", "2", "3-"], ["change", "killed", "3-", "3"]],
        ),
        ([{"do": "remove"}], "saved", [["remove", "", "shelling", ""]]),
        (
            [{"do": "add", "start": PROTEST, "end": PROTEST + 6, "kind": "protest"}],
            "saved",
            [["add", "", "", "protest"]],
        ),
        (
            [change("status", "denied"), {"do": "undo"}],
            "saved",
            [["change", "status", "happened", "denied"], ["withdraw", "status", "happened", "denied"]],
        ),
        (
            [change("actors", ""), change("actors", "isis"), change("actors", ""), {"do": "undo"}, {"do": "undo"}],
            "saved",
            [
                ["change", "actors", "syrian_army", ""],
                ["change", "actors", "", "isis"],
                ["change", "actors", "isis", ""],
                ["withdraw", "actors", "isis", ""],
                ["withdraw", "actors", "", "isis"],
            ],
        ),
        (
            [{"do": "remove"}, {"do": "undo"}],
            "saved",
            [["remove", "", "shelling", ""], ["withdraw", "remove", "shelling", ""]],
        ),
        ([{"do": "undo"}], "note", []),
        # what cannot be done is said and leaves no line
        ([change("actors", "nobody_known")], "error", []),
        ([change("killed", "many")], "error", []),
        ([change("colour", "red")], "error", []),
        ([change("place", "atlantis")], "error", []),
        ([change("place_spans", "0-9999")], "error", []),
        ([{"do": "add", "start": 0, "end": 4, "kind": "protest"}], "error", []),
        ([{"do": "remove"}, change("status", "denied")], "error", [["remove", "", "shelling", ""]]),
        ([{"do": "together"}], "error", []),
        ([{"do": "explode"}], "error", []),
        ([{}], "error", []),
    ],
)
def test_every_judgment_is_in_the_file_at_once(desk, did, tone, lines):
    for message in did:
        desk.take(message)

    assert written(desk) == lines
    assert desk.card()["message"]["tone"] == tone


def test_what_a_person_says_is_shown_and_applied(desk):
    desk.take({"do": "change", "field": "actors", "now": "isis;unknown", "reason": "the second paragraph says so"})

    shown = desk.card()["incident"]
    assert shown["fields"]["actors"] == "isis;unknown"
    assert shown["corrected"] == ["actors"]
    corrected = apply_corrections(coded(), desk.corrections, reports())
    assert corrected.coded.incidents["actors"].tolist()[0] == "isis;unknown"
    line = read_corrections(desk.corrections).iloc[0]
    assert (line["reason"], line["coder"], line["date"], line["quote"]) == (
        "the second paragraph says so", "lina", "2021-06-01", "قصفت",
    )  # fmt: skip


def test_the_incident_of_another_report_can_be_judged_the_same_act(desk):
    for message in ({"do": "remember"}, {"do": "next"}, {"do": "next"}, {"do": "together"}):
        desk.take(message)

    assert apply_corrections(coded(), desk.corrections, reports()).together == (("last:0:deployment", "r0:0:shelling"),)


def test_next_and_previous_stop_at_the_ends_and_the_filter_holds_what_is_unsure(desk):
    seen = []
    for do in ("next", "next", "next", "previous"):
        desk.take({"do": do})
        seen.append(desk.card()["incident"]["words"])
    assert seen == ["هاجم", "وصل", "وصل", "هاجم"]

    desk.take({"do": "filter", "below": 0.7, "least_sure_first": True})
    assert (desk.card()["position"], desk.card()["total"], desk.card()["incident"]["words"]) == (1, 2, "هاجم")
    desk.take({"do": "filter", "kind": "protest"})
    assert desk.card()["total"] == 0
    desk.take({"do": "next"})
    assert desk.card()["message"]["tone"] == "error"


def test_an_added_incident_is_shown_and_can_be_filled(desk):
    desk.take({"do": "add", "start": PROTEST, "end": PROTEST + 6, "kind": "protest"})
    desk.take({"do": "change", "field": "wounded", "now": "0"})
    shown = desk.card()["incident"]
    assert (shown["words"], shown["fields"]["kind"], shown["fields"]["wounded"]) == (
        TEXT[PROTEST : PROTEST + 6],
        "protest",
        "0",
    )
    assert shown["corrected"] == ["added", "wounded"]

    desk.take({"do": "choose", "start": STRIKE, "end": STRIKE + 4})
    assert desk.card()["incident"]["fields"]["kind"] == "shelling"


@pytest.mark.parametrize(
    ("what", "query", "first"),
    [
        ("places", "الميادين", "mayadin"),
        ("places", "Mayad", "mayadin"),
        ("actors", "داعش", "isis"),
        ("actors", "isis", "isis"),
        ("actors", "islamic st", "isis"),
        ("actors", "قسد", "sdf"),
        ("places", "", None),
        ("places", "zzzz", None),
        ("secrets", "a", None),
    ],
)
def test_actors_and_places_are_found_by_any_of_their_names(desk, what, query, first):
    found = [thing["id"] for thing in desk.find(what, query)]

    assert first is None or first in found[:3]
    assert bool(found) is (first is not None)


def test_a_card_is_small_however_large_the_tables(tmp_path):
    def answer(count: int) -> tuple[dict[str, Any], float]:
        desk = ReviewDesk(coded(count), reports(count), tmp_path / "c.tsv", "lina", date(2021, 6, 1))
        begun = time.process_time()
        desk.take({"do": "next"})
        return desk.card(), time.process_time() - begun

    answer(30)
    _, few = answer(300)
    card, many = answer(3000)

    assert card["total"] == 6001
    assert len(json.dumps(card)) < 6000
    assert many < 10 * max(few, 0.01)


@pytest.mark.parametrize("wrong", ["corrected", "reports", "file"])
def test_what_cannot_be_reviewed_is_refused_before_the_work(tmp_path, wrong):
    table, known, path = coded(), reports(), tmp_path / "c.tsv"
    if wrong == "corrected":
        path.write_text("", encoding="utf-8")
        shutil.copy(Path(__file__).parents[1] / "data" / "corrections.tsv", path)
        table = apply_corrections(table, path, known).coded
    elif wrong == "reports":
        known = known.iloc[:1]
    else:
        path.write_text("a,b\n", encoding="utf-8")

    with pytest.raises(ValueError, match={"corrected": "already", "reports": "last", "file": "no column"}[wrong]):
        review(table, path, reports=known)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
CELLS = [
    "import sys; sys.path.insert(0, {tests!r})\nfrom test_review import coded, reports\nfrom analysis import review",
    "review(coded(), 'corrections.tsv', reports=reports(), coder='lina')",
]


@pytest.fixture
def lab(tmp_path) -> Iterator[str]:
    """The address of a JupyterLab that serves a notebook with the form in it."""
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "execution_count": None,
         "source": cell.format(tests=str(Path(__file__).parent))}
        for n, cell in enumerate(CELLS)
    ]  # fmt: skip
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "review.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = {
        name: str(tmp_path / f".{name}")
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=", f"--notebook-dir={tmp_path}", "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | home, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address + "/api/status", server)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen) -> None:
    for _ in range(600):
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            assert server.poll() is None, "JupyterLab stopped"
            time.sleep(0.2)
    raise AssertionError("JupyterLab does not answer")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_in_jupyterlab_a_changed_actor_is_saved_and_holds_after_a_rerun(lab, tmp_path):
    sync_playwright = pytest.importorskip("playwright.sync_api").sync_playwright
    shots = Path(os.environ.get("RASD_SHOTS") or tmp_path)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=120_000)
        page = browser.new_page(viewport={"width": 1500, "height": 1000})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(90_000)
        page.goto(f"{lab}/lab/tree/review.ipynb?reset")
        run_all(page)
        form = page.locator(".rasd-review")
        form.wait_for()
        page.screenshot(path=shots / "opened.png")

        # the text is right to left, as published, and every mark is one stretch on its line
        assert form.locator(".rasd-story").inner_text() == TEXT
        assert form.locator("b[onclick], .rasd-text script").count() == 0
        assert form.locator(".rasd-story .trigger").inner_text() == "قصفت"
        rects = form.locator(".rasd-story .actor").evaluate("e => [...e.getClientRects()].map(r => Math.round(r.top))")
        assert len(rects) == len(set(rects))
        first, second = (form.locator(f".rasd-story .{mark}").bounding_box() for mark in ("trigger", "actor"))
        assert first["x"] > second["x"]

        # change the actor: take one off, add one by a name that reports use
        form.locator("[data-field=actors] button[aria-label='remove syrian_army']").click()
        form.locator("[data-field=actors].corrected").wait_for()
        form.locator("[data-control=actors-add]").press_sequentially("داعش", delay=30)
        form.locator("[data-field=actors] .rasd-found button").first.wait_for()
        page.screenshot(path=shots / "actors.png")
        form.locator("[data-control=actors-add]").press("Enter")
        form.locator("[data-field=actors] .rasd-chip[title=isis]").wait_for()
        assert lines(tmp_path) == [["change", "actors", "syrian_army", ""], ["change", "actors", "", "isis"]]
        page.screenshot(path=shots / "changed.png")

        # by keys: the next incident, which is none; taken back; the place found by its name
        form.focus()
        form.press("n")
        form.get_by_text("2 / 3").wait_for()
        form.press("x")
        form.get_by_text("not an incident", exact=True).wait_for()
        form.press("u")
        form.locator("[data-control=place-find]").fill("البوكمال")
        form.locator(".rasd-found button").first.wait_for()
        page.screenshot(path=shots / "places.png")
        form.locator(".rasd-found button").first.click()
        form.locator("[data-field=place].corrected").wait_for()

        # words that the program missed, behind a character of two UTF-16 units
        page.evaluate(SELECT, ["وتظاهر"])
        form.locator("[data-control=add-kind]").select_option("protest")
        form.get_by_role("button", name="Add incident").click()
        form.locator("[data-control=kind]").wait_for()
        page.wait_for_function("document.querySelector('.rasd-story .trigger')?.textContent === 'وتظاهر'")
        page.screenshot(path=shots / "added.png")
        added = read_corrections(tmp_path / "corrections.tsv").iloc[-1]
        assert (added["verb"], added["now"], added["quote"], added["start"]) == (
            "add",
            "protest",
            "وتظاهر",
            TEXT.index("وتظاهر"),
        )

        # a new kernel and a rerun: the change holds
        page.keyboard.press("Escape")
        run_all(page, restart=True)
        page.wait_for_function("document.querySelectorAll('.rasd-review').length === 1")
        form.locator("[data-field=actors] .rasd-chip[title=isis]").wait_for()
        assert form.locator("[data-field=actors].corrected").count() == 1
        page.screenshot(path=shots / "rerun.png")
        browser.close()
    assert errors == []
    after = apply_corrections(coded(), tmp_path / "corrections.tsv", reports())
    assert after.coded.incidents["actors"].tolist()[0] == "isis"
    assert after.coded.incidents["kind"].astype(str).tolist() == ["shelling", "armed_attack", "protest", "deployment"]


SELECT = """([words]) => {
    const walker = document.createTreeWalker(document.querySelector('.rasd-story'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return;
    }
}"""


def lines(folder: Path) -> list[list[str]]:
    return read_corrections(folder / "corrections.tsv")[["verb", "field", "was", "now"]].values.tolist()


def run_all(page, restart: bool = False) -> None:
    """Run every cell from the menu, after a restart of the kernel where asked."""
    page.locator(".jp-Notebook").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    name = "Restart Kernel and Run All Cells…" if restart else "Run All Cells"
    page.locator(".lm-Menu-item").get_by_text(name, exact=True).click()
    if restart:
        page.locator(".jp-Dialog .jp-mod-accept").click()
