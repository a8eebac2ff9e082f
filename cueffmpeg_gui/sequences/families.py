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
Entries = Mapping[str, "os.DirEntry[str]"]


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
        return min(map(len, self.numbers))

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


def fits(number: str, width: int) -> bool:
    """Whether a number is written with at least so many digits, and zeros only to reach them."""
    return len(number) == width or (len(number) > width and number[0] != "0")


def numbers_between(names: Iterable[str], prefix: str, suffix: str) -> list[str]:
    """The numbers of the names that are prefix + digits + suffix."""
    least = len(prefix) + len(suffix)
    end = -len(suffix) if suffix else None
    inner = (
        name[len(prefix) : end]
        for name in names
        if len(name) > least and name.startswith(prefix) and name.endswith(suffix)
    )
    return [number for number in inner if number.isascii() and number.isdigit()]


def by_padding(folder: str, prefix: str, suffix: str, numbers: Iterable[str]) -> Iterator[Family]:
    """The numbers as families of one padding each."""
    rest = list(numbers)
    while rest:
        width = min(map(len, rest))
        yield Family(folder, prefix, suffix, tuple(number for number in rest if fits(number, width)))
        rest = [number for number in rest if not fits(number, width)]


def places(name: str) -> list[tuple[str, str, str]]:
    """Prefix, number and suffix for every run of digits before the name's ending."""
    stem = os.path.splitext(name)[0]
    return [(name[: run.start()], run.group(), name[run.end() :]) for run in DIGITS.finditer(stem)]


def best_place(name: str, names: Iterable[str]) -> tuple[str, str, str] | None:
    """Where the frame's number of a file is: where most of its neighbours differ from it, else the last digits."""
    found = places(name)
    names = list(names)
    return max(
        enumerate(found),
        key=lambda item: (len(numbers_between(names, item[1][0], item[1][2])), item[0]),
        default=(0, None),
    )[1]


def families(folder: str, names: Iterable[str]) -> list[Family]:
    """All the sequences among names, in order; names that start with a dot are none."""
    split = {name: places(name) for name in names if not name.startswith(".")}
    crowd = Counter((prefix, suffix) for found in split.values() for prefix, _, suffix in found)
    groups: dict[tuple[str, str], list[str]] = {}
    for found in split.values():
        if found:
            _, (prefix, number, suffix) = max(
                enumerate(found), key=lambda item: (crowd[item[1][0], item[1][2]], item[0])
            )
            groups.setdefault((prefix, suffix), []).append(number)
    return [
        family
        for (prefix, suffix), numbers in sorted(groups.items())
        for family in by_padding(folder, prefix, suffix, numbers)
    ]
