# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether the code values of a pair mean the same light: SDR beside HDR, or PQ beside HLG, cannot be scored."""

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import HDR_TRANSFERS
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.pair_colour import resolve_pair


def check_light(reference: ClipFacts, encode: ClipFacts) -> None:
    """Raises InputRefused when one side is HDR and the other is not, or another HDR."""
    colours = resolve_pair(encode.video.seen, reference.video.seen)
    ours, theirs = colours.encode.transfer, colours.reference.transfer
    if ours == theirs or not {ours, theirs} & set(HDR_TRANSFERS):
        return
    raise InputRefused(
        f"{encode.path} is {_kind(ours)}, but its reference {reference.path} is {_kind(theirs)}: equal numbers in them "
        "are not equal light, so no score would mean anything. Name a reference of the encode's own grade; or, if only "
        f"a tag is wrong, the right one: --set encode_tags=transfer:{theirs}, or reference_tags=transfer:{ours}."
    )


def _kind(transfer: str) -> str:
    return f"{'HDR' if transfer in HDR_TRANSFERS else 'SDR'} ({transfer})"
