# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a given pair's colours are taken for where it does not say, and what VMAF's models can say of HDR."""

from collections.abc import Iterator
from typing import Optional

from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.colour import HDR_TRANSFERS, RANGE_WORDS, UNKNOWN, Colour
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.pair_colour import ENCODE, GUESS, PARTNER, REFERENCE, PairColour, Taken

# The fields that move pixels, and what they are called; primaries and transfer are compared as they stand.
MOVING = {"matrix": "colour matrix", "range": "range"}
SAID = {ENCODE: "encode_tags", REFERENCE: "reference_tags"}
OTHER = {ENCODE: REFERENCE, REFERENCE: ENCODE}


def pair_colours(spec: JobSpec) -> Optional[str]:
    """What was taken from where; None for an encode of the job's own, whose tags are ours."""
    if spec.reference is None:
        return None
    task = compare_task(spec)
    return " ".join(taken_sentences(task.colours, task.reference.video.size)) or None


def guessed_source(video: VideoFacts) -> Optional[str]:
    """What the source of an encode is taken for where it says no matrix."""
    if video.is_rgb or video.is_gray or video.tags.matrix != UNKNOWN:
        return None
    return f"The source does not say its colour matrix; by its size {video.colour.matrix} is taken and tagged."


def said_tags(spec: JobSpec) -> Optional[str]:
    """The tags that were said in place of the clips' own."""
    values = spec.preset.values
    said = [f"the {side} as {values[key]}" for side, key in SAID.items() if values.get(key)]
    return f"Read {' and '.join(said)}, whatever the file says." if said else None


def hdr_scores(spec: JobSpec) -> Optional[str]:
    """What the scores of HDR are worth."""
    transfer = compare_task(spec).colours.reference.transfer
    if transfer not in HDR_TRANSFERS:
        return None
    return (
        f"The pair is HDR ({transfer}), and every VMAF model was made with SDR: the scores rank encodes of one "
        "reference, but 93 does not mean here what it means in SDR."
    )


def full_range(spec: JobSpec) -> Optional[str]:
    """That numbers are those of full range, where the encode is."""
    if compare_task(spec).colours.compared.range != "pc":
        return None
    return (
        "The encode is full range, so both sides are compared in full range; the same pictures in limited range have "
        "other numbers."
    )


def taken_sentences(colours: PairColour, size: str) -> Iterator[str]:
    """What of a pair's colours the clips do not say, and what they are taken for; `size` is the reference's."""
    by_side = {ENCODE: colours.encode, REFERENCE: colours.reference}
    told = [(one, [name for name in MOVING if name in one.fields]) for one in colours.taken]
    guessed = {one.side: names for one, names in told if names and one.source == GUESS}
    for one, names in told:
        if names and one.source != GUESS:
            yield _taken(one, names, by_side[one.side])
    # What is guessed of both is the same of both.
    for side, names in list(guessed.items())[:1]:
        who = "Neither side says its" if len(guessed) > 1 else f"The {side} does not say its"
        yield f"{who} {_names(names)}: {_values(names, by_side[side])} is guessed{_why(names, size)}."


def _taken(one: Taken, names: list[str], colour: Colour) -> str:
    origin = f"as the {OTHER[one.side]} says" if one.source == PARTNER else "as in encodes of RGB"
    return f"The {one.side} does not say its {_names(names)}: {_values(names, colour)} is taken, {origin}."


def _why(names: list[str], size: str) -> str:
    return f", by the reference's size {size}" if "matrix" in names else ""


def _names(names: list[str]) -> str:
    return " and ".join(MOVING[name] for name in names)


def _values(names: list[str], colour: Colour) -> str:
    return ", ".join(RANGE_WORDS.get(getattr(colour, name), getattr(colour, name)) for name in names)
