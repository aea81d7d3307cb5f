"""The tables of words: every row's example and trap are tried, and what is wrong is said with file, line and cure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.coding.lexicon import (
    Entry,
    build_lexicon,
    default_lexicon,
    fold_words,
    problems,
    read_entries,
    read_table,
    read_variants,
    spellings,
)
from analysis.coding.mentions import find_mentions
from analysis.coding.text import fold, fold_word
from analysis.paths import data_path

ACTORS = "id\tparent\tside\ttype\tsince\tuntil\tcountry\tcoded_as\tname_en\tname_ar\tsource\n"
RED = "red\t\tred\tmilitia\t\t\t\t\tReds\tالحمر\tbook\n"
BLUE = "blue\tred\tblue\tmilitia\t2015-01-01\t\t\t\tBlues\tالزرق\tbook\n"
WORDS = "id\tform\texample\ttrap\tuse\tcontext\tsince\tuntil\tback\toutlet\n"
RED_WORD = "red\tالحمر\tهجوم شنه الحمر\t\t\t\t\t\t\t\n"


def folder(tmp_path: Path, words: str = WORDS + RED_WORD, actors: str = ACTORS + RED + BLUE) -> Path:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "entities").mkdir()
    (tmp_path / "lexicon" / "actors.tsv").write_text(words, encoding="utf-8")
    (tmp_path / "lexicon" / "variants.tsv").write_text("id\tname\twords\n", encoding="utf-8")
    (tmp_path / "entities" / "actors.tsv").write_text(actors, encoding="utf-8")
    return tmp_path


def test_the_tables_of_the_package_have_no_problems() -> None:
    assert problems().to_dict("records") == []


def test_whole_tables_have_no_problems(tmp_path: Path) -> None:
    found = problems(folder(tmp_path))
    assert found.to_dict("records") == []
    assert list(found.columns) == ["file", "line", "problem", "cure"]
    assert found.dtypes.astype(str).tolist() == ["string", "int64", "string", "string"]


@pytest.mark.parametrize(
    ("words", "line", "problem"),
    [
        (RED_WORD + "red\tالحمر\t\n", 3, "3 fields, the header has 10"),
        ("red\t الحمر\tهجوم شنه الحمر\t\t\t\t\t\t\t\n", 2, "stray white space in 'الحمر'"),
        ("green\tالخضر\tهجوم شنه الخضر\t\t\t\t\t\t\t\n", 2, "green is no id of entities/actors.tsv"),
        (RED_WORD.replace("\t\t\t\t\t\t\t\n", "\t\t\tgreen\t\t\t\t\n"), 2, "green is no id of entities/actors.tsv"),
        (RED_WORD + RED_WORD, 3, "the same as line 2"),
        (RED_WORD.replace("هجوم شنه الحمر", "هجوم"), 2, "the example gives nothing, not red"),
        (RED_WORD.replace("هجوم شنه الحمر", ""), 2, "no example"),
        ("red\tالحمر\tهجوم شنه الحمر\tلحق الحمر به\t\t\t\t\t\t\n", 2, "the trap is taken for red"),
        (RED_WORD.replace("الحمر\tه", "{الحمر}\tه"), 2, "no spellings for 'الحمر'"),
        ("red\tالحمر\tهجوم شنه الحمر\t\t\t\t2024-13-01\t\t\t\n", 2, "since '2024-13-01' is no day"),
        ("red\tالحمر\tهجوم شنه الحمر\t\t\t\t2024-12-01\t2023-12-01\t\t\n", 2, "until is not after since"),
    ],
)
def test_a_wrong_row_of_words_is_named(tmp_path: Path, words: str, line: int, problem: str) -> None:
    found = problems(folder(tmp_path, WORDS + words))
    assert [("lexicon/actors.tsv", line, problem)] == list(zip(found.file, found.line, found.problem, strict=True))
    assert found.cure.str.len().gt(0).all()


@pytest.mark.parametrize(
    ("actors", "problem"),
    [
        (RED + RED, "the id red stands 2 times"),
        (RED + BLUE.replace("blue\tred", "blue\tgreen"), "parent green is no id of this table"),
        (RED + BLUE.replace("\tbook", "\t"), "blue has no source"),
        (RED + BLUE.replace("2015-01-01", "2015"), "since '2015' is no day"),
        (RED.replace("red\t\t", "red\tblue\t") + BLUE, "red is its own ancestor"),
    ],
)
def test_a_wrong_row_of_actors_is_named(tmp_path: Path, actors: str, problem: str) -> None:
    found = problems(folder(tmp_path, actors=ACTORS + actors))
    assert problem in found.problem.tolist()


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    data = folder(tmp_path)
    (data / "lexicon" / "more.tsv").write_bytes("id\tform\nx\tقصف\n".encode("cp1256"))
    assert problems(data).problem.tolist() == ["not UTF-8 at byte 10"]


def test_a_word_in_braces_stands_for_its_spellings() -> None:
    variants = {"لواء": ("لواء", "ميليشيا"), "الكبير": ("الكبير", "")}
    assert spellings("{لواء} النهر", variants) == ["لواء النهر", "ميليشيا النهر"]
    assert len(spellings("{لواء} النهر {الكبير}", variants)) == 4


def test_every_spelling_of_a_form_is_found() -> None:
    variants = read_variants()
    lexicon = default_lexicon()
    for entry in lexicon.entries:
        if "{" in entry.form:
            for spelling in spellings(entry.form, variants):
                ids = {m.ids for m in find_mentions(fold(spelling), lexicon) if m.sort == entry.sort}
                assert any(entry.id in each for each in ids), (entry.form, spelling, ids)


def test_a_word_in_braces_without_spellings_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match=r"mine\.tsv:7: no row of variants\.tsv has the name 'لواء'"):
        build_lexicon([Entry("actors", "red", "{لواء} النهر", "", file="mine.tsv", line=7)], {})


def test_comments_and_empty_lines_of_a_table_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("# why\nid\tform\n\nred\tالحمر\n# end\nblue\tالزرق\n", encoding="utf-8")
    assert [(row["id"], row["line"]) for row in read_table(path)] == [("red", "4"), ("blue", "6")]


def test_every_table_with_forms_is_read_under_its_own_name() -> None:
    sorts = {entry.sort for entry in read_entries()}
    assert {"actors", "collectives", "links"} <= sorts
    assert "variants" not in sorts


def test_the_lexicon_is_ready_before_pandas_is() -> None:
    """In a fresh process the first phrase is read in less time than importing pandas takes; the best of three.

    Seconds depend on the machine; `benchmarks/readiness.py` prints them.
    """
    code = (
        "import time\n"
        "started = time.process_time()\n"
        "import pandas\n"
        "imported = time.process_time() - started\n"
        "from analysis.coding.lexicon import default_lexicon\n"
        "from analysis.coding.actors import find_actors\n"
        "from analysis.coding.mentions import find_mentions\n"
        "from analysis.coding.text import fold\n"
        "started = time.process_time()\n"
        "text = fold('قصف')\n"
        "find_actors(text, find_mentions(text, default_lexicon()))\n"
        "print((time.process_time() - started) / imported)\n"
    )
    shares = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(shares) < 1, shares


def test_no_row_of_the_tables_holds_a_pattern() -> None:
    for path in [*data_path("lexicon").glob("*.tsv"), data_path("entities", "actors.tsv")]:
        for row in read_table(path):
            assert not set(row.get("form", "")) & set("()[]*+?|\\^$"), (path.name, row["line"])


def test_many_forms_folded_at_once_are_those_folded_one_by_one() -> None:
    forms = [entry.form for entry in default_lexicon().entries]
    assert fold_words(forms) == [fold_word(form) for form in forms]
    assert fold_words([]) == []


def test_the_check_that_contributors_are_told_to_run_runs(capsys: pytest.CaptureFixture[str]) -> None:
    told = (Path(__file__).resolve().parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    command = told.partition('python -c "')[2].partition('"')[0]
    assert "problems" in command
    exec(command, {})
    assert capsys.readouterr().out.startswith("Empty DataFrame")
