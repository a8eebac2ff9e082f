# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What kind of field a parameter of the table wants. The refusals of the table's own readers say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS
from cueffmpeg_gui.media.metrics import METRICS, MODELS
from cueffmpeg_gui.media.parameters import PARAMETERS, Parameter
from cueffmpeg_gui.media.presets import Preset

NUMBER = re.compile(r"(a whole number|a number) from (\S+) to (\S+)")
LABELS = {
    "crf": "Quality (CRF)",
    "gop": "Key frame every",
    "pix_fmt": "Pixel format",
    "models": "VMAF models",
    "metrics": "More metrics",
    "memory_mb": "Memory (MB)",
    "stall_minutes": "Stalled after (minutes)",
    "max_bitrate": "Bit rate ceiling",
    "bitrate": "Bit rate",
    "two_pass": "Two passes",
    "audio_bitrate": "Audio bit rate",
    "odd_size": "Odd sizes",
    "sound_delay": "Sound begins late by (s)",
}
ITEM_LABELS = {**{name: model.label for name, model in MODELS.items()}, **{n: m.label for n, m in METRICS.items()}}
# Those most people turn stand open; the others behind a button.
FIRST = ("crf", "bitrate", "profile", "speed", "max_height", "audio_codec", "models", "metrics")
# Fields of their own elsewhere in the form.
ELSEWHERE = ("chunk",)


class Kind(Enum):
    """Which widget."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    SEVERAL = "several"


@dataclass(frozen=True)
class Shape:
    """What a field needs to know of its parameter."""

    name: str
    label: str
    help: str
    kind: Kind
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    is_whole: bool = True
    unset: str = ""


def shape_of(parameter: Parameter, values: Mapping[str, Any]) -> Shape:
    """The shape of a parameter among a preset's values."""
    name = parameter.name
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    choices = _choices(parameter, values)
    wants = _refusal(parameter)
    number = NUMBER.fullmatch(wants)
    if number:
        low, high = float(number[2]), float(number[3])
        unset = "" if name in values else "by size" if name == "memory_mb" else "not set"
        is_whole = number[1] == "a whole number"
        return Shape(name, label, parameter.help, Kind.NUMBER, (), low, high, is_whole, unset)
    kind = Kind.TEXT
    if wants.startswith(("a list of", "at least one of")):
        kind = Kind.SEVERAL
    elif wants == "true or false":
        kind = Kind.TRUTH
    elif choices:
        kind = Kind.CHOICE
    return Shape(name, label, parameter.help, kind, choices)


def shapes_of(preset: Preset) -> list[Shape]:
    """The fields of a preset, in the table's order: only what its kind and codec have."""
    return [
        shape_of(parameter, preset.values)
        for parameter in PARAMETERS.values()
        if parameter.step in (*preset.steps, "farm") and parameter.name not in ELSEWHERE and _fits(parameter, preset)
    ]


def _fits(parameter: Parameter, preset: Preset) -> bool:
    codec = CODECS.get(str(preset.values.get("codec")))
    of_codecs = {key for other in CODECS.values() for key in other.keys}
    if codec and parameter.name in of_codecs and parameter.name not in codec.keys:
        return False
    if parameter.name == "audio_bitrate":
        return AUDIO_CODECS[str(preset.values["audio_codec"])].has_bitrate
    return True


def _choices(parameter: Parameter, values: Mapping[str, Any]) -> tuple[str, ...]:
    codec = CODECS.get(str(values.get("codec")))
    if codec and parameter.name == "codec":
        return tuple(other.name for other in CODECS.values() if set(other.keys) == set(codec.keys))
    if codec and parameter.name == "pix_fmt":
        return codec.pix_fmts
    if codec and parameter.name == "audio_codec":
        return tuple(name for name, audio in AUDIO_CODECS.items() if set(audio.extensions) & set(codec.extensions))
    refusal = _refusal(parameter)
    if parameter.choices or not refusal.startswith("one of "):
        return parameter.choices
    return tuple(refusal.removeprefix("one of ").split(", "))


def _refusal(parameter: Parameter) -> str:
    try:
        parameter.read(object())
    except ValueError as error:
        return str(error)
    return ""
