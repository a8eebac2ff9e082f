# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colour tags: what a clip says of its pixels, and what to assume where it is silent.

Names are ffmpeg's own (libavutil's pixdesc); "unknown" is unspecified.
"""

from dataclasses import dataclass, replace

UNKNOWN = "unknown"

# ITU-T H.273 code points, as libavutil numbers them.
MATRICES: dict[int, str] = {
    0: "gbr", 1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc", 10: "bt2020c",
}  # fmt: skip
PRIMARIES: dict[int, str] = {
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film", 9: "bt2020",
    10: "smpte428", 11: "smpte431", 12: "smpte432",
}  # fmt: skip
TRANSFERS: dict[int, str] = {
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "linear", 11: "iec61966-2-4",
    13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12", 16: "smpte2084", 17: "smpte428", 18: "arib-std-b67",
}  # fmt: skip
RANGES: dict[int, str] = {1: "tv", 2: "pc"}
RANGE_WORDS: dict[str, str] = {"tv": "limited range", "pc": "full range"}

# What goes with a matrix when primaries or transfer are not said.
COMPANIONS: dict[str, tuple[str, str]] = {
    "bt709": ("bt709", "bt709"),
    "smpte170m": ("smpte170m", "smpte170m"),
    "bt470bg": ("bt470bg", "smpte170m"),
    "smpte240m": ("smpte240m", "smpte240m"),
    "bt2020nc": ("bt2020", "bt2020-10"),
}
# The name by which ffmpeg's scale filter knows a matrix, where it is another.
SCALE_MATRICES: dict[str, str] = {"bt470bg": "bt470", "bt2020nc": "bt2020", "bt2020c": "bt2020"}
# The matrix that RGB of these primaries gets, where it is not BT.709's.
RGB_MATRICES: dict[str, str] = {"bt2020": "bt2020nc"}
HDR_TRANSFERS = ("smpte2084", "arib-std-b67")
HD_HEIGHT, HD_WIDTH, PAL_HEIGHT = 720, 1280, 576


@dataclass(frozen=True)
class Colour:
    """Tags of a clip; `range` is "tv" (limited), "pc" (full) or "unknown"."""

    range: str = UNKNOWN
    matrix: str = UNKNOWN
    primaries: str = UNKNOWN
    transfer: str = UNKNOWN

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to a player's guess."""
        return UNKNOWN not in (self.range, self.matrix, self.primaries, self.transfer)


def resolve_colour(tags: Colour, width: int, height: int, is_rgb: bool) -> Colour:
    """The tags with every gap filled: HD is BT.709, SD is BT.601 (625 lines: bt470bg, else smpte170m).

    RGB has no matrix of its own; it is taken as display-referred BT.709 and full range.
    """
    if is_rgb or tags.matrix == "gbr":
        return Colour("pc", "gbr", _known(tags.primaries, "bt709"), _display_transfer(tags.transfer))
    matrix = _known(tags.matrix, _matrix_of_size(width, height))
    primaries, transfer = COMPANIONS.get(matrix, COMPANIONS["bt709"])
    return Colour(_known(tags.range, "tv"), matrix, _known(tags.primaries, primaries), _known(tags.transfer, transfer))


def encoded_colour(resolved: Colour) -> Colour:
    """The tags of a YUV encode of such a clip: limited range, its own matrix; RGB becomes BT.709, or BT.2020 if it is
    that."""
    matrix = RGB_MATRICES.get(resolved.primaries, "bt709") if resolved.matrix == "gbr" else resolved.matrix
    return replace(resolved, range="tv", matrix=matrix)


def scale_matrix(matrix: str) -> str:
    """The matrix in the words of ffmpeg's scale filter."""
    return SCALE_MATRICES.get(matrix, matrix)


def _known(value: str, fallback: str) -> str:
    return fallback if value == UNKNOWN else value


def _display_transfer(transfer: str) -> str:
    return "bt709" if transfer in (UNKNOWN, "linear") else transfer


def _matrix_of_size(width: int, height: int) -> str:
    if height >= HD_HEIGHT or width >= HD_WIDTH:
        return "bt709"
    return "bt470bg" if height == PAL_HEIGHT else "smpte170m"
