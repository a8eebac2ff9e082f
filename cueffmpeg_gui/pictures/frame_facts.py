# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a picture of the encode cost, how it was coded, and how much the reference moved before it."""

from dataclasses import dataclass

from cueffmpeg_gui.pictures.picture import DecodedPicture

# Up to this mean change of luma (of 255) from the picture before, motion is called so.
MOTIONS = ((0.15, "none"), (1.5, "slow"), (5.0, "medium"), (float("inf"), "fast"))
KILO = 1000


@dataclass(frozen=True)
class FrameFacts:
    """Of one picture of the encode: "I", "P" or "B", bytes, pictures since the last key picture (None: not known)."""

    kind: str
    bytes: int | None
    since_key: int | None

    @property
    def short(self) -> str:
        """ "P, 12.4 kB", for a caption."""
        return ", ".join([self.kind, *([] if self.bytes is None else [bytes_text(self.bytes)])])

    @property
    def sentence(self) -> str:
        """The same in words."""
        size = "" if self.bytes is None else f" of {bytes_text(self.bytes)}"
        key = {None: "", 0: ", a key picture"}.get(self.since_key, f", {self.since_key} after a key picture")
        return f"{self.kind}-picture{size}{key}."


def frame_facts(picture: DecodedPicture) -> FrameFacts:
    """The facts of a decoded picture."""
    return FrameFacts(picture.kind, picture.bytes, picture.since_key)


def bytes_text(count: int) -> str:
    """ "12.4 kB"; kilo is 1,000."""
    if count < KILO:
        return f"{count} B"
    return f"{count / KILO:.1f} kB" if count < KILO**2 else f"{count / KILO**2:.1f} MB"


def motion_sentence(change: float) -> str:
    """What the mean luma difference to the picture before (0 to 255) says."""
    word = next(word for most, word in MOTIONS if change <= most)
    if word == "none":
        return "No motion: the reference equals its picture before."
    return f"{word.capitalize()} motion: luma changes by {change:.1f} of 255 from the picture before."
