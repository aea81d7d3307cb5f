"""Finding known words: what is glued to them, what stands between them, which of two wins."""

from __future__ import annotations

import time

import pytest

from analysis.coding.lexicon import Entry, Lexicon, build_lexicon
from analysis.coding.mentions import Mention, find_mentions
from analysis.coding.text import fold

ENTRIES = [
    Entry("actors", "coalition", "التحالف الدولي", ""),
    Entry("actors", "alliance", "التحالف", ""),
    Entry("actors", "sdf", "قسد", ""),
    Entry("actors", "council", "مجلس دير الزور العسكري", ""),
    Entry("places", "dayr_az_zawr", "دير الزور", ""),
    Entry("places", "first", "الحسينية", ""),
    Entry("places", "second", "الحسينية", ""),
    Entry("places", "fort", "مدينة السلام", ""),
    Entry("heads", "city", "مدينة", ""),
    Entry("links", "town_of", "مدينة", ""),
    Entry("collectives", "forces", "قوة", ""),
    Entry("collectives", "forces", "قوات", ""),
    Entry("collectives", "soldiers", "عسكري", ""),
    Entry("collectives", "patrol", "دورية عسكرية", ""),
    Entry("collectives", "act", "هجوم", "", more={"pronoun": "no"}),
]
LEXICON = build_lexicon(ENTRIES, {})


def found(text: str, lexicon: Lexicon = LEXICON) -> list[tuple[str, str]]:
    return [(m.ids[0], text[m.start : m.end]) for m in find_mentions(fold(text), lexicon)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف التحالف الدولي الموقع", [("coalition", "التحالف الدولي")]),
        ("قصفٌ للتحالف الدوليّ", [("coalition", "لتحالف الدوليّ")]),
        ("فبالتحالف الدولي وبالتحالف", [("coalition", "التحالف الدولي"), ("alliance", "التحالف")]),
        ("تحالف دولي", []),  # the form has the article, the text has none
        ('وقسد ولقسد وبقسد لـ"قسد"', [("sdf", "قسد")] * 4),
        ("القسد", [("sdf", "القسد")]),  # a form without the article is found with it
        ("مقسد قسدا", []),  # whole words only
        ("التحالف. الدولي", [("alliance", "التحالف")]),  # no name reaches over a stop
        ("#التحالف_الدولي", [("coalition", "التحالف_الدولي")]),
        ("مجلس دير الزور العسكري", [("council", "مجلس دير الزور العسكري")]),  # a name within a name is none
        ("مدينة دير الزور", [("city", "مدينة"), ("town_of", "مدينة"), ("dayr_az_zawr", "دير الزور")]),
        ("مدينة السلام", [("fort", "مدينة السلام")]),  # a word within a name is none
    ],
)
def test_a_form_is_found_as_a_whole_word_with_what_is_glued_before_it(text: str, expected: list) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("قسد", ""),
        ("وقسد", "و"),
        ("لقسد", "ل"),
        ("وبقسد", "وب"),
        ("للتحالف", "ل"),
        ("وللتحالف", "ول"),
        ("بالتحالف", "ب"),
    ],
)
def test_a_mention_says_what_is_glued_before_it(text: str, prefix: str) -> None:
    (mention,) = find_mentions(fold(text), LEXICON)
    assert mention.prefix == prefix


@pytest.mark.parametrize(
    ("text", "expected", "suffix"),
    [
        ("أعلنت أن قواتها انسحبت", "قواتها", "ها"),
        ("انسحبت قواته", "قواته", "ه"),
        ("قوتهم", "قوتهم", "هم"),  # ta marbuta opens before a pronoun
        ("وبقواتنا", "قواتنا", "نا"),
        ("قوة", "قوة", ""),
    ],
)
def test_a_common_noun_takes_a_pronoun(text: str, expected: str, suffix: str) -> None:
    (mention,) = find_mentions(fold(text), LEXICON)
    assert (text[mention.start : mention.end], mention.suffix) == (expected, suffix)


@pytest.mark.parametrize(
    "text",
    [
        "القواتها",  # no article beside a pronoun
        "هجومه",  # this row takes no pronoun
        "التحالفها",  # names take none
        "عسكريه",  # the feminine of an adjective, not "his soldier"
    ],
)
def test_no_pronoun_stands_where_none_can(text: str) -> None:
    assert find_mentions(fold(text), LEXICON) == []


def test_namesakes_are_one_mention_with_every_id() -> None:
    (mention,) = find_mentions(fold("في الحسينية"), LEXICON)
    assert mention.ids == ("first", "second")


def test_a_longer_word_wins_over_a_shorter_name_in_it() -> None:
    lexicon = build_lexicon([Entry("places", "base", "العديد", ""), Entry("links", "of", "العديد من", "")], {})
    assert found("قتل العديد من الجنود", lexicon) == [("of", "العديد من")]
    assert found("قاعدة العديد الجوية", lexicon) == [("base", "العديد")]


def test_spans_are_characters_of_the_text_as_published() -> None:
    text = "أعلنَ  «التّحالُف   الدوليّ» ذلك"
    (mention,) = find_mentions(fold(text), LEXICON)
    assert isinstance(mention, Mention)
    assert text[mention.start : mention.end] == "التّحالُف   الدوليّ"


@pytest.mark.parametrize("piece", ["قسد ", "دير الزور مجلس ", "التحالف الدولي", "و", "قوات، "])
def test_time_grows_with_the_length_of_a_hostile_text_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = fold((piece * (length // len(piece) + 1))[:length])
        started = time.process_time()
        find_mentions(text, LEXICON)
        return time.process_time() - started

    short, long = min(seconds(20_000) for _ in range(3)), min(seconds(160_000) for _ in range(2))
    assert long < 8 * 4 * short + 0.05
