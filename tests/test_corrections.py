"""A person's word survives a rerun, and a word that no longer fits is never passed over."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coding.coder import Coded
from analysis.events.cluster import cluster_incidents
from analysis.events.correction_file import corrections_table
from analysis.events.corrections import (
    OUTCOMES,
    Correction,
    CorrectionError,
    append_correction,
    apply_corrections,
    compare_corrections,
    merge_corrections,
    read_corrections,
    text_hash,
    withdraw_correction,
    write_corrections,
)
from analysis.tables import INCIDENTS, LOCATIONS, PARTICIPANTS, REPORTS, check_table, make_table, set_aside

TEXT = "قصفت مدفعية حرس التل قرية السدرة فقُتل رجلان. ثم شنّ فصيل الوادي هجوماً على حاجز الجسر. وساد الهدوء بعدها."
STRIKE, ATTACK = TEXT.index("قصفت"), TEXT.index("هجوماً")
REPORTS_TABLE = make_table(
    REPORTS,
    [
        {"report_id": "r1", "text": TEXT, "published": "2021-05-03"},
        {"report_id": "r2", "text": "نفت البلدية وقوع قصف على السوق.", "published": "2021-05-04"},
    ],
)


def incident(report_id: str, start: int, length: int, kind: str, **more) -> dict:
    row = {
        "incident_id": f"{report_id}:{start}:{kind}",
        "report_id": report_id,
        "start": start,
        "end": start + length,
        "evidence_start": start,
        "evidence_end": start + length + 10,
        "kind": kind,
        "status": "happened",
        "background": False,
        "summary": False,
        "date_start": "2021-05-02",
        "date_end": "2021-05-03",
        "date_basis": "published",
        "date_precision": "days",
        "actors": "",
        "targets": "",
        "place_spans": "",
        "confidence": 0.5,
    }
    return row | more


def coded(**changes) -> Coded:
    strike = incident("r1", STRIKE, 4, "shelling", actors="syrian_army;russia", actor_side="syrian_government")
    attack = incident("r1", ATTACK, 6, "armed_attack", killed_min=2, killed_max=2)
    other = incident("r2", 17, 3, "shelling", status="denied")
    strike |= changes
    people = [
        {"incident_id": strike["incident_id"], "role": "actor", "actor_id": actor, "start": 5, "end": 10}
        for actor in ("syrian_army", "russia")
    ]
    places = [{"incident_id": strike["incident_id"], "role": "place", "place_id": None, "start": 21, "end": 32}]
    return Coded(
        make_table(INCIDENTS, [strike, attack, other]),
        make_table(PARTICIPANTS, people),
        make_table(LOCATIONS, places),
    )


def line(verb: str, field: str = "", was: str = "", now: str = "", at: int = STRIKE, length: int = 4, **more):
    report_id = more.pop("report_id", "r1")
    text = REPORTS_TABLE.set_index("report_id").loc[report_id, "text"] if report_id in ("r1", "r2") else "x"
    values = {
        "report_id": report_id,
        "text_hash": text_hash(text),
        "start": at,
        "end": at + length,
        "quote": text[at : at + length],
        "verb": verb,
        "field": field,
        "was": was,
        "now": now,
        "reason": "read the report",
        "coder": "lina",
        "date": "2021-06-01",
    }
    return Correction(**(values | more))


def file_of(tmp_path: Path, *lines: Correction, name: str = "corrections.tsv") -> Path:
    for each in lines:
        append_correction(tmp_path / name, each)
    return tmp_path / name


def outcomes(path: Path, table: Coded | None = None, reports: pd.DataFrame = REPORTS_TABLE) -> list[str]:
    return list(apply_corrections(table or coded(), path, reports, strict=False).report["outcome"])


@pytest.mark.parametrize(
    ("field", "was", "now", "columns"),
    [
        ("kind", "shelling", "airstrike", {"kind": "airstrike", "incident_id": f"r1:{STRIKE}:shelling"}),
        ("status", "happened", "denied", {"status": "denied"}),
        ("background", "false", "true", {"background": True}),
        ("date", "2021-05-02/2021-05-03", "2021-05-01", {"date_start": "2021-05-01", "date_precision": "day"}),
        ("date", "2021-05-02/2021-05-03", "", {"date_start": pd.NaT, "date_end": pd.NaT, "date_basis": pd.NA}),
        ("actors", "russia;syrian_army", "isis", {"actors": "isis", "actor_side": "isis"}),
        ("targets", "", "civilians", {"targets": "civilians", "target_side": "civilians"}),
        ("weapon", "", "mortar", {"weapon": "mortar"}),
        ("killed", "", "2-5", {"killed_min": 2, "killed_max": 5}),
        ("wounded", "", "3-", {"wounded_min": 3, "wounded_max": pd.NA}),
        ("said_by", "", "monitor", {"said_by": "monitor"}),
        ("place_spans", "", "21-32", {"place_spans": "21-32"}),
    ],
)
def test_a_change_fills_the_columns_of_its_field_and_nothing_else(tmp_path, field, was, now, columns):
    before = coded()
    corrected = apply_corrections(before, file_of(tmp_path, line("change", field, was, now)), REPORTS_TABLE)

    after = check_table(INCIDENTS, corrected.coded.incidents)
    assert dict(after.dtypes.drop("corrected")) == dict(before.incidents.dtypes)
    row = after.iloc[0]
    for name, value in columns.items():
        wanted = pd.Timestamp(value) if name.startswith("date_s") and value is not pd.NaT else value
        assert (pd.isna(row[name]) and pd.isna(wanted)) or row[name] == wanted, name
    assert row["corrected"] == field
    others = after.drop(columns="corrected").iloc[1:]
    pd.testing.assert_frame_equal(others, before.incidents.iloc[1:])
    pd.testing.assert_frame_equal(before.incidents, coded().incidents)


def test_a_corrected_place_brings_its_names_and_coordinates_along(tmp_path):
    path = file_of(tmp_path, line("change", "place", "", "mayadin"), line("change", "place_spans", "", "21-32"))

    corrected = apply_corrections(coded(), path, REPORTS_TABLE).coded

    row = corrected.incidents.iloc[0]
    assert row["country"] == "SY"
    assert row["lat"] == pytest.approx(35.02, abs=0.1)
    assert corrected.locations[["place_id", "start", "end"]].values.tolist() == [["mayadin", 21, 32]]


def test_the_long_tables_follow_the_corrected_actors(tmp_path):
    path = file_of(tmp_path, line("change", "actors", "syrian_army;russia", "russia;isis"))

    people = apply_corrections(coded(), path, REPORTS_TABLE).coded.participants

    assert people[["actor_id", "start", "end"]].values.tolist() == [["russia", 5, 10], ["isis", STRIKE, STRIKE + 4]]


def test_an_incident_is_added_and_one_that_is_none_goes(tmp_path):
    calm = TEXT.index("الهدوء")
    path = file_of(
        tmp_path,
        line("add", now="agreement", at=calm, length=6),
        line("change", "killed", "", "0", at=calm, length=6),
        line("remove", was="armed_attack", at=ATTACK, length=6),
    )

    corrected = apply_corrections(coded(), path, REPORTS_TABLE)

    after = check_table(INCIDENTS, corrected.coded.incidents)
    assert after["kind"].astype(str).tolist() == ["shelling", "agreement", "shelling"]
    added = after.iloc[1]
    assert TEXT[added["evidence_start"] : added["evidence_end"]] == "وساد الهدوء بعدها."
    assert (added["killed_min"], added["killed_max"], added["confidence"]) == (0, 0, 1.0)
    assert added["corrected"] == "added;killed"


def test_pairs_that_a_person_judged_reach_the_clustering(tmp_path):
    there = f"r2:{text_hash(REPORTS_TABLE['text'][1])}:17-20"
    path = file_of(
        tmp_path,
        line("together", now=there),
        line("apart", now=there, at=ATTACK, length=6),
    )

    corrected = apply_corrections(coded(), path, REPORTS_TABLE)

    assert corrected.together == ((f"r1:{STRIKE}:shelling", "r2:17:shelling"),)
    assert corrected.apart == ((f"r1:{ATTACK}:armed_attack", "r2:17:shelling"),)


def test_a_persons_pairs_win_over_what_the_clustering_would_do(tmp_path):
    there = f"r2:{text_hash(REPORTS_TABLE['text'][1])}:17-20"
    corrected = apply_corrections(coded(), file_of(tmp_path, line("together", now=there)), REPORTS_TABLE)

    clustered = cluster_incidents(
        corrected.coded.incidents, REPORTS_TABLE, together=corrected.together, apart=corrected.apart
    )

    event = clustered.set_index("incident_id")["event_id"]
    assert event[f"r1:{STRIKE}:shelling"] == event["r2:17:shelling"] != event[f"r1:{ATTACK}:armed_attack"]


ACTORS = "syrian_army;russia"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([line("change", "actors", ACTORS, "isis")], ["applied"]),
        ([line("change", "actors", "russia;syrian_army", "isis")], ["applied"]),
        ([line("change", "actors", "iran", "isis")], ["outdated"]),
        ([line("change", "actors", "iran", ACTORS)], ["already so"]),
        ([line("change", "status", "happened", "denied", at=60)], ["orphaned"]),
        ([line("change", "status", "happened", "denied", text_hash="0" * 16)], ["orphaned"]),
        ([line("change", "status", "happened", "denied", report_id="gone", text_hash="0" * 16)], ["orphaned"]),
        ([line("change", "place", "", "no_such_place")], ["set aside"]),
        ([line("remove", was="airstrike")], ["outdated"]),
        ([line("add", now="shelling")], ["already so"]),
        ([line("add", now="shelling", at=len(TEXT) - 2, length=9)], ["orphaned"]),
        ([line("withdraw", "actors")], ["orphaned"]),
        # a chain of second thoughts
        ([line("change", "actors", ACTORS, "isis"), line("change", "actors", "isis", "hts")], ["applied"] * 2),
        # two coders
        (
            [line("change", "actors", ACTORS, "isis"), line("change", "actors", ACTORS, "isis", coder="omar")],
            ["applied"] * 2,
        ),
        ([line("change", "actors", ACTORS, "isis"), line("change", "actors", ACTORS, "hts")], ["conflicting"] * 2),
        (
            [line("change", "actors", ACTORS, now) for now in ("isis", "hts", "iran")],
            ["conflicting"] * 3,
        ),
        (
            [
                line("change", "actors", ACTORS, "isis"),
                line("change", "actors", "isis", "hts"),
                line("change", "actors", ACTORS, "iran"),
                line("change", "status", "happened", "denied"),
            ],
            ["conflicting"] * 3 + ["applied"],
        ),
        ([line("remove", was="shelling"), line("change", "actors", ACTORS, "isis")], ["conflicting"] * 2),
        ([line("change", "actors", ACTORS, "isis"), line("remove", was="shelling")], ["applied"] * 2),
        ([line("remove", was="shelling"), line("remove", was="shelling")], ["applied"] * 2),
        # taken back
        ([line("change", "actors", ACTORS, "isis"), line("withdraw", "actors")], ["withdrawn", "applied"]),
        (
            [
                line("change", "actors", ACTORS, "isis"),
                line("change", "actors", "isis", "hts"),
                line("withdraw", "actors", "isis", "hts"),
            ],
            ["applied", "withdrawn", "applied"],
        ),
        ([line("remove", was="shelling"), line("withdraw", "remove")], ["withdrawn", "applied"]),
    ],
)
def test_every_line_has_its_fate(tmp_path, lines, wanted):
    assert outcomes(file_of(tmp_path, *lines)) == wanted


HERE, THERE, ELSEWHERE = (
    f"r1:{text_hash(TEXT)}:{STRIKE}-{STRIKE + 4}",
    f"r1:{text_hash(TEXT)}:{ATTACK}-{ATTACK + 6}",
    f"r2:{text_hash(REPORTS_TABLE['text'][1])}:17-20",
)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([line("together", now=THERE), line("apart", now=THERE)], ["conflicting"] * 2),
        (
            [line("together", now=THERE), line("apart", now=HERE, at=ATTACK, length=6)],
            ["conflicting"] * 2,
        ),
        (
            [
                line("together", now=THERE),
                line("together", now=ELSEWHERE, at=ATTACK, length=6),
                line("apart", now=ELSEWHERE),
            ],
            ["applied", "applied", "conflicting"],
        ),
        (
            [
                line("apart", now=ELSEWHERE),
                line("together", now=THERE),
                line("together", now=ELSEWHERE, at=ATTACK, length=6),
            ],
            ["applied", "applied", "conflicting"],
        ),
        (
            [line("remove", was="armed_attack", at=ATTACK, length=6), line("together", now=THERE)],
            ["applied", "orphaned"],
        ),
        ([line("together", now=HERE, at=STRIKE + 1, length=2)], ["already so"]),
    ],
)
def test_judgments_on_pairs_never_contradict_each_other(tmp_path, lines, wanted):
    assert outcomes(file_of(tmp_path, *lines)) == wanted


POOL = [
    line("change", "actors", ACTORS, "isis"),
    line("change", "actors", "isis", "hts"),
    line("change", "actors", "", "hts"),
    line("change", "kind", "shelling", "clash"),
    line("change", "date", "", "2020-01-01"),
    line("change", "date", "2021-05-02/2021-05-03", ""),
    line("change", "place", "", "mayadin"),
    line("change", "place_spans", "", "1-9;3-4"),
    line("change", "wounded", "", "2-", at=ATTACK, length=6),
    line("change", "killed", "2", "", at=ATTACK, length=9),
    line("remove", was="shelling"),
    line("remove", was="armed_attack", at=ATTACK, length=6),
    line("add", now="protest", at=ATTACK, length=2),
    line("add", now="killing", at=40),
    line("add", now="clash", at=40),
    line("change", "targets", "", "civilians", at=40),
    line("withdraw", "add", at=40),
    line("withdraw", "actors"),
    line("withdraw", "remove"),
    line("together", now=f"r1:{text_hash(TEXT)}:{ATTACK}-{ATTACK + 6}"),
    line("apart", now=f"r1:{text_hash(TEXT)}:{ATTACK}-{ATTACK + 6}"),
    line("together", now=f"r1:{text_hash(TEXT)}:40-44"),
]


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(POOL), max_size=12))
def test_whatever_people_say_every_line_has_a_fate_and_the_tables_keep_their_promises(lines):
    frame = corrections_table([asdict(each) | {"file": "a.tsv", "line": n} for n, each in enumerate(lines, 2)])

    corrected = apply_corrections(coded(), frame, REPORTS_TABLE, strict=False)

    assert len(corrected.report) == len(lines)
    assert set(corrected.report["outcome"]) <= set(OUTCOMES)
    tables = corrected.coded
    for table, made in (
        (INCIDENTS, tables.incidents),
        (PARTICIPANTS, tables.participants),
        (LOCATIONS, tables.locations),
    ):
        check_table(table, made)
    known = set(tables.incidents["incident_id"])
    assert set(tables.participants["incident_id"]) | set(tables.locations["incident_id"]) <= known
    assert {name for pair in corrected.together + corrected.apart for name in pair} <= known
    cluster_incidents(tables.incidents, REPORTS_TABLE, together=corrected.together, apart=corrected.apart)
    assert not tables.incidents.empty


def test_what_does_not_fit_fails_loudly_and_the_rest_is_at_hand(tmp_path):
    path = file_of(
        tmp_path,
        line("change", "actors", "iran", "isis"),
        line("change", "status", "happened", "denied"),
        line("change", "killed", "2", "3", at=60),
    )

    with pytest.raises(CorrectionError) as caught:
        apply_corrections(coded(), path, REPORTS_TABLE)

    said = str(caught.value).split("\n")
    assert said[0] == "corrections that do not fit: 2"
    assert said[1].startswith("corrections.tsv, line 2: outdated: actors was 'iran'")
    assert said[2].startswith("corrections.tsv, line 4: orphaned: no incident is coded at 60-64 of r1")
    assert caught.value.corrected.coded.incidents["status"].iloc[0] == "denied"


@pytest.mark.parametrize(
    "judged",
    [
        line("change", "actors", "iran", "isis"),
        line("change", "actors", "iran", ""),
        line("remove", was="clash"),
        line("add", now="shelling"),
        line("change", "status", "happened", "denied", text_hash="0" * 16),
    ],
)
def test_a_line_that_no_longer_fits_is_taken_back_by_another(tmp_path, judged):
    path = file_of(tmp_path, judged)
    assert outcomes(path)[0] not in ("applied", "withdrawn")

    withdraw_correction(path, 2, "the program reads it now", "omar", "2021-07-01")

    assert outcomes(path) == ["withdrawn", "applied"]
    with pytest.raises(ValueError, match="line 3: no judgment"):
        withdraw_correction(path, 3, "again", "omar", "2021-07-01")


def test_a_conflict_names_both_lines(tmp_path):
    path = file_of(
        tmp_path, line("change", "kind", "shelling", "airstrike"), line("change", "kind", "shelling", "clash")
    )

    corrected = apply_corrections(coded(), path, REPORTS_TABLE, strict=False)

    assert corrected.unfit["why"].tolist() == [
        "disagrees on kind with corrections.tsv, line 3",
        "disagrees on kind with corrections.tsv, line 2",
    ]
    assert corrected.coded.incidents["kind"].iloc[0] == "shelling"


def test_a_rerun_that_codes_other_words_and_other_values_keeps_the_rest(tmp_path):
    path = file_of(
        tmp_path,
        line("change", "actors", ACTORS, "isis"),
        line("change", "status", "happened", "denied"),
        line("change", "killed", "2", "3", at=ATTACK, length=6),
    )
    better = coded(
        incident_id=f"r1:{STRIKE}:missile_attack",
        end=STRIKE + 11,
        evidence_end=STRIKE + 20,
        kind="missile_attack",
        actors="iran",
    )

    corrected = apply_corrections(better, path, REPORTS_TABLE, strict=False)

    assert corrected.report["outcome"].tolist() == ["outdated", "applied", "applied"]
    rows = corrected.coded.incidents
    assert rows["actors"].iloc[0] == "iran"
    assert rows["status"].astype(str).tolist()[:2] == ["denied", "happened"]
    assert rows["killed_min"].tolist()[1] == 3


def test_a_report_under_a_new_id_is_known_by_its_text(tmp_path):
    path = file_of(tmp_path, line("change", "status", "happened", "denied", report_id="old", text_hash=text_hash(TEXT)))

    assert outcomes(path) == ["applied"]


BROKEN = [
    ("r1\t1\t2", "3 cells where the header names 12", "check the tabs"),
    ("verb=shrink", "'shrink' is no verb", "change, add, remove"),
    ("field=colour", "'colour' is no field", ""),
    ("now=ali_baba", "'ali_baba' is no actor of the table", "ids of entities/actors.tsv"),
    ("start=one", "start 'one' is no number", ""),
    ("start=90", "start 90 and end 4 are no stretch of text", ""),
    ("text_hash=12", "text_hash '12' is none", ""),
    ("date=yesterday", "date 'yesterday' is no day", "2022-01-03"),
    ("reason=", "no reason", "write it"),
    ("coder=", "no coder", "write it"),
    ("now=syrian_army;russia", "was and now are both", ""),
]


@pytest.mark.parametrize(("spoiled", "reason", "cure"), BROKEN)
def test_a_broken_line_is_set_aside_with_its_line_and_a_cure_and_the_rest_applies(tmp_path, spoiled, reason, cure):
    good = file_of(tmp_path, line("change", "actors", ACTORS, "isis"), line("change", "status", "happened", "denied"))
    rows = [row.split("\t") for row in good.read_text(encoding="utf-8").split("\n")]
    if "=" in spoiled:
        name, value = spoiled.split("=", 1)
        rows[1][rows[0].index(name)] = value
    else:
        rows[1] = spoiled.split("\t")
    good.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")

    aside = set_aside(read_corrections(good))

    assert aside[["file", "line"]].values.tolist() == [["corrections.tsv", 2]]
    assert reason in aside["reason"][0]
    assert cure in aside["cure"][0]
    assert outcomes(good) == ["set aside", "applied"]


def test_a_file_without_the_columns_says_which_it_lacks(tmp_path):
    (tmp_path / "a.tsv").write_text("report_id\tstart\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"a\.tsv, line 1: no column text_hash"):
        read_corrections(tmp_path / "a.tsv")


@pytest.mark.parametrize(
    "hostile",
    [
        {"reason": "=1+1"},
        {"reason": "'=1+1"},
        {"coder": "@lina"},
        {"report_id": "-100123:7", "text_hash": "0" * 16},
        {"reason": 'he said "no" and left', "quote": '"'},
    ],
)
def test_a_line_comes_back_as_it_was_written_and_no_cell_runs_in_a_spreadsheet(tmp_path, hostile):
    written = line("change", "status", "happened", "denied", **hostile)
    path = file_of(tmp_path, written)

    assert Correction(**read_corrections(path).drop(columns=["file", "line"]).iloc[0]) == written
    assert not any(cell.startswith(("=", "@", "-", "+")) for cell in path.read_text(encoding="utf-8").split("\t"))


def test_appending_touches_nothing_that_stands_there(tmp_path):
    path = file_of(tmp_path, line("change", "status", "happened", "denied"))
    path.write_bytes(path.read_bytes() + b"# talked over with Omar\nbroken line without an end")
    before = path.read_bytes()

    append_correction(path, line("change", "weapon", "", "mortar"))

    after = path.read_bytes()
    assert after.startswith(before + b"\n")
    assert after.count(b"\n") == 5
    assert [p.name for p in tmp_path.iterdir()] == ["corrections.tsv"]


def test_what_is_no_judgment_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="no reason"):
        append_correction(tmp_path / "a.tsv", line("change", "status", "happened", "denied", reason=" "))
    assert not (tmp_path / "a.tsv").exists()


def test_quotes_and_reasons_stay_on_one_line(tmp_path):
    many = "كلمة\n\u202bأخرى\u202c\t" * 40
    path = file_of(tmp_path, line("change", "status", "happened", "denied", quote=many, reason="one\ntwo\tthree"))

    row = read_corrections(path).iloc[0]
    assert row["reason"] == "one two three"
    assert len(row["quote"]) == 60
    assert "\u202b" not in row["quote"]


def write_some(path: Path, coder: str) -> None:
    for n in range(15):
        append_correction(path, line("change", "status", "happened", "denied", coder=coder, reason=f"no {n}"))


def test_two_writers_lose_nothing(tmp_path):
    writer = multiprocessing.get_context("spawn").Process(target=write_some, args=(tmp_path / "a.tsv", "lina"))
    writer.start()
    while not (tmp_path / "a.tsv").exists() and writer.exitcode is None:
        time.sleep(0.01)
    write_some(tmp_path / "a.tsv", "omar")
    writer.join(60)

    found = read_corrections(tmp_path / "a.tsv")
    assert found["coder"].value_counts().to_dict() == {"lina": 15, "omar": 15}


def test_two_coders_files_are_compared_and_merged_with_their_conflicts_named(tmp_path):
    lina = file_of(
        tmp_path,
        line("change", "actors", ACTORS, "isis"),
        line("change", "status", "happened", "denied"),
        line("change", "kind", "shelling", "airstrike"),
        line("change", "kind", "airstrike", "clash"),
        line("remove", was="armed_attack", at=ATTACK, length=6),
        line("together", now=ELSEWHERE),
        name="lina.tsv",
    )
    omar = file_of(
        tmp_path,
        *(
            replace(each, coder="omar")
            for each in (
                line("change", "actors", ACTORS, "hts"),
                line("change", "status", "happened", "denied"),
                line("change", "kind", "shelling", "airstrike"),
                line("change", "killed", "2", "3", at=ATTACK, length=6),
                line("change", "weapon", "", "mortar"),
                line("change", "said_by", "", "monitor"),
                line("withdraw", "said_by"),
            )
        ),
        name="omar.tsv",
    )
    a, b = read_corrections(lina), read_corrections(omar)

    compared = compare_corrections(a, b)
    merged = merge_corrections(a, b)

    found = dict(zip(compared["about"] + compared["start"].astype("string"), compared["outcome"], strict=True))
    assert found == {
        f"actors{STRIKE}": "conflict",
        f"kind{STRIKE}": "conflict",
        f"status{STRIKE}": "same",
        f"weapon{STRIKE}": "only b",
        f"incident{ATTACK}": "only a",
        f"killed{ATTACK}": "conflict",
        f"one act with {ELSEWHERE}{STRIKE}": "only a",
    }
    assert merged.conflicts["about"].tolist() == ["actors", "kind", "killed"]
    assert merged.conflicts["lines_a"].tolist() == [
        "lina.tsv, line 2",
        "lina.tsv, line 4; lina.tsv, line 5",
        "lina.tsv, line 6",
    ]
    assert merged.conflicts["coder_b"].tolist() == ["omar"] * 3
    assert merged.corrections["field"].tolist() == ["status", "", "weapon"]
    path = write_corrections(merged.corrections, tmp_path / "merged.tsv")
    assert outcomes(path) == ["applied"] * 3


def test_the_projects_own_corrections_can_be_read():
    from analysis.paths import data_path

    assert set_aside(read_corrections(data_path("corrections.tsv"))).empty


def test_an_empty_file_of_corrections_changes_nothing(tmp_path):
    write_corrections(read_corrections(file_of(tmp_path, line("add", now="clash"))).iloc[:0], tmp_path / "none.tsv")

    corrected = apply_corrections(coded(), tmp_path / "none.tsv", REPORTS_TABLE)

    pd.testing.assert_frame_equal(corrected.coded.incidents.drop(columns="corrected"), coded().incidents)
    assert corrected.report.empty
