# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which kind of field shows a parameter of the table: it follows from the type of its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS, OWN_KEYS
from cueffmpeg_gui.media.metrics import METRICS, MODELS
from cueffmpeg_gui.media.parameters import PARAMETERS, Parameter, reader_for
from cueffmpeg_gui.media.presets import Preset
from cueffmpeg_gui.media.value_types import Number, OneOf, Several, Suggested, Thresholds, Truth

LABELS = {
    "crf": "Quality (CRF)",
    "gop": "Key frame every",
    "pix_fmt": "Pixel format",
    "models": "VMAF models",
    "metrics": "More metrics",
    "thresholds": "Must reach",
    "memory_mb": "Memory (MB)",
    "stall_minutes": "Stalled after (minutes)",
    "max_bitrate": "Bit rate ceiling",
    "bitrate": "Bit rate",
    "two_pass": "Two passes",
    "audio_bitrate": "Audio bit rate",
    "odd_size": "Odd sizes",
    "interlaced": "Interlaced",
    "gaps": "Missing frames",
    "layer": "Layer of EXR",
    "color": "Colour of the source",
    "color_view": "View",
    "color_display": "Display",
    "color_looks": "Looks",
    "color_files": "CDL or LUT files",
    "color_config": "OpenColorIO config",
    "sound_delay": "Sound begins late by (s)",
}
ITEM_LABELS = {**{name: model.label for name, model in MODELS.items()}, **{n: m.label for n, m in METRICS.items()}}
# Those most people change are always shown; the others behind a button.
FIRST = ("crf", "bitrate", "profile", "speed", "max_height", "audio_codec", "models", "metrics", "thresholds")
# Shown by fields of their own elsewhere in the form.
ELSEWHERE = ("chunk",)


class FieldKind(Enum):
    """The kind of widget."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    SEVERAL = "several"
    LIST = "list"
    OPEN = "open choice"


FIELD_KINDS: dict[type, FieldKind] = {
    Several: FieldKind.SEVERAL,
    Truth: FieldKind.TRUTH,
    Thresholds: FieldKind.LIST,
    Suggested: FieldKind.OPEN,
}


@dataclass(frozen=True)
class ParameterField:
    """What a field shows and accepts."""

    name: str
    label: str
    help: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    is_whole: bool = True
    unset: str = ""


def parameter_field(parameter: Parameter, values: Mapping[str, Any]) -> ParameterField:
    """The field of a parameter among a preset's values."""
    name = parameter.name
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    reader = reader_for(parameter, values)
    if isinstance(reader, Number):
        unset = "" if name in values else "by size" if name == "memory_mb" else "not set"
        return ParameterField(
            name, label, parameter.help, FieldKind.NUMBER, (), reader.low, reader.high, reader.whole, unset
        )
    choices = reader.choices if isinstance(reader, (OneOf, Several)) else ()
    choices = reader.words if isinstance(reader, Suggested) else choices
    kind = FIELD_KINDS.get(type(reader), FieldKind.CHOICE if choices else FieldKind.TEXT)
    return ParameterField(name, label, parameter.help, kind, choices)


def parameter_fields(preset: Preset) -> list[ParameterField]:
    """The fields of a preset, in the table's order: only what its kind and codec have."""
    return [
        parameter_field(parameter, preset.values)
        for parameter in PARAMETERS.values()
        if parameter.group in preset.job_kind.parameter_groups
        and parameter.name not in ELSEWHERE
        and _fits(parameter, preset)
    ]


def _fits(parameter: Parameter, preset: Preset) -> bool:
    codec = CODECS.get(str(preset.values.get("codec")))
    if codec and parameter.name in OWN_KEYS and parameter.name not in codec.keys:
        return False
    if parameter.name == "audio_bitrate":
        return AUDIO_CODECS[str(preset.values["audio_codec"])].has_bitrate
    return True
