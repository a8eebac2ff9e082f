# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Kinds of values a preset has: each turns text or a JSON value into a checked value, and says what a form may offer.

Calling one raises ValueError saying what fits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union

from cueffmpeg_gui.media.thresholds import parse_threshold

Value = Union[str, int, float, bool, tuple[str, ...]]
Reader = Callable[[Any], Value]
TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True)
class OneOf:
    """One of several words."""

    choices: tuple[str, ...]

    def __call__(self, value: Any) -> Value:
        if value not in self.choices:
            raise ValueError("one of " + ", ".join(self.choices))
        return str(value)


@dataclass(frozen=True)
class Several:
    """Any of several words in an order, at least one with `some`; as text with commas between them."""

    choices: tuple[str, ...]
    some: bool = False

    def __call__(self, value: Any) -> Value:
        items = split_items(value)
        if items is None or any(item not in self.choices for item in items) or (self.some and not items):
            raise ValueError(("at least one of " if self.some else "a list of ") + ", ".join(self.choices))
        return tuple(dict.fromkeys(items))


@dataclass(frozen=True)
class Number:
    """A number from low to high."""

    low: float
    high: float
    whole: bool = True

    def __call__(self, value: Any) -> Value:
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = self.high + 1
        wrong = isinstance(value, bool) or not self.low <= number <= self.high
        if wrong or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise ValueError(f"{kind} from {self.low:g} to {self.high:g}")
        return int(number) if number == int(number) else number


@dataclass(frozen=True)
class Form:
    """Text that fits a regular expression; `words` describe it."""

    pattern: str
    words: str

    def __call__(self, value: Any) -> Value:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value, re.ASCII):
            raise ValueError(self.words)
        return value


@dataclass(frozen=True)
class Checked:
    """Text that a function takes; it raises ValueError saying what fits."""

    check: Callable[[str], object]

    def __call__(self, value: Any) -> Value:
        self.check(str(value))
        return str(value)


@dataclass(frozen=True)
class WordOr:
    """One of some words, or what another reader takes."""

    words: tuple[str, ...]
    other: Reader

    def __call__(self, value: Any) -> Value:
        if value in self.words:
            return str(value)
        try:
            return self.other(value)
        except ValueError as error:
            raise ValueError(f"{', '.join(self.words)} or {error}") from None


@dataclass(frozen=True)
class Suggested(WordOr):
    """As WordOr, and a form offers the words beside a free text."""


@dataclass(frozen=True)
class Truth:
    """Yes or no."""

    def __call__(self, value: Any) -> Value:
        truth = value if isinstance(value, bool) else TRUTHS.get(str(value).lower())
        if truth is None:
            raise ValueError("true or false")
        return truth


@dataclass(frozen=True)
class Thresholds:
    """Thresholds, as text with commas between them; kept as they are written, spaces aside."""

    def __call__(self, value: Any) -> Value:
        items = split_items(value)
        if items is None or not all(isinstance(item, str) for item in items):
            items = [""]
        return tuple(dict.fromkeys(str(parse_threshold(item)) for item in items))


def split_items(value: Any) -> Any:
    """The items of a list, or of text with commas; None when it is neither."""
    if isinstance(value, str):
        return [item for item in value.split(",") if item.strip()]
    return value if isinstance(value, (list, tuple)) else None
