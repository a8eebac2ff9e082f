# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the pictures of a pair tell of colours that a file does not say: a film without tags beside RGB, and JPEG."""

from collections.abc import Mapping
from dataclasses import replace

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.picture_pair import PicturePair, picture_pair
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.colour import RANGE_WORDS, UNKNOWN, Colour
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.pair_colour import ENCODE, REFERENCE
from cueffmpeg_gui.pictures.filters import encode_chain, reference_chain
from cueffmpeg_gui.pictures.fitting_colour import CLEARLY, NEARER, fitting_colour, possible_colours
from cueffmpeg_gui.pictures.pair_side import PictureSide

# Places in the clip at which pictures are looked at, as shares of its length.
PLACES = (0.2, 0.5, 0.8)
OTHER = {ENCODE: REFERENCE, REFERENCE: ENCODE}
SAID = {ENCODE: "encode_tags", REFERENCE: "reference_tags"}


def with_seen_colour(spec: JobSpec) -> JobSpec:
    """The spec of a given pair with the matrix and range that its pictures show, where one side does not say them."""
    if spec.reference is None or spec.reference.video.view:
        return spec
    pair = picture_pair(spec)
    clips = {ENCODE: pair.encode, REFERENCE: pair.reference}
    jpeg, film = _jpeg(clips, spec), _film_beside_rgb(clips)
    if not jpeg and not film:
        return spec
    side = jpeg or film
    try:
        found = _seen(pair, side)
    except InputRefused:
        found = None
    if jpeg:
        return _with_colour(spec, side, found, _say_jpeg(pair, side, found))
    return _with_colour(spec, side, found, _say_film(side, found)) if found else spec


def _film_beside_rgb(clips: Mapping[str, ClipFacts]) -> str:
    """The side that is no RGB and says no matrix, while the other is RGB; "" where there is none."""
    films = [side for side, clip in clips.items() if not clip.video.is_rgb]
    return films[0] if len(films) == 1 and clips[films[0]].video.tags.matrix == UNKNOWN else ""


def _jpeg(clips: Mapping[str, ClipFacts], spec: JobSpec) -> str:
    """The one side that is JPEG, whose matrix no file says: decoders call all of them BT.601."""
    values = spec.preset.values
    silent = [
        side
        for side, clip in clips.items()
        if clip.video.is_jpeg and "matrix:" not in str(values.get(SAID[side])) and clip.video.tags.matrix != "gbr"
    ]
    return silent[0] if len(silent) == 1 else ""


def _seen(pair: PicturePair, side: str) -> Colour | None:
    """The colour of the silent side of the pair; None when it is what was taken anyway."""
    colours, size = pair.colours, pair.geometry.compared
    before = reference_chain(pair.reference.video, pair.geometry)
    sides = {
        REFERENCE: PictureSide(pair.reference, colours.reference, before, size),
        ENCODE: PictureSide(pair.encode, colours.encode, encode_chain(pair.encode.video, pair.geometry), size),
    }
    scored = pair.reference.frames_of(pair.frames)
    frames = dict.fromkeys(scored.first + int(place * len(scored)) for place in PLACES)
    pictures = [pair.pictures_of(pair.reference.number_of(frame)) for frame in frames]
    numbers = pictures if side == REFERENCE else [(encode, reference) for reference, encode in pictures]
    silent, sure, taken = sides.pop(side), sides.popitem()[1], getattr(colours, side)
    tried, margin = possible_colours(silent.clip.video.tags, taken), CLEARLY
    if silent.clip.video.is_jpeg:
        other = getattr(colours, OTHER[side]).matrix
        tried, margin = [taken, replace(taken, matrix="bt709" if other == "gbr" else other)], NEARER
    try:
        found = fitting_colour(silent, tried, sure, numbers, margin)
    finally:
        silent.close()
        sure.close()
    return None if found == taken else found


def _say_film(side: str, found: Colour | None) -> str:
    words = f"{found.matrix}, {RANGE_WORDS[found.range]}" if found else ""
    return f"The {side} does not say its colour matrix; beside the RGB pictures it is {words}, and so it is read."


def _say_jpeg(pair: PicturePair, side: str, found: Colour | None) -> str:
    taken: Colour = found or getattr(pair.colours, side)
    other: Colour = getattr(pair.colours, OTHER[side])
    why = f"beside the {OTHER[side]} its pictures fit {taken.matrix}" if found else f"{taken.matrix} is taken"
    another = other.matrix if other.matrix not in (taken.matrix, "gbr") else "bt709"
    return (
        f"The {side} is JPEG, which never says its colour matrix; {why}, and so it is read. "
        f"{SAID[side]}=matrix:{'bt470bg' if found else another} overrules it."
    )


def _with_colour(spec: JobSpec, side: str, found: Colour | None, finding: str) -> JobSpec:
    findings = (*spec.findings, finding)
    if found is None:
        return replace(spec, findings=findings)
    name = "source" if side == ENCODE else "reference"
    clip = getattr(spec, name)
    tags = replace(clip.video.tags, matrix=found.matrix, range=found.range)
    told = replace(clip, video=replace(clip.video, tags=tags))
    return replace(spec, **{name: told}, findings=findings)
