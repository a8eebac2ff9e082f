# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the pictures of a pair tell of colours that neither file says: RGB beside a film without tags."""

from dataclasses import replace

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.picture_pair import PicturePair, picture_pair
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.colour import RANGE_WORDS, UNKNOWN, Colour
from cueffmpeg_gui.media.pair_colour import ENCODE, REFERENCE
from cueffmpeg_gui.pictures.filters import encode_chain, reference_chain
from cueffmpeg_gui.pictures.fitting_colour import fitting_colour
from cueffmpeg_gui.pictures.pair_side import PictureSide

# Places in the clip at which pictures are looked at, as shares of its length.
PLACES = (0.2, 0.5, 0.8)


def with_seen_colour(spec: JobSpec) -> JobSpec:
    """The spec of a given pair with the matrix and range that its pictures show, where one side alone is RGB."""
    pair = picture_pair(spec)
    clips = {ENCODE: pair.encode, REFERENCE: pair.reference}
    films = [side for side, clip in clips.items() if not clip.video.is_rgb]
    if spec.reference is None or len(films) != 1 or clips[films[0]].video.tags.matrix != UNKNOWN:
        return spec
    side = films[0]
    try:
        found = _seen(pair, side)
    except InputRefused:
        return spec
    return _with_colour(spec, side, found) if found else spec


def _seen(pair: PicturePair, side: str) -> Colour | None:
    """The colour of the film in the pair; None when it is what was taken anyway."""
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
    film, rgb, taken = sides.pop(side), sides.popitem()[1], getattr(colours, side)
    try:
        found = fitting_colour(film, taken, rgb, numbers)
    finally:
        film.close()
        rgb.close()
    return None if found == taken else found


def _with_colour(spec: JobSpec, side: str, found: Colour) -> JobSpec:
    name = "source" if side == ENCODE else "reference"
    clip = getattr(spec, name)
    tags = replace(clip.video.tags, matrix=found.matrix, range=found.range)
    told = replace(clip, video=replace(clip.video, tags=tags))
    finding = (
        f"The {side} does not say its colour matrix; beside the RGB pictures it is {found.matrix}, "
        f"{RANGE_WORDS[found.range]}, and so it is read."
    )
    return replace(spec, **{name: told}, findings=(*spec.findings, finding))
