"""Questions about a word or a mention that the grammar asks again and again: answered once for each narrative.

An answer is kept on the narrative that it is about, and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from analysis.coding.narrative import Narrative

Answer = TypeVar("Answer")
Thing = TypeVar("Thing")
Other = TypeVar("Other")

_UNASKED: Any = object()


def once_a_word(function: Callable[[Narrative, int], Answer]) -> Callable[[Narrative, int], Answer]:
    """Answer a question about a word of a narrative, by its number, once."""
    question = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(n: Narrative, word: int) -> Answer:
        answers = n.answers[question]
        answer: Answer = answers.get(word, _UNASKED)
        if answer is _UNASKED:
            answer = answers[word] = function(n, word)
        return answer

    return ask


def once_a_mention(function: Callable[[Narrative, Thing], Answer]) -> Callable[[Narrative, Thing], Answer]:
    """Answer a question about a mention of a narrative, or the phrase of one, once; the mention itself is the key."""
    question = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(n: Narrative, mention: Thing) -> Answer:
        answers = n.answers[question]
        kept: tuple[Thing, Answer] | None = answers.get(id(mention))
        if kept is None:
            kept = answers[id(mention)] = mention, function(n, mention)  # kept, so that its id stays its own
        return kept[1]

    return ask


def once_a_pair(function: Callable[[Narrative, Thing, Other], Answer]) -> Callable[[Narrative, Thing, Other], Answer]:
    """Answer a question about two mentions of a narrative once, as `once_a_mention` does about one."""
    question = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(n: Narrative, one: Thing, other: Other) -> Answer:
        answers = n.answers[question]
        key = id(one), id(other)
        kept: tuple[Thing, Other, Answer] | None = answers.get(key)
        if kept is None:
            kept = answers[key] = one, other, function(n, one, other)
        return kept[2]

    return ask
