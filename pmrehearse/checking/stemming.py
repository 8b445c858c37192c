"""What is the common form of a word's inflections?

A light stemmer: plural, -ing, -ed and the irregular verbs that people use. It over-stems nothing on purpose: both the
patterns and the speech go through it, so it only has to be consistent.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    "go": "goes went gone going",
    "do": "does did done doing",
    "have": "has had having",
    "rise": "rose risen rising",
    "fall": "fell fallen",
    "grow": "grew grown",
    "see": "saw seen seeing",
    "run": "ran running runs",
    "tell": "told",
    "write": "wrote written writing writes",
    "think": "thought",
    "get": "got gotten getting",
    "give": "gave given giving",
    "take": "took taken taking",
    "make": "made making",
    "come": "came coming",
    "find": "found",
    "hold": "held",
    "keep": "kept",
    "lead": "led",
    "leave": "left leaving leaves",
    "lose": "lost losing loses",
    "meet": "met",
    "pay": "paid",
    "send": "sent",
    "sell": "sold",
    "show": "shown",
    "spend": "spent",
    "build": "built",
    "begin": "began begun beginning",
    "choose": "chose chosen choosing",
    "break": "broke broken",
    "bring": "brought",
    "buy": "bought",
    "drive": "drove driven driving",
    "draw": "drew drawn",
    "eat": "ate eaten",
    "hear": "heard",
    "know": "knew known",
    "learn": "learnt learned",
    "mean": "meant",
    "read": "reading",
    "say": "said",
    "sit": "sat sitting",
    "speak": "spoke spoken",
    "split": "splitting splitted",
    "stand": "stood",
    "teach": "taught",
    "throw": "threw thrown",
    "understand": "understood",
    "wake": "woke woken waking",
    "win": "won winning",
    "hide": "hid hidden hiding",
    "forget": "forgot forgotten forgetting",
    "freeze": "froze frozen freezing",
    "catch": "caught",
    "feel": "felt",
    "set": "setting",
    "put": "putting",
    "cut": "cutting",
    "shut": "shutting",
    "let": "letting",
    "hit": "hitting",
    "quit": "quitting",
    "use": "using used uses user",
    "try": "tried tries trying",
    "die": "died dying dies",
    "person": "persons",
    "man": "men",
    "woman": "women",
    "child": "children",
    "half": "halves",
    "analysis": "analyses",
    "hypothesis": "hypotheses",
    "randomise": "randomly random",
    "quantise": "quantisation",
    "distil": "distill distilled distilling distils distills distillation",
    "cancel": "cancelled cancelling",
    "label": "labelled labelling",
    "control": "controlled controlling",
    "model": "modelled modelling",
    "travel": "travelled travelling",
    "color": "colour colours colors",
    "behavior": "behaviour behaviours behaviors",
    "favor": "favour favours favors favoured favored",
    "labor": "labour",
    "note": "notes noted noting",
    "tone": "tones toned",
    "care": "cares cared caring",
    "site": "sites",
    "bite": "bites biting",
    "plane": "planes",
    "0": "zero",
    "one": "1",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
    "11": "eleven",
    "12": "twelve",
}
_TABLE = {form: stem for stem, forms in _IRREGULAR.items() for form in forms.split() if form != "user"}
_KEPT = frozenset(
    "note tone care site bite plane here theme wine bare scare cute "
    "is was this his its us as has yes less always thus bus gas plus news lens ops analytics perhaps during thing "
    "things nothing something anything everything morning evening king bring spring string red bed need speed feed "
    "seed indeed hundred exceed proceed succeed breed bias status focus campus virus bonus series business process "
    "access success loss cross press class gross stress address progress being red sing ring wing sting".split()
)
_VOWELS = frozenset("aeiouy")
_SHORTEST = 3
"""A stem keeps at least so many letters."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The common form of a lower-case word; British and American spellings are one."""
    if "z" in word:
        word = word.replace("iz", "is").replace("yz", "ys")
    word = _TABLE.get(word, word)
    if word in _KEPT or len(word) <= _SHORTEST or not word[-1].isalpha():
        return {"things": "thing"}.get(word, word)
    singular = _without_plural(word)
    return singular if singular in _KEPT else _without_ending(_TABLE.get(singular, singular))


def _without_plural(word: str) -> str:
    """Drop a plural or third-person ending."""
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - "ties" stays
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    """Drop -ing, -ed and a silent e, and undo a doubled consonant."""
    if word.endswith("eed"):
        return word[:-1]
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= _SHORTEST - 1 and not _VOWELS.isdisjoint(base):
            if ending == "ed" and base.endswith("i"):
                return base[:-1] + "y"
            if len(base) > _SHORTEST and base[-1] == base[-2] and base[-1] not in "lsz":
                return base[:-1]
            return base.removesuffix("e")
    if len(word) > _SHORTEST and word.endswith("e") and not word.endswith("ee"):
        return word[:-1]
    return word
