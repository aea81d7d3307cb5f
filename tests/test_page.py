"""The page needs nothing else, speaks two languages, shows every report, and runs nothing that a report says."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from analysis.escalation.study import study_anniversary
from analysis.figures import page_rows
from analysis.figures.page import write_page
from analysis.figures.readable import dispute, harm, what, when, where
from analysis.figures.words import Words, names
from analysis.paths import data_path
from analysis.tables import EVENTS, INCIDENTS, REPORTS, SET_ASIDE, make_table

HOSTILE = "<script>alert(1)</script>"
TEXT = f'قصفت مدفعية الجيش أطراف البلدة. {HOSTILE} "><img src=x onerror=alert(2)>'
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
VOID = {"meta", "img", "input", "br", "link"}


def report(number: int, **more) -> dict[str, object]:
    row = {
        "report_id": f"r{number}",
        "published": "2022-01-04",
        "source": "مرصد",
        "title": f"خبر {number}",
        "text": TEXT,
    }
    return row | more


def incident(number: int, day: str | None, **more) -> dict[str, object]:
    row = {
        "incident_id": f"r{number}:0:shelling",
        "report_id": f"r{number}",
        "start": 0,
        "end": 4,
        "evidence_start": 0,
        "evidence_end": 30,
        "kind": "shelling",
        "status": "happened",
        "background": False,
        "summary": False,
        "confidence": 0.8,
        "date_start": day,
        "date_end": day,
        "actors": "syrian_army",
        "targets": "",
        "killed_min": 2,
        "killed_max": 4,
    }
    return row | more


def event(row: dict[str, object]) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name in EVENTS.names}
    told = {"event_id": f"e{row['report_id']}", "n_reports": 1, "n_sources": 1, "grade": "weak"}
    return kept | told | {"incident_ids": row["incident_id"]}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    days = pd.date_range("2021-01-02", "2022-12-20", freq="23D")
    told = [incident(n, f"{day:%Y-%m-%d}") for n, day in enumerate(days)]
    told.append(incident(len(told), None, place_id="x", place_ar="<b>الميادين", place_en="<b>Mayadin", actors=""))
    reports = [report(n) for n in range(len(told))]
    reports[0] |= {"url": "javascript:alert(3)", "source": HOSTILE, "title": HOSTILE}
    reports[1] |= {"url": "https://example.org/1"}
    aside = {"file": f"{HOSTILE}.txt", "line": 3, "reason": "empty", "cure": "delete it"}
    return {
        "reports": make_table(REPORTS, reports),
        "incidents": make_table(INCIDENTS, told),
        "events": make_table(EVENTS, map(event, told)),
        "set_aside": make_table(SET_ASIDE, [aside]),
    }


@pytest.fixture(scope="module")
def page(tables, tmp_path_factory) -> Path:
    observed = ("2020-01-01", "2023-12-31")
    study = study_anniversary(tables["events"], "soleimani", years=[2022], observed=observed, redraws=0)
    return write_page(tmp_path_factory.mktemp("page") / "report.html", **tables, study=study)


@pytest.fixture(scope="module")
def parsed(page) -> Parsed:
    found = Parsed()
    found.feed(page.read_text(encoding="utf-8"))
    return found


class Parsed(HTMLParser):
    """Counts the elements of a page, keeps their attributes, and finds tags that are never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    @property
    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.attributes)

    def values(self, name: str) -> list[str]:
        return [str(attrs[name]) for _, attrs in self.attributes if name in attrs]


def test_the_page_is_well_formed_and_its_ids_are_unique(parsed):
    assert parsed.wrong == []
    assert parsed.open == []
    assert [name for name, count in Counter(parsed.values("id")).items() if count > 1] == []


def test_what_reports_say_runs_nothing(page, parsed):
    text = page.read_text(encoding="utf-8")

    assert parsed.tags["script"] == 1
    assert HOSTILE not in text
    assert "<b>الميادين" not in text
    assert [name for _, attrs in parsed.attributes for name in attrs if name.startswith("on")] == []
    assert [link for link in parsed.values("href") if not link.startswith("#")] == ["https://example.org/1"]


def test_the_page_asks_nothing_of_the_network(page, parsed):
    text = page.read_text(encoding="utf-8")

    assert all(source.startswith("data:image/png;base64,") for source in parsed.values("src"))
    assert parsed.tags["link"] + parsed.tags["iframe"] + parsed.tags["object"] == 0
    assert "@import" not in text
    assert "url(" not in text


def test_the_policy_of_the_page_allows_its_own_script_and_no_other(page, parsed):
    text = page.read_text(encoding="utf-8")
    policy = next(attrs["content"] for tag, attrs in parsed.attributes if attrs.get("http-equiv"))

    for element, directive in (("script", "script-src"), ("style", "style-src-elem")):
        content = re.search(f"<{element}>(.*?)</{element}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(content.group(1).encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_headings_skip_no_level_and_landmarks_are_there(parsed):
    assert parsed.headings[0] == 1
    assert parsed.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(parsed.headings, parsed.headings[1:], strict=False))
    assert all(parsed.tags[landmark] for landmark in ("header", "nav", "main", "footer"))


def test_every_inner_link_and_label_leads_somewhere(parsed):
    ids = set(parsed.values("id"))
    led = {link[1:] for link in parsed.values("href") if link.startswith("#")}
    labels = {name for value in parsed.values("aria-labelledby") for name in value.split()}

    assert led - ids == set()
    assert labels - ids == set()


def test_every_figure_is_there_in_both_languages_with_its_description(page, parsed):
    alts = [attrs["alt"] for tag, attrs in parsed.attributes if tag == "img"]
    arabic = [alt for alt in alts if re.search("[\u0600-\u06ff]", alt)]

    assert len(alts) == 2 * len(arabic) >= 12
    assert all(len(alt) > 40 for alt in alts)
    assert page.stat().st_size < 5_000_000


def test_every_report_stands_on_the_page_with_its_evidence(parsed, tables):
    reports = [attrs for tag, attrs in parsed.attributes if tag == "details" and attrs.get("class") == "report"]

    assert len(reports) == len(tables["reports"])
    assert parsed.tags["mark"] == len(tables["incidents"])


def test_a_reason_stands_where_there_is_no_study_and_a_rerun_gives_the_same_bytes(tables, tmp_path):
    few = {"reports": tables["reports"].head(2), "incidents": tables["incidents"].iloc[-1:]}
    first = write_page(tmp_path / "a.html", **few, no_study="no <dates> at all", lang="ar").read_bytes()
    second = write_page(tmp_path / "b.html", **few, no_study="no <dates> at all", lang="ar").read_bytes()

    assert first == second
    assert b"no &lt;dates&gt; at all" in first
    assert b'<html lang="ar" dir="rtl"' in first


def test_a_corpus_with_nothing_in_it_still_gives_a_page(tmp_path):
    nothing = {"reports": make_table(REPORTS, []), "incidents": make_table(INCIDENTS, [])}

    assert write_page(tmp_path / "a.html", **nothing, events=make_table(EVENTS, []), no_study="no dates").exists()


def test_a_long_table_is_cut_and_says_so(tables, monkeypatch):
    monkeypatch.setattr(page_rows, "MOST_ROWS", 3)
    monkeypatch.setattr(page_rows, "MOST_TEXT", 2 * len(TEXT))
    table = page_rows.event_table(tables["events"], {})

    assert (len(table.rows), table.total) == (3, len(tables["events"]))
    assert len(page_rows.report_rows(tables["reports"], tables["incidents"])) == 2


def test_the_page_opens_only_in_a_language_it_speaks(tables, tmp_path):
    with pytest.raises(ValueError, match="'en' or 'ar'"):
        write_page(tmp_path / "a.html", reports=tables["reports"], incidents=tables["incidents"], lang="fr")


DAY = pd.Timestamp("2022-01-03")


@pytest.mark.parametrize(
    ("say", "row", "english", "arabic"),
    [
        (when, {"date_start": pd.NaT, "date_end": pd.NaT}, "no date", "بلا تاريخ"),
        (when, {"date_start": DAY, "date_end": DAY}, "3 January 2022", "3 كانون الثاني 2022"),
        (what, {"kind": "clash", "status": "happened"}, "Armed clash", "اشتباك"),
        (
            what,
            {"kind": "clash", "status": "denied", "background": True},
            "Armed clash (denied, background)",
            "اشتباك (منفي، خلفية)",
        ),
        (where, {"place_en": pd.NA, "place_ar": pd.NA, "admin1": pd.NA}, "no place", "بلا مكان"),
        (
            where,
            {"place_en": "Shuhayl", "place_ar": "الشحيل", "admin1": "al_anbar"},
            "Shuhayl, Anbar",
            "الشحيل، الأنبار",
        ),
        (harm, (0, 0, 3, 3), "none killed, 3 wounded", "لا قتلى، 3 جرحى"),
        (harm, (2, pd.NA, pd.NA, pd.NA), "at least 2 killed", "قتيلان على الأقل"),
        (harm, (pd.NA, pd.NA, pd.NA, pd.NA), "", ""),
        (
            harm,
            (1, 12, pd.NA, 5),
            "1 to 12 killed, 0 to 5 wounded",
            "12 قتيلاً على الأكثر و1 على الأقل، 5 جرحى على الأكثر و0 على الأقل",
        ),
        (dispute, {"disagreements": pd.NA}, "", ""),
        (
            dispute,
            {"disagreements": "kind: clash / explosion; weapon: mine / drone; killed: 2 / 3+ / 10-12"},
            "kind: Armed clash / Explosion or IED; weapon: mine / drone; killed: 2 / at least 3 / 10 to 12",
            "النوع: اشتباك / انفجار؛ السلاح: لغم / طائرة مسيّرة؛ القتلى: 2 / 3 على الأقل / من 10 إلى 12",
        ),
        (
            dispute,
            {"disagreements": "date: 2022-01-03 / 2022-01-04..2022-01-05; actor_side: isis / sdf"},
            "date: 3 January 2022 / 4 January 2022 to 5 January 2022; who: Islamic State / SDF",
            "التاريخ: 3 كانون الثاني 2022 / من 4 كانون الثاني 2022 إلى 5 كانون الثاني 2022؛ الفاعل: تنظيم الدولة / قسد",
        ),
    ],
)
def test_a_row_is_said_in_both_languages(say, row, english, arabic):
    if isinstance(row, tuple):
        row = dict(zip(("killed_min", "killed_max", "wounded_min", "wounded_max"), row, strict=True))

    assert (say(row, Words("en")), say(row, Words("ar"))) == (english, arabic)


def test_every_weapon_and_every_field_that_may_be_disputed_has_a_name_in_both_languages():
    weapons = pd.read_csv(data_path("lexicon", "weapons.tsv"), sep="\t", dtype="str", quoting=3)["id"].unique()
    fields = ("kind", "status", "date", "actor_side", "place_id", "weapon", "killed", "wounded")

    for lang in ("en", "ar"):
        assert set(weapons) <= set(names("weapon", lang))
        assert set(fields) <= set(names("page_field", lang))


@pytest.mark.browser
def test_in_a_browser_the_page_switches_language_sorts_filters_and_unfolds(page, tables):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium is installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: said.append(request.url) if request.url.startswith("http") else None)
        tab.goto(page.as_uri())
        assert tab.locator("h1").inner_text() == "What the reports say"
        tab.locator("#language button[value=ar]").click()
        assert tab.evaluate("document.documentElement.dir") == "rtl"
        assert tab.locator("h1").inner_text() != "What the reports say"
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        latest = tables["events"]["date_start"].max()
        heads = tab.locator("#t-events thead button")
        heads.nth(0).click()
        heads.nth(0).click()
        assert tab.locator("#t-events tbody tr td").first.get_attribute("data-k") == str(latest.date())
        tab.locator("#events input[type=search]").fill("الميادين")
        assert tab.locator("#t-events tbody tr:not([hidden])").count() == 1
        tab.evaluate("location.hash = '#r2'")
        tab.wait_for_function("document.getElementById('r2').open")
        browser.close()
    assert said == []
