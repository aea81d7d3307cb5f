"""Answers kept on a narrative: asked once of each word, mention and pair, and of each narrative anew."""

from __future__ import annotations

from dataclasses import replace

from analysis.coding.act_mentions import ActMention
from analysis.coding.coder import default_resources, read_report
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_mention, once_a_pair, once_a_word

REPORT = {"report_id": "r", "published": "2021-03-02", "text": "قصفت طائرة مسيرة سيارة قرب البلدة ثم انفجرت عبوة."}


def test_a_question_is_asked_once_of_each_word_mention_and_pair() -> None:
    n = read_report(REPORT, default_resources())
    asked: list[object] = []

    @once_a_word
    def length(n: Narrative, word: int) -> int:
        asked.append(word)
        return len(n.words.words[word])

    @once_a_mention
    def none_of(n: Narrative, m: ActMention) -> None:
        asked.append(m.first)

    @once_a_pair
    def gap(n: Narrative, one: ActMention, other: ActMention) -> int:
        asked.append((one.first, other.first))
        return other.first - one.first

    first, last = n.acts[0], n.acts[-1]
    assert [length(n, 0), length(n, 1), length(n, 0)] == [4, 5, 4]
    none_of(n, first)
    none_of(n, first)
    assert gap(n, first, last) == -gap(n, last, first) == gap(n, first, last) > 0
    assert asked == [0, 1, first.first, (first.first, last.first), (last.first, first.first)]


def test_a_changed_narrative_keeps_no_answer_of_the_old() -> None:
    n = read_report(REPORT, default_resources())

    @once_a_word
    def published(n: Narrative, word: int) -> object:
        return n.published

    assert published(n, 0) is not None
    assert published(replace(n, published=None), 0) is None
