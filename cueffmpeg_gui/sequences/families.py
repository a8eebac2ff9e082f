# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names of files sorted into sequences: what belongs together, and how its numbers are padded."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cueffmpeg_gui.media.sequences import Sequence

DIGITS = re.compile(r"\d+", re.ASCII)
# Below zero: a sign, where it can be no hyphen.
BEFORE_SIGN = (".", "_")
SIGNED = re.compile(r"\d+|-0*[1-9]\d*", re.ASCII)
NUMBERS = re.compile(r"(?<=[._])-0*[1-9]\d*|\d+", re.ASCII)
# What stands before a version's number: "v", not as the end of a word.
VERSION = re.compile(r"(?:(?<![A-Za-z])v|(?<![A-Z])V)(?:er(?:sion)?)?$")
# Digits of which there are so many times more than of the last ones are the frame's.
MUCH_MORE = 10
Entries = Mapping[str, "os.DirEntry[str]"]
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Family:
    """Files with one padding: prefix, suffix, and the numbers as they are written."""

    folder: str
    prefix: str
    suffix: str
    numbers: tuple[str, ...]

    @property
    def digits(self) -> int:
        """The padding: the shortest number's digits, whatever notation found the files."""
        return min(map(digits_of, self.numbers))

    @property
    def frames(self) -> list[int]:
        """Its numbers in order."""
        return sorted(map(int, self.numbers))

    def sequence(self, first: int, last: int) -> Sequence:
        """The frames first … last of it."""
        return Sequence(self.folder, self.prefix, self.digits, self.suffix, first, last)

    @property
    def name(self) -> str:
        """ "shot.1001-1100#.dpx"; gaps do not show."""
        frames = self.frames
        return os.path.basename(str(self.sequence(frames[0], frames[-1])))


def digits_of(number: str) -> int:
    """How many digits a number is written with; a sign is none."""
    return len(number.removeprefix("-"))


def fits(number: str, width: int) -> bool:
    """Whether a number is written with at least so many digits, and zeros only to reach them."""
    digits = number.removeprefix("-")
    return len(digits) == width or (len(digits) > width and digits[0] != "0")


def numbers_between(names: Iterable[str], prefix: str, suffix: str) -> list[str]:
    """The numbers of the names that are prefix + digits + suffix; behind a dot or "_" also those below zero."""
    allowed = SIGNED if prefix.endswith(BEFORE_SIGN) else DIGITS
    least = len(prefix) + len(suffix)
    end = -len(suffix) if suffix else None
    inner = (
        name[len(prefix) : end]
        for name in names
        if len(name) > least and name.startswith(prefix) and name.endswith(suffix)
    )
    return [number for number in inner if allowed.fullmatch(number)]


def by_padding(folder: str, prefix: str, suffix: str, numbers: Iterable[str]) -> Iterator[Family]:
    """The numbers as families of one padding each."""
    rest = list(numbers)
    while rest:
        width = min(map(digits_of, rest))
        yield Family(folder, prefix, suffix, tuple(number for number in rest if fits(number, width)))
        rest = [number for number in rest if not fits(number, width)]


def places(name: str) -> list[Place]:
    """Prefix, number and suffix for every run of digits before the name's ending."""
    stem = os.path.splitext(name)[0]
    return [(name[: run.start()], run.group(), name[run.end() :]) for run in NUMBERS.finditer(stem)]


def best_place(name: str, names: Iterable[str]) -> Place | None:
    """Where the frame's number of a file is, judged by its neighbours."""
    found = places(name)
    names = list(names)
    return _frame_place(found, [len(numbers_between(names, prefix, suffix)) for prefix, _, suffix in found])


def _frame_place(found: list[Place], crowds: list[int]) -> Place | None:
    """The last digits, unless the files speak against it: they never change, or other digits change far more often.

    Digits after a v are a version: they lose to all others that change or stand behind them.
    """
    best = None
    for place, crowd in zip(found, crowds, strict=True):
        is_version = VERSION.search(place[0]) is not None
        if best is None or _rank(is_version, crowd) >= _rank(*best[1:]) or (best[1] and not is_version):
            much_less = best is not None and not best[1] and best[2] > MUCH_MORE * crowd
            best = best if much_less else (place, is_version, crowd)
    return best and best[0]


def _rank(is_version: bool, crowd: int) -> int:
    return 0 if crowd == 1 else 1 if is_version else 2


def families(folder: str, names: Iterable[str]) -> list[Family]:
    """All the sequences among names, in order; names that start with a dot are none."""
    split = {name: places(name) for name in names if not name.startswith(".")}
    crowd = Counter((prefix, suffix) for found in split.values() for prefix, _, suffix in found)
    groups: dict[tuple[str, str], list[str]] = {}
    for found in split.values():
        place = _frame_place(found, [crowd[prefix, suffix] for prefix, _, suffix in found])
        if place:
            prefix, number, suffix = place
            groups.setdefault((prefix, suffix), []).append(number)
    return [
        family
        for (prefix, suffix), numbers in sorted(groups.items())
        for family in by_padding(folder, prefix, suffix, numbers)
    ]
