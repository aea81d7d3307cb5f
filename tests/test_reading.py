"""Any path of reports becomes the reports table; what cannot be read is set aside with file, line and cure."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.reading.reports import ReportsError, read_reports
from analysis.tables import REPORTS, check_table, set_aside

TEXT = "قصفت طائرات مجهولة موقعاً في بادية الميادين، الثلاثاء الماضي."


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.csv", f'report_id,published,text\na,2022-01-08,"{TEXT}"\n'),
        ("r.csv", f'id;published;text\na;2022-01-08T05:00:00+03:00;"{TEXT}"\n'),
        ("r.tsv", f"report_id\tpublished\ttext\na\t2022-01-08\t{TEXT}\n"),
        ("r.jsonl", json.dumps({"id": "a", "published": "2022-01-08", "text": TEXT}) + "\n\n"),
        ("r.jsonl", json.dumps({"report": {"report_id": "a", "published": "2022-01-08", "text": TEXT}})),
        ("r.json", json.dumps([{"report_id": "a", "published": "2022-01-08", "text": TEXT}])),
        ("r.csv", "\ufeff" + f"report_id,published,text\r\na,2022-01-08,{TEXT}\r\n"),
    ],
)
def test_a_table_of_reports_is_read_whatever_its_format(tmp_path, name, content):
    reports = read_reports(write(tmp_path / name, content))

    check_table(REPORTS, reports)
    assert reports[["report_id", "text"]].to_numpy().tolist() == [["a", TEXT]]
    assert reports["published"].tolist() == [pd.Timestamp("2022-01-08")]
    assert set_aside(reports).empty


def test_parquet_is_read_and_other_names_are_mapped(tmp_path):
    frame = pd.DataFrame({"key": ["a", "b"], "body": [TEXT, TEXT], "day": [pd.Timestamp("2022-01-08"), pd.NaT]})
    frame.to_parquet(tmp_path / "r.parquet")

    reports = read_reports(tmp_path / "r.parquet", columns={"report_id": "key", "text": "body", "published": "day"})

    assert reports["report_id"].tolist() == ["a", "b"]
    assert reports["published"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("cp1256"), "windows-1256"),
        (TEXT.encode("utf-16"), "utf-16"),
    ],
)
def test_a_text_file_is_decoded_and_its_encoding_said(tmp_path, content, encoding):
    reports = read_reports(write(tmp_path / "a.txt", content))

    assert reports.loc[0, "text"] == TEXT
    assert reports.loc[0, "encoding"] == encoding


def test_a_folder_is_read_by_its_table_and_texts_without_a_row_are_not_lost(tmp_path):
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.txt", TEXT.encode("cp1256"))
    write(tmp_path / "c.txt", b"\xff\xfe\x00\xd8" + b"\x81" * 9)
    write(
        tmp_path / "reports.tsv", 'report_id\tpublished\ttitle\na\t2022-01-08\t"قسد" تعلن\nz\t2022-01-09\t\n../a\t\t\n'
    )

    reports = read_reports(tmp_path)

    assert reports["report_id"].tolist() == ["a", "b"]
    assert reports.loc[0, "title"] == '"قسد" تعلن'
    aside = set_aside(reports)
    assert aside["line"].tolist()[:2] == [3, 4]
    assert aside["reason"].str.contains("there is no file z.txt").any()
    assert aside["file"].tolist() == ["reports.tsv", "reports.tsv", "c.txt"]


def test_bad_rows_are_set_aside_with_their_line_and_the_rest_goes_on(tmp_path):
    rows = [
        json.dumps({"report_id": "a", "text": TEXT}),
        "{broken",
        json.dumps({"report_id": "b", "text": " "}),
        json.dumps(["no", "object"]),
        json.dumps({"report_id": "a", "text": TEXT}),
        json.dumps({"report_id": "c", "text": TEXT, "published": "yesterday"}),
        json.dumps({"text": TEXT + "\ud800"}),
    ]

    reports = read_reports(write(tmp_path / "r.jsonl", "\n".join(rows)))

    assert reports["report_id"].tolist() == ["a", "c", "r-7"]
    aside = set_aside(reports)
    assert aside["line"].tolist() == [2, 3, 4, 5, 6]
    assert aside["cure"].str.len().min() > 5
    reports["text"].str.encode("utf-8")


def test_a_csv_row_with_a_field_too_many_is_set_aside(tmp_path):
    reports = read_reports(write(tmp_path / "r.csv", f"id,text\na,{TEXT}\nb,x,y\nc,{TEXT}\n"))

    assert reports["report_id"].tolist() == ["a", "c"]
    assert set_aside(reports)[["line", "content"]].to_numpy().tolist() == [[3, "b,x,y"]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.csv", None, "there is no such file or folder"),
        ("r.xyz", "x", "cannot tell its format"),
        ("r.csv", "id,body\na,x\n", "no column 'text'; it has body, id"),
        ("r.csv", "", "the file is empty"),
        ("r.parquet", "not parquet", "cannot be read"),
        ("empty/readme.md", "x", "no reports in this folder"),
    ],
)
def test_where_there_is_nothing_to_read_one_line_says_what_to_do(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        write(path, content)

    with pytest.raises(ReportsError, match=said) as error:
        read_reports(path.parent if path.suffix == ".md" else path)
    assert "\n" not in str(error.value)
