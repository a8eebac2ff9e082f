# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Clips and sequences alike, from what a person typed."""

from dataclasses import dataclass, replace
from fractions import Fraction

from cueffmpeg_gui.errors import GapsRefused, InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange, parse_range
from cueffmpeg_gui.media.gaps import FILLING, FILLS, STOP
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.timing import check_timecode, parse_rate, timecode_of_frames
from cueffmpeg_gui.probe import probe_clip, probe_sequence, read_sequence
from cueffmpeg_gui.sequences.files import find_sequence, is_sequence

WAYS = " or ".join(f"gaps={name}" for name in FILLS)
FILL_ENDS = f"to fill what is missing at its ends, choose {' or '.join(f'gaps={name}' for name in FILLING)}"


@dataclass(frozen=True)
class AskedOf:
    """What is asked of a sequence: what becomes of its gaps, which frames (as text) are meant, and which layer."""

    gaps: str = STOP
    frames: str | None = None
    layer: str = ""


WHOLE = AskedOf()


def probe_media(path: str, frame_rate: str | None, asked: AskedOf = WHOLE) -> ClipFacts:
    """Facts about a clip, decoded to find damage, or about a sequence, whose rate must be said."""
    rate = parse_rate(frame_rate) if frame_rate else None
    if is_sequence(path):
        return probe_sequence(_found(path, asked), rate)
    clip = probe_clip(path, decode=True)
    _check_rate(clip, rate)
    return clip


@dataclass(frozen=True)
class ProbedPair:
    """The facts of both sides, and what was taken of one for the other."""

    encode: ClipFacts
    reference: ClipFacts
    findings: tuple[str, ...] = ()


def probe_pair(encode: str, reference: str, frame_rate: str | None, asked: AskedOf) -> ProbedPair:
    """The facts of a pair, in frames of the reference; a sequence has the rate of the film beside it."""
    of_encode = replace(asked, frames=None)
    if frame_rate or is_sequence(encode) == is_sequence(reference):
        return ProbedPair(probe_media(encode, frame_rate, of_encode), probe_media(reference, frame_rate, asked))
    if is_sequence(reference):
        film = probe_media(encode, None, of_encode)
        return ProbedPair(film, probe_media(reference, _rate(film), asked), _say_rate("reference", film))
    film = probe_media(reference, None, asked)
    return ProbedPair(probe_media(encode, _rate(film), of_encode), film, _say_rate("encode", film))


def _rate(film: ClipFacts) -> str | None:
    return str(film.video.rate) if film.video.constant_rate else None


def _say_rate(side: str, film: ClipFacts) -> tuple[str, ...]:
    rate = f"{float(film.video.rate):.3f}".rstrip("0").rstrip(".")
    return (f"The {side} is a sequence and no frame rate is said: that of {film.path} is taken, {rate} a second.",)


def read_facts(path: str, frame_rate: str | None, asked: AskedOf = WHOLE) -> ClipFacts:
    """As probe_media, but the rate of a sequence may stay open: it and the duration are 0 then."""
    if frame_rate or not is_sequence(path):
        return probe_media(path, frame_rate, asked)
    return read_sequence(_found(path, asked)).still


def with_timecode(clip: ClipFacts, asked: str | None) -> ClipFacts:
    """The clip with the timecode asked for, else its own; a sequence without one counts from its first number."""
    rate = clip.video.rate
    if asked:
        return replace(clip, timecode=check_timecode(asked, rate))
    if clip.sequence is None or clip.timecode:
        return clip
    return replace(clip, timecode=timecode_of_frames(clip.sequence.first, rate))


def named_frames(clip: ClipFacts, text: str | None) -> FrameRange | None:
    """The pictures of a clip whose numbers somebody named; raises InputRefused when it does not reach so far."""
    if text is None:
        return None
    numbers, whole = parse_range(text), clip.span
    if numbers.first not in whole or numbers.last not in whole:
        way = f"; {FILL_ENDS}" if clip.sequence and numbers.first <= whole.last and whole.first <= numbers.last else ""
        raise InputRefused(f"Frames {numbers} are not in {clip.path}, which has the frames {whole}{way}.")
    return clip.frames_of(numbers)


def _found(path: str, asked: AskedOf) -> Sequence:
    frames = parse_range(asked.frames) if asked.frames else None
    try:
        return find_sequence(path, asked.gaps, frames, asked.layer)
    except GapsRefused as refused:
        raise InputRefused(f"{refused} To take it as it is, say what becomes of the gaps: {WAYS}.") from None


def _check_rate(clip: ClipFacts, rate: Fraction | None) -> None:
    if rate not in (None, clip.video.rate):
        raise InputRefused(
            f"{clip.path} has {clip.video.rate} frames a second of its own; --frame-rate is for image sequences."
        )
