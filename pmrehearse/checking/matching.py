"""How does a phrase pattern become something that can be sought?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pmrehearse.checking.firsts import Index, index_of, joined
from pmrehearse.checking.matchers import (
    Compiled,
    Ends,
    Matcher,
    gap_of,
    optional,
    sequence,
    slot_of,
    together,
    word_among,
    word_of,
)
from pmrehearse.checking.normalise import SoundAlikes, plain_tokens
from pmrehearse.checking.spoken import Spoken
from pmrehearse.scenario.patterns import (
    ChoiceNode,
    Form,
    GapNode,
    OptionalNode,
    Pattern,
    RefNode,
    SequenceNode,
    SlotNode,
    WordNode,
    can_be_empty,
)


class PatternCompiler:
    """Compiles patterns against a set of lexicons."""

    def __init__(self, lexicons: Mapping[str, tuple[Pattern, ...]], sound_alikes: SoundAlikes) -> None:
        """Take the lexicons that `@name` refers to; they are compiled when first asked for."""
        self._lexicons = lexicons
        self._sound_alikes = sound_alikes
        self._by_name: dict[str, Compiled] = {}
        self._by_pattern: dict[Pattern, Compiled] = {}
        self.steps = 0

    def compile(self, pattern: Pattern) -> Compiled:
        """Compile one pattern; equal patterns become one."""
        found = self._by_pattern.get(pattern)
        if found is None:
            found = self._compile(pattern)
            self._by_pattern[pattern] = found
        return found

    def phrases(self, patterns: Iterable[Pattern]) -> list[Compiled]:
        """Compile alternatives one by one, those of lexicons that stand alone among them too."""
        compiled: list[Compiled] = []
        for pattern in patterns:
            if isinstance(pattern, RefNode):
                compiled.extend(self.phrases(self._lexicons[pattern.name]))
            else:
                compiled.append(self.compile(pattern))
        return compiled

    def _compile(self, pattern: Pattern) -> Compiled:  # noqa: PLR0911 - one a kind
        match pattern:
            case WordNode(text, form):
                return self._words(text, form)
            case SlotNode():
                return slot_of(pattern)
            case GapNode(most):
                return gap_of(most)
            case RefNode(name):
                return self._reference(name)
            case OptionalNode(part):
                return optional(self.compile(part))
            case ChoiceNode(options):
                return self._choice(options)
            case SequenceNode(parts):
                return self._sequence(parts)

    def _words(self, text: str, form: Form) -> Compiled:
        """A written word, which may come to several tokens."""
        tokens = plain_tokens(text)
        if form is Form.ANY_INFLECTION:
            tokens = [item[0] for item in self._sound_alikes.rewrite([(token, 0, 0, 0) for token in tokens])]
        if form is Form.PREFIX or len(tokens) == 1:
            return word_of(tokens[-1] if tokens else text, form)
        return sequence([(word_of(token, form), False) for token in tokens])

    def _reference(self, name: str) -> Compiled:
        """Any phrase of a lexicon."""
        if name not in self._by_name:
            self._by_name[name] = self._choice(self._lexicons[name])
        return self._by_name[name]

    def _choice(self, options: tuple[Pattern, ...]) -> Compiled:
        """Alternatives: plain words as one set, the others tried through the token that they begin with."""
        compiled = [self.compile(option) for option in options]
        words = [one for one in compiled if one.longest == one.shortest == 1 and one.firsts.plain is not None]
        others = [one for one in compiled if not (one.longest == one.shortest == 1 and one.firsts.plain is not None)]
        if words:
            stems = frozenset(stem for one in words for stem in one.firsts.stems)
            others.append(word_among(stems, denies=any(one.denies for one in words)))
        if len(others) == 1:
            return others[0]
        empty = any(can_be_empty(option) for option in options)
        return Compiled(
            self._any(others, empty=empty),
            joined([one.firsts for one in others]),
            None if empty else together([one.anchor for one in others]),
            (min(one.ahead[0] for one in others), max(one.ahead[1] for one in others)),
            min(one.shortest for one in others),
            max(one.longest for one in others),
            any(one.denies for one in others),
        )

    def _any(self, options: list[Compiled], *, empty: bool) -> Matcher:
        """Matches any of these, or nothing; which of them can begin with a token is looked up when first asked."""
        matchers = [option.match for option in options]
        index: list[Index] = []

        def match(spoken: Spoken, at: int) -> Ends:
            if at >= len(spoken.texts):
                return (at,) if empty else ()
            if not index:
                index.append(index_of([option.firsts for option in options]))
            candidates = index[0].candidates(spoken, at)
            if not candidates:
                return (at,) if empty else ()
            self.steps += len(candidates)
            if len(candidates) == 1 and not empty:
                return matchers[candidates[0]](spoken, at)
            ends = {end for number in candidates for end in matchers[number](spoken, at)}
            if empty:
                ends.add(at)
            return tuple(sorted(ends))

        return match

    def _sequence(self, parts: tuple[Pattern, ...]) -> Compiled:
        """Parts in a row, what recognisers mishear levelled out in runs of plain words."""
        return sequence([(self.compile(part), can_be_empty(part)) for part in self._levelled(parts)])

    def _levelled(self, parts: tuple[Pattern, ...]) -> list[Pattern]:
        """Plain words in a row as the sound-alikes would have them heard."""
        levelled: list[Pattern] = []
        run: list[str] = []
        for part in (*parts, None):
            if isinstance(part, WordNode) and part.form is Form.ANY_INFLECTION:
                run.extend(plain_tokens(part.text))
                continue
            items = self._sound_alikes.rewrite([(token, 0, 0, 0) for token in run])
            levelled.extend(WordNode(item[0]) for item in items)
            run = []
            if part is not None:
                levelled.append(part)
        return levelled
