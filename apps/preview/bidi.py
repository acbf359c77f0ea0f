"""The order of letters where scripts that run right to left take part: Unicode's algorithm (UAX #9), without the
explicit embeddings, which `drawable` takes out.

Levels are even for left to right, odd for right to left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
BRACKETS = {"(": ")", "[": "]", "{": "}", "\u3008": "\u3009", "\u300a": "\u300b", "\uff08": "\uff09"}
CLOSING = {closing: opening for opening, closing in BRACKETS.items()}
DEEPEST = 63  # open brackets that are looked at
NEUTRAL = ("B", "S", "WS", "ON")


def direction(text: str) -> int:
    """1 where the first letter (or mark of direction) runs right to left, else 0."""
    for character in text:
        if character == LEFT_TO_RIGHT_MARK:
            return 0
        if RIGHT_TO_LEFT.match(character) and (character == RIGHT_TO_LEFT_MARK or character.isalpha()):
            return 1
        if character.isalpha():
            return 0
    return 0


def keep_direction(lines: Sequence[str], paragraph: str) -> list[str]:
    """The lines of a paragraph, each beginning with a mark of direction where it would else run the other way."""
    if not RIGHT_TO_LEFT.search(paragraph):
        return list(lines)
    base = direction(paragraph)
    mark = RIGHT_TO_LEFT_MARK if base else LEFT_TO_RIGHT_MARK
    return [line if not line or direction(line) == base else mark + line for line in lines]


def levels(text: str, base: int) -> list[int]:
    """The level of each character, in a paragraph of level `base`."""
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    places = [place for place, kind in enumerate(kinds) if kind != "BN"]
    types = [kinds[place] for place in places]
    outer = "R" if base % 2 else "L"
    resolve_weak(types, outer)
    resolve_brackets(types, [text[place] for place in places], outer)
    resolve_neutral(types, outer)
    result = [base] * len(text)
    for place, kind in zip(places, types, strict=True):
        if base % 2:
            result[place] = base if kind == "R" else base + 1
        else:
            result[place] = base + {"L": 0, "R": 1}.get(kind, 2)
    previous = base
    for place, kind in enumerate(kinds):  # what has no width lies where the character before it does
        previous = result[place] = previous if kind == "BN" else result[place]
    end = len(text)
    while end and kinds[end - 1] in ("WS", "B", "S", "BN"):
        end -= 1
        result[end] = base
    return result


def resolve_weak(types: list[str], outer: str) -> None:
    """Rules W1 to W7: marks, numbers and what stands between numbers."""
    previous = outer
    for place, kind in enumerate(types):
        previous = types[place] = previous if kind == "NSM" else kind
    strong = outer
    for place, kind in enumerate(types):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            types[place] = "AN"
    types[:] = ["R" if kind == "AL" else kind for kind in types]
    for place in range(1, len(types) - 1):
        before, kind, after = types[place - 1 : place + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))):
            types[place] = before
    for start, end in spans(types, lambda kind: kind == "ET"):
        beside = types[start - 1 : start] + types[end : end + 1]
        types[start:end] = ["EN" if "EN" in beside else "ON"] * (end - start)
    strong = outer
    for place, kind in enumerate(types):
        if kind in ("ES", "CS"):
            types[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[place] = "L"


def resolve_brackets(types: list[str], characters: Sequence[str], outer: str) -> None:
    """Rule N0: a pair of brackets takes the direction of what it holds."""
    for start, end in bracket_pairs(types, characters):
        inside = {strength(kind) for kind in types[start + 1 : end]} - {""}
        if outer in inside:
            types[start] = types[end] = outer
        elif inside:
            before = next((strength(kind) for kind in reversed(types[:start]) if strength(kind)), outer)
            types[start] = types[end] = before if before in inside else outer


def bracket_pairs(types: Sequence[str], characters: Sequence[str]) -> list[tuple[int, int]]:
    pairs = []
    opened: list[tuple[str, int]] = []
    for place, character in enumerate(characters):
        if types[place] != "ON":
            continue
        if character in BRACKETS and len(opened) < DEEPEST:
            opened.append((character, place))
        elif character in CLOSING:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == CLOSING[character]:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)


def strength(kind: str) -> str:
    """The direction of a resolved type, numbers included; "" for neutral ones."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def resolve_neutral(types: list[str], outer: str) -> None:
    """Rules N1 and N2: neutral ones between two of a direction take it, others that of the paragraph."""
    for start, end in spans(types, lambda kind: kind in NEUTRAL or kind.endswith("I")):
        before = strength(types[start - 1]) if start else outer
        after = strength(types[end]) if end < len(types) else outer
        types[start:end] = [before if before == after else outer] * (end - start)


def spans(types: Sequence[str], wanted: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Start and end of each run of wanted types."""
    result = []
    start = None
    for place, kind in enumerate([*types, ""]):
        if kind and wanted(kind):
            start = place if start is None else start
        elif start is not None:
            result.append((start, place))
            start = None
    return result


def visual_order(items: Sequence[T], level_of: Callable[[T], int]) -> list[T]:
    """Rule L2: items from left to right, as they are drawn."""
    result = list(items)
    found_levels = [level_of(item) for item in items]
    for level in range(max(found_levels, default=0), 0, -1):
        start = 0
        while start < len(result):
            end = start
            while end < len(result) and level_of(result[end]) >= level:
                end += 1
            result[start:end] = reversed(result[start:end])
            start = end + 1
    return result
