# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the colours of a pair are taken for: an encode comes from its reference, so neither is guessed by itself."""

from dataclasses import dataclass, fields, replace

from cueffmpeg_gui.media.colour import UNKNOWN, Colour, encoded_colour, resolve_colour
from cueffmpeg_gui.media.facts import VideoFacts

ENCODE, REFERENCE = "encode", "reference"
# Where a side got what it does not say.
PARTNER, RGB_PARTNER, GUESS = "partner", "RGB partner", "guess"
FIELDS = tuple(field.name for field in fields(Colour))


@dataclass(frozen=True)
class Taken:
    """What one side does not say and was given: names of Colour's fields, and PARTNER, RGB_PARTNER or GUESS."""

    side: str
    fields: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class PairColour:
    """The complete colours of both sides, and what of them the clips do not say themselves."""

    encode: Colour
    reference: Colour
    taken: tuple[Taken, ...]

    @property
    def compared(self) -> Colour:
        """The colour both are brought to: the encode's own, or the reference's where only that one is no RGB."""
        if self.encode.matrix != "gbr":
            return self.encode
        return encoded_colour(self.encode) if self.reference.matrix == "gbr" else self.reference


def resolve_pair(encode: VideoFacts, reference: VideoFacts) -> PairColour:
    """What each side is taken for. What it does not say is what its partner says, field by field.

    Where both are silent there is one guess, by the reference's size. An encode of RGB is BT.709 in limited range.
    """
    said = {ENCODE: _said(encode), REFERENCE: _said(reference)}
    colours, taken = {}, []
    for side, partner in ((ENCODE, REFERENCE), (REFERENCE, ENCODE)):
        own, offers = said[side], _offers(said[partner], said[side], side)
        lacks = {name: getattr(offers, name) for name in FIELDS if getattr(own, name) == UNKNOWN}
        known = replace(own, **{name: offer for name, offer in lacks.items() if offer != UNKNOWN})
        colours[side] = resolve_colour(known, reference.width, reference.height, is_rgb=False)
        taken += _told(side, lacks, RGB_PARTNER if _is_rgb(said[partner]) and not _is_rgb(own) else PARTNER)
    return PairColour(colours[ENCODE], colours[REFERENCE], tuple(taken))


def _said(video: VideoFacts) -> Colour:
    """The tags; those of RGB have neither matrix nor range of their own."""
    return replace(video.tags, range="pc", matrix="gbr") if video.is_rgb or video.tags.matrix == "gbr" else video.tags


def _is_rgb(colour: Colour) -> bool:
    return colour.matrix == "gbr"


def _offers(partner: Colour, own: Colour, side: str) -> Colour:
    """What a partner says of a side. RGB and YUV share neither matrix nor range, but encodes of RGB have usual ones."""
    if _is_rgb(partner) == _is_rgb(own):
        return partner
    if _is_rgb(own) or side == REFERENCE:
        return replace(partner, range=UNKNOWN, matrix=UNKNOWN)
    # Linear light is not kept by what is made for a screen.
    return replace(encoded_colour(partner), transfer=UNKNOWN if partner.transfer == "linear" else partner.transfer)


def _told(side: str, lacks: dict[str, str], source: str) -> list[Taken]:
    offered = tuple(name for name, offer in lacks.items() if offer != UNKNOWN)
    guessed = tuple(name for name, offer in lacks.items() if offer == UNKNOWN)
    return [Taken(side, names, why) for names, why in ((offered, source), (guessed, GUESS)) if names]
