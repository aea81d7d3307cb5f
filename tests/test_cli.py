"""The same verbs from a shell: what they write, what they say, and how they end."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from analysis import cli

TEXT = "قُتل ثلاثة عناصر من قوات النظام، الثلاثاء الماضي، بانفجار لغم أرضي في بادية الميادين بريف دير الزور الشرقي."


def rasd(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Run the command with these words; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["rasd", *map(str, words)])
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture
def reports(tmp_path) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [{"report_id": "a", "published": "2022-01-08", "text": TEXT}, {"report_id": "b", "text": " "}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_code_writes_the_tables_and_says_what_was_found_and_what_was_set_aside(monkeypatch, reports, tmp_path, capsys):
    assert rasd(monkeypatch, "code", reports, "-o", tmp_path / "out") == 0

    with (tmp_path / "out" / "incidents.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [(row["report_id"], row["kind"], row["killed_min"]) for row in rows] == [("a", "explosion", "3")]
    assert (rows[0]["date_start"], rows[0]["date_end"]) == ("2022-01-04", "2022-01-04")
    assert (tmp_path / "out" / "incidents.parquet").exists()
    said = capsys.readouterr()
    assert "incidents.csv" in said.out
    assert "set aside: reports.jsonl, line 2: the text is empty" in " ".join(said.err.split())


def test_an_encoding_that_had_to_be_detected_is_said(monkeypatch, tmp_path, capsys):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("cp1256"))

    assert rasd(monkeypatch, "code", tmp_path, "-o", tmp_path / "out") == 0

    assert "1 reports were not UTF-8 and were read as windows-1256" in " ".join(capsys.readouterr().err.split())


def test_quiet_prints_nothing(monkeypatch, reports, tmp_path, capsys):
    assert rasd(monkeypatch, "code", reports, "-o", tmp_path / "out", "-q") == 0

    said = capsys.readouterr()
    assert said.out + said.err == ""


@pytest.mark.parametrize(
    ("name", "content", "words", "said"),
    [
        ("missing", None, (), "there is no such file or folder"),
        ("empty/", None, (), "no reports in this folder"),
        ("r.csv", "id,body\na,x\n", (), "name the column of the text"),
        ("r.csv", "id,text\na,x\n", ("--column", "text"), "is no name=value pair"),
    ],
)
def test_what_cannot_be_read_gets_one_line_that_says_what_to_do(
    monkeypatch, tmp_path, capsys, name, content, words, said
):
    path = tmp_path / name
    if name.endswith("/"):
        path.mkdir()
    if content is not None:
        path.write_text(content, encoding="utf-8")

    assert rasd(monkeypatch, "code", path, "-o", tmp_path / "out", *words) == cli.UNFIT

    error = " ".join(capsys.readouterr().err.split())
    assert said in error
    assert "Traceback" not in error


def test_the_version_and_the_verbs_are_told(monkeypatch, capsys):
    assert rasd(monkeypatch, "--version") == 0
    assert capsys.readouterr().out.startswith("rasd 0")
    assert rasd(monkeypatch, "--help") == 0
    told = capsys.readouterr().out
    assert all(
        verb in told for verb in ("code", "run", "figures", "explain", "gaps", "dates", "counts", "score", "notebook")
    )


def test_a_date_and_a_count_are_printed_for_an_analyst_who_doubts_them(monkeypatch, capsys):
    assert rasd(monkeypatch, "dates", "قبل أيام", "--published", "2022-01-08") == 0
    assert "2022-01-01 to 2022-01-07\trelative" in capsys.readouterr().out
    assert rasd(monkeypatch, "counts", "قتيلان") == 0
    assert "killed" in capsys.readouterr().out


def test_explain_names_the_words_and_gaps_print_rows(monkeypatch, reports, capsys):
    assert rasd(monkeypatch, "explain", reports, "--report", "a") == 0
    assert "explosion" in capsys.readouterr().out
    assert rasd(monkeypatch, "explain", reports, "--report", "zz") == cli.UNFIT
    assert rasd(monkeypatch, "gaps", reports) == 0


def test_run_goes_the_whole_way(monkeypatch, tmp_path, capsys):
    folder = tmp_path / "reports"
    folder.mkdir()
    for day in range(3, 9):
        (folder / f"r{day}.txt").write_text(TEXT, encoding="utf-8")
    table = ["report_id\tpublished\tsource", *(f"r{day}\t2022-01-0{day}\toutlet {day}" for day in range(3, 9))]
    (folder / "reports.tsv").write_text("\n".join(table), encoding="utf-8")

    assert rasd(monkeypatch, "run", folder, "-o", tmp_path / "out", "--lang", "ar") == 0

    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "الميادين" in page
    with (tmp_path / "out" / "incidents.csv").open(encoding="utf-8") as handle:
        assert all(row["event_id"] for row in csv.DictReader(handle))
    assert list((tmp_path / "out" / "figures").glob("timeline.ar.*"))
    assert "no study of the anniversary" in " ".join(capsys.readouterr().err.split())
