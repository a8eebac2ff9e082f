# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is known of a source before it is submitted: its facts, what lies beside it, where its encode may go."""

import os
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from cueffmpeg_gui.api.media import AskedOf, probe_media, probe_pair
from cueffmpeg_gui.api.pairing import match_clips
from cueffmpeg_gui.api.submit.output_check import check_output
from cueffmpeg_gui.api.submit.request import stem_of
from cueffmpeg_gui.errors import InputRefused, LayerUnclear, quoted
from cueffmpeg_gui.media.documents import write_atomically
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.gaps import STOP
from cueffmpeg_gui.media.presets import Preset, output_extensions
from cueffmpeg_gui.probe import SequenceInfo, Thumbnail, probe_clip, probe_sound, read_sequence, read_thumbnail
from cueffmpeg_gui.resources import resource
from cueffmpeg_gui.sequences.files import find_as_it_is, is_sequence
from cueffmpeg_gui.settings import Settings, load_settings

__all__ = [
    "NAMING",
    "PLACES",
    "SourceInfo",
    "Thumbnail",
    "check_place",
    "check_reference",
    "check_source",
    "demo_source",
    "name_output",
    "placed",
    "probe_sound",
    "read_source",
]

NAMING = "{stem}_{preset}"
WORD = re.compile(r"\{(\w+)\}")
PLACES = ("show", "shot", "user", "facility")
THUMBNAIL_BOX = (160, 90)
CLIPS = (".mov", ".mp4", ".m4v", ".mxf", ".mkv", ".avi", ".webm", ".mpg", ".mpeg", ".ts", ".mts")
SOUNDS = (".wav", ".aif", ".aiff", ".flac", ".bwf")


@dataclass(frozen=True)
class SourceInfo:
    """A source as it is shown before submitting. The rate and duration of a sequence are 0: they are not known yet.

    `rates` are those a sequence's header names, `folder` is where the source lies, and `sounds` and `clips` are the
    paths of what lies beside it and could belong to it. `layers` are those of an EXR that could be shown; `unclear` is
    why somebody has to name one.
    """

    text: str
    facts: ClipFacts
    stem: str
    folder: str
    file: str
    rates: tuple[Fraction, ...] = ()
    thumbnail: Thumbnail | None = None
    sounds: tuple[str, ...] = ()
    clips: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    unclear: str = ""

    @property
    def wants_rate(self) -> bool:
        """Whether someone has to say the rate."""
        return self.facts.sequence is not None


def read_source(text: str, layer: str = "") -> SourceInfo:
    """Reads a source (of an EXR with layers the one of that name) without decoding more than one picture.

    Raises InputRefused.
    """
    unclear = ""
    if is_sequence(text):
        sequence, unclear = _read_layer(text, layer)
        facts, rates, layers = sequence.still, sequence.header.rates, sequence.header.layers
    else:
        facts, rates, layers = probe_clip(text), (), ()
    file, middle = _middle(facts)
    folder = os.path.dirname(file)
    sounds, clips = _beside(folder if facts.sequence is None else [folder, os.path.dirname(folder)], file)
    prefix = facts.sequence.layer_prefix if facts.sequence else ""
    thumbnail = read_thumbnail(file, middle, THUMBNAIL_BOX, prefix, facts.video.space)
    stem = stem_of(facts)
    return SourceInfo(text, facts, stem, folder, file, rates, thumbnail, sounds, clips, layers, unclear)


def _read_layer(text: str, layer: str) -> tuple[SequenceInfo, str]:
    """A sequence by the layer asked for; where that is not told, by the first there is, and the sentence why."""
    try:
        return read_sequence(find_as_it_is(text, layer)), ""
    except LayerUnclear as refused:
        if not refused.layers:
            raise
        return read_sequence(find_as_it_is(text, refused.layers[0])), str(refused)


def check_source(source: SourceInfo) -> None:
    """Decodes pictures of a clip to find damage; raises InputRefused. A sequence was read whole by read_source."""
    if source.facts.sequence is None:
        probe_media(source.text, None)


def check_reference(
    path: str, source: SourceInfo, rate: str | None, preset: Preset | None = None, frames: str | None = None
) -> ClipFacts:
    """The facts of a reference; raises InputRefused when it does not go with the encode, as the preset compares."""
    values = preset.values if preset else {}
    asked = AskedOf(str(values.get("gaps", STOP)), frames, str(values.get("layer", "")))
    pair = probe_pair(source.text, path, rate, asked)
    match_clips(pair.encode, pair.reference, values, frames)
    return pair.reference


def name_output(template: str, source: SourceInfo, preset: Preset, taken: Container[str] = ()) -> str:
    """Where an encode goes by a naming template of {stem}, {preset} and {folder}; `taken` are left free.

    Raises InputRefused for a template with other words.
    """
    words = {"stem": source.stem, "preset": preset.name, "folder": os.path.basename(source.folder)}
    parts = WORD.split(template)
    if any(word not in words for word in parts[1::2]) or any("{" in text or "}" in text for text in parts[::2]):
        raise InputRefused(f"The template {quoted(template)} may hold {{stem}}, {{preset}} and {{folder}} only.")
    name = "".join(words[part] if place % 2 else part for place, part in enumerate(parts))
    if not name.strip() or "\0" in name:
        raise InputRefused("The template gives no name; write for example {stem}_{preset}.")
    ending = output_extensions(preset.values)[0]
    stem = os.path.normpath(os.path.join(source.folder, name))
    number, output = 1, stem + ending
    while output in taken:
        number += 1
        output = f"{stem}_{number}{ending}"
    return output


def check_place(output: str, preset: Preset, file: str) -> bool:
    """Whether a file is there already; raises InputRefused when the encode cannot go there."""
    check_output(output, preset, file)
    return os.path.exists(output)


def demo_source(settings: Settings) -> str:
    """A copy of the demo clip in a folder of the user's, so that what is made of it has a place."""
    folder = settings.home.state / "demo"
    clip = folder / "bigbuckbunny.mp4"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not clip.exists():
            write_atomically(str(clip), resource("demo/bigbuckbunny.mp4").read_bytes())
    except OSError as error:
        raise InputRefused(f"The demo clip cannot be copied to {folder}: {error.strerror}.") from None
    return str(clip)


def placed(settings: Settings, **place: str) -> Settings:
    """The settings for another show, shot, user or facility, with the presets of that show. Reads files."""
    given = {name: value for name, value in place.items() if value}
    if given.get("show", settings["show"]) == settings["show"]:
        return replace(settings, values={**settings.values, **given})
    return load_settings(**{**settings.values, **given})


def _middle(facts: ClipFacts) -> tuple[str, Fraction]:
    """A file, and the second in it, of a picture that is likely to show something."""
    if facts.sequence is None:
        return facts.path, facts.duration / 3
    numbers = facts.sequence.numbers
    return facts.sequence.file(numbers[len(numbers) // 3]), Fraction(0)


def _beside(folders: str | Sequence[str], file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sound files and clips in the folders, but not the file itself; a folder that cannot be listed holds none."""
    names: list[str] = []
    for folder in [folders] if isinstance(folders, str) else folders:
        try:
            names += [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if not name.startswith(".")]
        except OSError:
            continue
    others = [name for name in names if name != file]
    return tuple(_ending(others, SOUNDS)), tuple(_ending(others, CLIPS))


def _ending(paths: Iterable[str], endings: tuple[str, ...]) -> list[str]:
    return [path for path in paths if Path(path).suffix.lower() in endings]
