"""Two codings are compared as the codebook says, and the score is the one that measures everybody."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.events.agreement import compare_coders
from analysis.events.gold import incidents_of_gold, read_gold, read_incidents, reports_of_gold
from analysis.events.pairing import CodedAct, agreed_fields, pair_acts, same_days, same_parties
from analysis.events.scoring import print_score, score_incidents
from analysis.exchange.files import write_table
from analysis.paths import data_path

GOLD = data_path("gold", "gold.jsonl")
TEXT = "قصفت الطائرات قرية السدرة فقُتل رجلان. ثم هاجم ملثمون حاجز الجسر. وتظاهر الأهالي مساءً."


def act(start: int, end: int, kind: str = "airstrike", **more) -> CodedAct:
    values = {
        "triggers": ((start, end),),
        "kind": kind,
        "kinds_ok": (kind,),
        "status": "happened",
        "background": False,
        "days": (date(2021, 5, 3), date(2021, 5, 3)),
        "actors": frozenset(),
        "targets": frozenset(),
        "places": (),
        "killed": (None, None),
        "wounded": (None, None),
    }
    return CodedAct(**(values | more))


def gold_file(tmp_path: Path, *incidents: dict, name: str = "gold.jsonl", text: str = TEXT) -> Path:
    record = {
        "report": {"report_id": "r1", "text": text, "published": "2021-05-03", "title": None, "source": None},
        "incidents": list(incidents),
        "summary_mentions": [],
    }
    (tmp_path / name).write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    return tmp_path / name


def incident(words: str, kind: str = "airstrike", **more) -> dict:
    start = TEXT.index(words)
    values = {
        "kind": kind,
        "triggers": [{"quote": words, "span": [start, start + len(words)]}],
        "date": ["2021-05-03", "2021-05-03"],
        "date_basis": "published",
        "status": "happened",
        "background": False,
        "actors": [],
        "targets": [],
        "places": [],
        "killed": None,
        "wounded": None,
    }
    return values | more


DAY = date(2021, 5, 3)


@pytest.mark.parametrize(
    ("gold", "coded", "same"),
    [
        ((3, 3), (3, 3), True),
        ((3, 3), (2, 3), True),
        ((3, 3), (3, 5), True),
        ((3, 3), (3, 6), False),  # much wider
        ((3, 3), (4, 4), False),  # does not touch
        ((1, 10), (5, 5), True),
        ((1, 4), (4, 8), False),  # more outside than inside
        ((3, 3), None, False),
        (None, None, True),  # nobody can say when
        (None, (3, 3), False),
        ((3, 3), (5, 2), False),
    ],
)
def test_days_agree_where_they_touch_and_are_not_much_wider(gold, coded, same):
    days = [(None, None) if ends is None else tuple(date(2021, 5, day) for day in ends) for ends in (gold, coded)]

    assert same_days(*days) is same


@pytest.mark.parametrize(
    ("gold", "coded", "same"),
    [
        ("isis", "isis", True),
        ("isis", "", False),
        ("", "", True),
        ("", "civilians", True),
        ("other", "", True),
        ("sdf;coalition", "sdf", True),
        ("sdf;coalition;us", "sdf", False),
        ("isis", "sdf", False),
    ],
)
def test_parties_agree_where_half_of_all_named_are_shared(gold, coded, same):
    assert same_parties(*(frozenset(filter(None, ids.split(";"))) for ids in (gold, coded))) is same


def test_which_side_of_a_clash_is_named_first_is_no_error():
    sides = {"actors": frozenset({"sdf"}), "targets": frozenset({"isis"})}
    swapped = {"actors": frozenset({"isis"}), "targets": frozenset({"sdf"})}

    assert {"actors", "targets"} <= agreed_fields(act(0, 4, "clash", **sides), act(0, 4, "clash", **swapped))
    assert not {"actors", "targets"} & agreed_fields(act(0, 4, **sides), act(0, 4, **swapped))


@pytest.mark.parametrize(
    ("coded", "pairs"),
    [
        ([act(0, 4)], [(0, 0)]),
        ([act(27, 31, "airstrike")], [(0, 0)]),  # the same sentence and kind
        ([act(27, 31, "killing")], []),  # the same sentence, another kind
        ([act(0, 4, "killing")], [(0, 0)]),  # the trigger itself
        ([act(27, 31), act(0, 4)], [(0, 1)]),  # one to one, the better one
        ([act(70, 75, "protest")], []),
    ],
)
def test_incidents_are_paired_on_their_words_or_in_their_sentence(coded, pairs):
    gold = [act(0, 4), act(42, 47, "armed_attack")]

    assert [(pair.left, pair.right) for pair in pair_acts(gold, coded, TEXT)] == pairs


def table_of(path: Path) -> pd.DataFrame:
    return incidents_of_gold(read_gold(path))


def test_a_coding_agrees_fully_with_itself(tmp_path):
    gold = read_gold(GOLD)

    score = score_incidents(gold, incidents_of_gold(gold))

    assert score.gold == score.predicted == 233
    assert [rate.f1 for rate in (score.found, score.kind, score.row, score.counts)] == [1.0] * 4
    assert set(score.fields.values()) == {1.0}
    assert score.differences.empty
    assert score.table().set_index("measure").loc["row", "f1"] == 1.0
    assert "77 reports, 233 gold incidents, 233 predicted" in score._repr_html_()


def test_an_open_date_is_right_to_leave_and_wrong_to_fill(tmp_path):
    gold = read_gold(gold_file(tmp_path, incident("قصفت", date=[None, None])))
    left = incidents_of_gold(gold)
    filled = left.assign(date_start=pd.Timestamp("2021-05-03"), date_end=pd.Timestamp("2021-05-03"))

    assert score_incidents(gold, left).fields["date"] == 1.0
    assert score_incidents(gold, filled).fields["date"] == 0.0


def test_every_miss_false_alarm_and_wrong_field_is_listed(tmp_path):
    gold = gold_file(tmp_path, incident("قصفت"), incident("هاجم", "armed_attack"))
    coded = gold_file(tmp_path, incident("قصفت", actors=["russia"]), incident("تظاهر", "protest"), name="second.jsonl")

    said = print_score(gold, coded, misses=10).split("\n")

    assert said[0] == "1 reports, 2 gold incidents, 2 predicted"
    assert said[1] == "found  precision 0.500  recall 0.500  f1 0.500"
    assert said[3] == "row    precision 0.000  recall 0.000  f1 0.000"
    assert [line.split()[0] for line in said[6:]] == ["MISSED", "FALSE", "WRONG"]
    assert said[-1].endswith("actors")
    assert len(print_score(gold, coded).split("\n")) == 6


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"report": {"report_id": "r1"}}', "line 1: lacks 'text'"),
        ("{", "line 1: Expecting property name"),
        ("", "no coded report in it"),
    ],
)
def test_a_gold_file_that_cannot_be_read_says_where(tmp_path, content, message):
    (tmp_path / "gold.jsonl").write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match=message):
        read_gold(tmp_path / "gold.jsonl")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "x", r"read from \.csv"),
        ("a.csv", "report_id,start\nr1,3\n", "no column end, kind"),
        ("a.csv", "report_id,start,end,kind\nr1,x,4,clash\n", "both must be numbers"),
    ],
)
def test_a_file_of_incidents_that_cannot_be_scored_says_why(tmp_path, name, content, message):
    (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match=message):
        print_score(GOLD, tmp_path / name)


def test_two_coders_are_compared_by_field_and_their_disagreements_listed(tmp_path):
    first = gold_file(
        tmp_path,
        incident("قصفت", actors=["russia"], killed=[2, 2]),
        incident("هاجم", "armed_attack", actors=["unknown"]),
        name="first.jsonl",
    )
    second = gold_file(
        tmp_path,
        incident("قصفت", "shelling", actors=["russia", "syrian_army"], killed=[2, None]),
        incident("هاجم", "armed_attack", actors=["unknown"]),
        incident("تظاهر", "protest"),
        name="second.jsonl",
    )

    agreement = compare_coders(read_gold(first), read_gold(second), reports_of_gold(read_gold(first)))

    assert (agreement.found.hits, agreement.found.gold, agreement.found.predicted) == (2, 2, 3)
    fields = agreement.fields.set_index("field")
    assert fields.loc["incident", ["n", "agree"]].tolist() == [3, pytest.approx(2 / 3)]
    assert fields.loc["kind", "agree"] == 0.5
    assert fields.loc["actors", "agree"] == 1.0  # half of all ids named are shared
    assert fields.loc["actors", "alpha"] < 1.0
    assert fields["kappa"].isna()["status"]  # nobody ever said anything else
    assert agreement.disagreements[["field", "a", "b"]].values.tolist() == [
        ["incident", "", "protest"],
        ["kind", "airstrike", "shelling"],
        ["killed", "2", "2–"],
    ]
    assert str(agreement).startswith("1 reports, a: 2 incidents, b: 3, 2 pairs\nfound  precision 0.667")
    assert "<table" in agreement._repr_html_()


def test_kappa_and_alpha_are_those_of_the_books():
    from analysis.events.agreement import _alpha, _kappa

    # Cohen's kappa: 20 both yes, 15 both no, 5 and 10 apart (50 items): (0.7 - 0.5) / 0.5
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert _kappa(pairs) == pytest.approx(0.4)

    # Krippendorff (2011), Computing Krippendorff's alpha-reliability, example B: two observers, nominal, alpha 0.692
    meg, owen = "a a b b d c c c e d d a".split(), "b a b b b c c c e d d d".split()
    assert _alpha("kind", list(zip(meg, owen, strict=True))) == pytest.approx(0.692, abs=0.001)


def test_a_report_that_only_one_was_given_is_refused():
    gold = read_gold(GOLD)

    with pytest.raises(ValueError, match="b: report p001 is not in the reports"):
        compare_coders(gold[1:], gold, reports_of_gold(gold[1:]))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_written_table_scores_as_the_table_does(tmp_path, ending):
    gold = read_gold(GOLD)
    table = incidents_of_gold(gold).iloc[::2]

    read_back = read_incidents(write_table(table, tmp_path / f"incidents.{ending}"))

    assert str(score_incidents(gold, read_back)) == str(score_incidents(gold, table))


def disturbed(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of a gold file with every sort of mistake in some of them."""
    table = table.copy()
    numbers = pd.Series(range(len(table)), index=table.index)
    table.loc[numbers % 3 == 0, "kind"] = "clash"
    table.loc[numbers % 4 == 1, "actors"] = "sdf;isis"
    table.loc[numbers % 5 == 1, "targets"] = ""
    table.loc[numbers % 4 == 2, "place_spans"] = "3-9"
    table.loc[numbers % 5 == 2, "status"] = "denied"
    table.loc[numbers % 6 == 1, "killed_max"] = pd.NA
    table.loc[numbers % 7 == 1, ["wounded_min", "wounded_max"]] = 2
    table.loc[numbers % 7 == 3, "date_end"] += pd.Timedelta(days=3)
    table.loc[numbers % 8 == 3, ["date_start", "date_end"]] = pd.NaT
    table.loc[numbers % 9 == 4, ["start", "end"]] += 12
    table.loc[numbers % 9 == 5, ["start", "end"]] = [[0, 4]]
    table = pd.concat([table.drop(table.index[numbers % 10 == 6]), table[numbers % 11 == 2]], ignore_index=True)
    return table.assign(summary=pd.Series(range(len(table))) % 13 == 0)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["seed", "train", "dev"])
def test_the_score_is_that_of_the_measuring_script(shared, tmp_path, name):
    path = shared / "gold" / f"{name}.jsonl"
    gold = read_gold(path)
    file = write_table(disturbed(incidents_of_gold(gold)), tmp_path / "incidents.csv")

    theirs = subprocess.run(
        [sys.executable, shared / "score", path, file], capture_output=True, text=True, check=True
    ).stdout

    assert print_score(path, file) == theirs.rstrip("\n")
    assert "f1 1.000" not in theirs
