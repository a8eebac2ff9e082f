# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which files on disk a text means: a notation, one file of a sequence, or the folder it is in."""

import os
import stat
from collections.abc import Iterable

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.sequences.families import Family, best_place, by_padding, digits_of, families, fits, numbers_between
from cueffmpeg_gui.sequences.formats import IMAGE_EXTENSIONS, extension_of, known_formats
from cueffmpeg_gui.sequences.notation import Reading, readings, split_range

# Sequences that one sentence names.
MOST_NAMED = 5


class Search:
    """One search for one text; each folder is listed once."""

    def __init__(self) -> None:
        self._listings: dict[str, dict[str, os.DirEntry[str]]] = {}

    def listing(self, folder: str) -> "dict[str, os.DirEntry[str]]":
        """The pictures of a folder by name; raises InputRefused when it cannot be listed."""
        if folder not in self._listings:
            try:
                with os.scandir(folder) as entries:
                    found = {entry.name: entry for entry in entries if extension_of(entry.name) in IMAGE_EXTENSIONS}
            except OSError as error:
                raise InputRefused(f"The folder {folder} cannot be read: {error.strerror}.") from None
            self._listings[folder] = found
        return self._listings[folder]

    def find(self, text: str) -> tuple[Family, FrameRange | None]:
        """The files, and the range when the text names one; raises InputRefused where nothing or too much is meant."""
        mode = _mode(text)
        if stat.S_ISDIR(mode):
            return self._in_folder(os.path.abspath(text)), None
        _check_extension(text)
        meaning = _choose((reading, self._numbers(reading)) for reading in readings(text))
        if meaning:
            return _only(*meaning, text), meaning[0].frames
        if stat.S_ISREG(mode):
            return self._of_file(os.path.abspath(text)), None
        raise self._nothing(text)

    def _numbers(self, reading: Reading) -> list[str]:
        if not os.path.isdir(reading.folder):
            return []
        numbers = numbers_between(self.listing(reading.folder), reading.prefix, reading.suffix)
        return [number for number in numbers if reading.width is None or fits(number, reading.width)]

    def _of_file(self, path: str) -> Family:
        folder, name = os.path.split(path)
        names = self.listing(folder)
        place = best_place(name, names)
        if place is None:
            raise InputRefused(f"{path} has no frame number in its name; name it like shot.1001{extension_of(name)}.")
        prefix, number, suffix = place
        reading = Reading(folder, prefix, suffix, digits_of(number) if number.removeprefix("-")[0] == "0" else None)
        return _only(reading, self._numbers(reading), path)

    def _in_folder(self, folder: str) -> Family:
        found = families(folder, self.listing(folder))
        # A still beside a sequence is no second sequence.
        longer = [family for family in found if len(family.numbers) > 1]
        choice = longer or found
        if len(choice) == 1:
            return choice[0]
        if not choice:
            raise InputRefused(
                f"{folder} is a folder without an image sequence; name a clip or a folder with pictures."
            )
        raise InputRefused(f"{folder} holds {len(choice)} sequences ({_names(choice)}); name one of them.")

    def _nothing(self, text: str) -> InputRefused:
        folder = os.path.dirname(os.path.abspath(text))
        held = _names(families(folder, self.listing(folder))) or "no image sequence"
        return InputRefused(f"No file matches {text}; the folder {folder} holds {held}.")


def _mode(text: str) -> int:
    """What is there under exactly this name; 0 when nothing is."""
    try:
        return os.stat(text).st_mode
    except OSError:
        return 0
    except ValueError:
        raise InputRefused(f"{quoted(text)} is no path that this system can open.") from None


def _check_extension(text: str) -> None:
    name, _ = split_range(text)
    if extension_of(name) not in IMAGE_EXTENSIONS:
        raise InputRefused(f"{text} names no image sequence: its pictures must end in {known_formats()}.")


def _choose(meanings: Iterable[tuple[Reading, list[str]]]) -> tuple[Reading, list[str]] | None:
    """The first meaning with a file of its range; one with less padding wins where it has the same files and more.

    For shot.1-1500#.dpx, files named 1000 to 1500 alone would fit four digits.
    """
    chosen = None
    for reading, numbers in meanings:
        # Only a range of files that are there must make sense; a name may hold anything.
        frames = reading.frames if numbers else None
        is_there = any(frames is None or int(number) in frames for number in numbers)
        if is_there and (chosen is None or (reading.place == chosen[0].place and set(numbers) > set(chosen[1]))):
            chosen = reading, numbers
    return chosen


def _only(reading: Reading, numbers: list[str], text: str) -> Family:
    """The one family of a reading's numbers; raises InputRefused where they are padded in several ways."""
    found = list(by_padding(reading.folder, reading.prefix, reading.suffix, numbers))
    if len(found) > 1:
        one = found[0]
        raise InputRefused(
            f"{text} may mean {_names(found)}, which differ in padding; "
            f"name one of them, such as {one.prefix}%0{one.digits}d{one.suffix}."
        )
    return found[0]


def _names(found: list[Family]) -> str:
    more = len(found) - MOST_NAMED
    return ", ".join(family.name for family in found[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
