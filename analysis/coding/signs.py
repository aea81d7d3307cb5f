"""Signs around an act: which cues reach it, what stands in its clause, where in the report it is told.

Each sign is a short string; the rankers weigh them, and `explain` shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.coding.act_mentions import MARTYRS, ActMention, is_fired
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_mention
from analysis.coding.phrases import BY

STANDING = frozenset({"accident", "habit", "period", "background", "demand", "plan", "possible", "purpose", "speech"})
"""Cues that colour their whole sentence."""
STOPS = ".!؟?"
KEPT_SIGNS = 50_000
"""So many signs of pairs are kept once worded: pairs are many, what may be said of them is not."""
FAR = ((1, "1"), (3, "3"), (7, "7"), (15, "15"), (40, "40"))


def bucket(number: int, steps: Sequence[tuple[int, str]] = FAR) -> str:
    """The name of the step that a number falls in."""
    for limit, name in steps:
        if number <= limit:
            return name
    return "far"


def cues_on(narrative: Narrative, mention: ActMention) -> Iterator[tuple[str, int]]:
    """The cues whose scope reaches a mention, with the words between; scope ends with the sentence."""
    sentence = narrative.sentence_words(mention.sentence)
    for position in sentence:
        for found in narrative.cue_at.get(position, ()):
            cue = found.row
            gap = mention.first - found.last
            if gap >= 0:
                if cue.scope and gap > cue.scope:
                    continue
                yield cue.id, gap
            elif found.first >= mention.last and cue.direction == "both":
                gap = found.first - mention.last
                if not cue.scope or gap <= cue.scope:
                    yield cue.id + "<", gap


DONE_WITHIN = 30
"""Within so many words after a verb of doing stands what was done."""


def is_done(n: Narrative, m: ActMention) -> bool:
    """Whether it is said to have been done: a verb of doing with "by" on the act, "the carrying out by X of Y"."""
    if m.shape != "noun" or BY not in m.prefix:
        return False
    before = range(max(m.first - DONE_WITHIN, n.sentence_words(m.sentence).start), m.first)
    done = [w for w in before for cue in n.cue_at.get(w, ()) if cue.row.id == "did"]
    between = (a for a in n.acts if done and done[-1] < a.first < m.first)
    return bool(done) and not any(BY in a.prefix and a.shape == "noun" for a in between)


@once_a_mention
def act_signs(narrative: Narrative, mention: ActMention) -> list[str]:
    """What speaks for and against a mention being a concrete act of the report."""
    n, m, act = narrative, mention, mention.act
    words = n.words.words
    base = act.kind
    shape = m.shape if m.shape not in ("noun", "fixed") else ("def" if m.definite else "noun")
    prefix = m.prefix[-1:] if not m.prefix.endswith(ARTICLE) else ARTICLE
    signs = [
        f"act={act.id}",
        f"kind={base}",
        f"kind={base}|{shape}",
        f"shape={shape}|{act.strength}",
        f"strength={act.strength}",
        f"prefix={prefix}|{shape}",
        f"number={m.number}|{shape}",
        f"gender={m.gender}|{shape}",
    ]
    if m.pronoun:
        signs.append(f"pronoun|{shape}")
    seen: set[str] = set()
    for cue, gap in cues_on(n, m):
        if cue not in seen:
            seen.add(cue)
            signs.append(f"cue={cue}")
            signs.append(f"cue={cue}|{bucket(gap)}")
            signs.append(f"cue={cue}|{shape}")
    for cue in n.sentence_cues(m.sentence) & STANDING:
        signs.append(f"said_with={cue}")
        signs.append(f"said_with={cue}|{shape}")
    if m.sentence and "period" in n.sentence_cues(m.sentence - 1):
        signs.append(f"after_statistics|{shape}")
    if m.first and words[m.first - 1].isdigit():
        signs.append(f"counted|{base}|{int(words[m.first - 1]) > 5 if len(words[m.first - 1]) < 6 else True}")
    if m.first and m.first - 1 >= n.sentence_words(m.sentence).start:
        signs.append(f"before={words[m.first - 1]}")
    else:
        signs.append(f"opens|{shape}")
        signs.append(f"opens|{base}")
    if m.last < len(words) and n.sentence_of[m.last] == m.sentence:
        signs.append(f"after={words[m.last]}")
        for thing in n.things.get(m.last, ()):
            signs.append(f"then={thing}|{shape}")
    signs += _clause_signs(n, m)
    signs += _telling_signs(n, m)
    return signs


def _clause_signs(n: Narrative, m: ActMention) -> Iterator[str]:
    sentence = n.sentence_words(m.sentence)
    lo, hi = max(sentence.start, m.first - 12), min(sentence.stop, m.last + 12)
    for name, items in (("actor", n.actor_words), ("date", n.date_words), ("count", n.count_words)):
        inside, told = n.between(items, lo, hi), n.between(items, sentence.start, sentence.stop)
        if told or items:
            yield f"{name}={'near' if inside else 'sentence' if told else 'none'}"
    placed = [word for word, _ in n.between(n.place_starts, sentence.start, sentence.stop)]
    yield f"place={'near' if any(lo <= word < hi for word in placed) else 'sentence' if placed else 'none'}"
    if any(lo <= w.first < hi for w in n.weapons):
        yield "weapon=near"
    others = [a for a in n.acts_in.get(m.sentence, ()) if a is not m]
    yield f"others={min(len(others), 3)}"
    if m.act.kind == "harm":
        yield f"harm_cause={any(a.act.kind not in ('harm', 'killing') for a in others)}"
    for other in others:
        if other.act.kind == m.act.kind and other.first < m.first:
            yield "told_before_in_sentence"
            break


FEW = 2
"""A report of so many sentences has no lead."""


def _telling_signs(n: Narrative, m: ActMention) -> Iterator[str]:
    sentences = len(n.sentence_starts) - 1
    if sentences > FEW:  # the everyday texts learned from are short: shortness says nothing of an act
        yield f"sentence={min(m.sentence, 4)}"
        yield f"part={int(4 * m.sentence / max(sentences, 1))}"
    span = n.sentence_words(m.sentence)
    end = n.words.ends[span.stop - 1]
    raw_end = n.text.span(end, end)[0]
    tail = n.text.raw[raw_end : raw_end + 4]
    if ".." in tail or "…" in tail:
        yield "ends=dots"
    else:
        yield f"ends={'stop' if tail[:1] in STOPS else 'line' if tail[:1] == chr(10) else 'none'}"
    if n.other_stories is not None and m.first >= n.other_stories:
        yield "other_story"
    if n.quoted(m.first):
        yield "quoted"


CONFLICT = frozenset(
    "fire attack airstrike drone_strike shelling missile_attack clash armed_attack explosion assassination killing "
    "arrest abduction interception takeover restriction expulsion alert withdrawal refusal displacement protest".split()
)
"""Kinds and classes of acts whose words speak of a conflict."""
NO_SIDE = frozenset({"civilians", "journalists", "un", "other", "unknown"})
NAMED = frozenset({"name", "partisan"})
"""How an actor is named that is armed without a noun that says so."""
AIMS = frozenset({"protesters", "aim"})
"""Classes of words that tell a protest from any gathering: who protests, and what for."""
CONFLICT_SHARE = 0.02
"""Fewer signs of conflict than this for each word, and a report is about something else: sport, weather, trade."""


def _of_a_side(n: Narrative, m: ActMention) -> bool:
    """Whether somebody of a side of the conflict, a person of it included, stands in the sentence of an act."""
    return any(
        a.actor_id and a.actor_id not in NO_SIDE and n.sentence_of[n.words.index(a.at)] == m.sentence for a in n.actors
    )


def speaks_of_conflict(n: Narrative) -> bool:
    """Whether a report is about a conflict at all: sure acts, weapons and armed bodies among its words."""
    acts = sum(is_aimed_protest(n, m) or _speaks(n, m) for m in n.acts)
    armed = sum(1 for a in n.actors if a.actor_id and a.actor_id not in NO_SIDE and (a.head or a.use in NAMED))
    held = sum(1 for m in n.acts if m.act.kind == "commemoration" and _of_a_side(n, m))
    signs = acts + held + len(n.weapons) + armed + _killed_by_armed(n)
    words = sum(not word.isascii() for word in n.words.words)  # the buttons of a page in English are none of its report
    return signs > 0 and signs >= CONFLICT_SHARE * words


def _speaks(n: Narrative, m: ActMention) -> bool:
    """Whether the word of an act is one for a conflict only, and no accident is told with it."""
    weakest = 2 if m.act.kind == "fire" or m.act.id in MARTYRS else 1
    if m.act.strength > weakest or not (m.act.kind in CONFLICT or m.act.id in MARTYRS):
        return False
    return is_fired(m) or "accident" not in n.sentence_cues(m.sentence)


def is_aimed_protest(n: Narrative, m: ActMention) -> bool:
    """Whether people do not only gather: the sentence says that they protest, or what for. It needs no arms."""
    if m.act.kind != "protest":
        return False
    return any(not AIMS.isdisjoint(n.things.get(word, ())) for word in n.sentence_words(m.sentence))


def _killed_by_armed(n: Narrative) -> int:
    """How many times armed men of whom no more is said stand in a sentence that tells of deaths or injuries."""
    harmed = {m.sentence for m in n.acts if m.act.kind == "harm" and m.act.strength <= 2}
    nameless = (n.words.index(a.at) for a in n.actors if a.actor_id in (None, "unknown"))
    return sum(
        1
        for word in nameless
        if "fighters" in n.things.get(word, ())
        and n.sentence_of[word] in harmed
        and "accident" not in n.sentence_cues(n.sentence_of[word])
    )
