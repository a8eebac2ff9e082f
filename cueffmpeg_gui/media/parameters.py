# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of everything a preset can say. Forms, validation, --set and documentation follow from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Optional, Union

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.chunks import SHORTEST
from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS, SPEEDS
from cueffmpeg_gui.media.metrics import METRICS, MODELS

Value = Union[str, int, float, bool, tuple[str, ...]]
BITRATE = re.compile(r"[1-9]\d*(\.\d+)?[kM]", re.ASCII)
TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One key of a preset: `read` turns text or a JSON value into the value, or raises ValueError saying what fits."""

    name: str
    step: str
    read: Callable[[Any], Value]
    help: str
    default: Optional[Value] = None
    choices: tuple[str, ...] = ()


def _choice(*choices: str) -> Callable[[Any], Value]:
    def read(value: Any) -> Value:
        if value not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return str(value)

    return read


def _choices(*choices: str) -> Callable[[Any], Value]:
    def read(value: Any) -> Value:
        items = [item for item in value.split(",") if item] if isinstance(value, str) else value
        if not isinstance(items, (list, tuple)) or any(item not in choices for item in items):
            raise ValueError("a list of " + ", ".join(choices))
        return tuple(dict.fromkeys(items))

    return read


def _some(*choices: str) -> Callable[[Any], Value]:
    several = _choices(*choices)

    def read(value: Any) -> Value:
        chosen = several(value)
        if not chosen:
            raise ValueError("at least one of " + ", ".join(choices))
        return chosen

    return read


def _number(low: float, high: float, whole: bool = True) -> Callable[[Any], Value]:
    kind = "a whole number" if whole else "a number"

    def read(value: Any) -> Value:
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = high + 1
        if isinstance(value, bool) or not low <= number <= high or (whole and number != int(number)):
            raise ValueError(f"{kind} from {low:g} to {high:g}")
        return int(number) if number == int(number) else number

    return read


def _bitrate(value: Any) -> Value:
    if not isinstance(value, str) or not BITRATE.fullmatch(value):
        raise ValueError("a bit rate like 8M or 192k")
    return value


def _chunk(value: Any) -> Value:
    if value in ("none", "auto"):
        return str(value)
    try:
        return _number(SHORTEST, 100000)(value)
    except ValueError as error:
        raise ValueError(f"none, auto or {error}") from None


def _truth(value: Any) -> Value:
    truth = value if isinstance(value, bool) else TRUTHS.get(str(value).lower())
    if truth is None:
        raise ValueError("true or false")
    return truth


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("codec", "encode", _choice(*CODECS), "video codec", "h264", tuple(CODECS)),
        Parameter("crf", "encode", _number(0, 51, whole=False), "constant quality: lower is better and larger"),
        Parameter("max_bitrate", "encode", _bitrate, "ceiling over constant quality, so that players keep up"),
        Parameter("bitrate", "encode", _bitrate, "average bits a second, instead of constant quality"),
        Parameter("two_pass", "encode", _truth, "encode twice to meet the bit rate", False),
        Parameter("speed", "encode", _choice(*SPEEDS), "slower makes the same picture smaller", None, SPEEDS),
        Parameter("profile", "encode", _choice("proxy", "lt", "standard", "hq"), "ProRes flavour"),
        Parameter("gop", "encode", _number(1, 1000), "frames between key frames: fewer seek faster"),
        Parameter("pix_fmt", "encode", str, "pixel format of the encode"),
        Parameter("max_height", "encode", _number(64, 8192), "taller pictures are scaled down to it"),
        Parameter("odd_size", "encode", _choice("crop", "pad"), "odd sizes: leave a line out, or add one", "crop"),
        Parameter("audio_codec", "encode", _choice(*AUDIO_CODECS), "audio codec", "aac", tuple(AUDIO_CODECS)),
        Parameter("audio_bitrate", "encode", _bitrate, "audio bits a second of each stream", "192k"),
        Parameter("sound_delay", "encode", _number(-3600, 3600, whole=False), "seconds that --audio begins late", 0),
        Parameter("timecode", "encode", str, "timecode of the source's first frame, instead of its own"),
        Parameter("models", "compare", _some(*MODELS), "VMAF models; the first leads", ("vmaf_v0.6.1",), tuple(MODELS)),
        Parameter("metrics", "compare", _choices(*METRICS), "more metrics beside VMAF", ("psnr",), tuple(METRICS)),
        Parameter("cores", "farm", _number(1, 24), "cores each cue frame asks for; a farm may grant more", 1),
        Parameter("threads", "farm", _number(1, 64), "threads of ffmpeg; equal threads give equal bytes", 4),
        Parameter("memory_mb", "farm", _number(256, 51200), "memory each cue frame asks for; unset: by size"),
        Parameter("chunk", "farm", _chunk, "frames a chunk: a number, auto, or none", "none"),
        Parameter(
            "stall_minutes", "farm", _number(1, 600), "minutes without progress after which ffmpeg is stopped", 10
        ),
    )
}


def read_value(name: str, value: Any, where: str) -> Value:
    """A checked value for a key; raises InputRefused naming the key, what fits, and the nearest real key."""
    parameter = PARAMETERS.get(name)
    if parameter is None:
        close = get_close_matches(name, PARAMETERS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else f" Known keys: {', '.join(PARAMETERS)}."
        raise InputRefused(f"{where} has no key {name!r}.{hint}")
    try:
        return parameter.read(value)
    except ValueError as error:
        raise InputRefused(f"{where}: {name} is {value!r}, but it must be {error}.") from None


def with_defaults(values: Mapping[str, Value], steps: tuple[str, ...]) -> dict[str, Value]:
    """The values with the defaults of the given steps filled in."""
    defaults = {p.name: p.default for p in PARAMETERS.values() if p.step in steps and p.default is not None}
    return {**defaults, **values}
