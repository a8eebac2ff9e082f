# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of codecs: which encoder makes them, in which container, from which pixel formats, by which options."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

SPEEDS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")
PRORES_PROFILES = {"proxy": "0", "lt": "1", "standard": "2", "hq": "3"}
YUV_8 = ("yuv420p", "yuv422p", "yuv444p")
YUV_10 = ("yuv420p10le", "yuv422p10le", "yuv444p10le")


@dataclass(frozen=True)
class Codec:
    """One video codec. `options` turns preset values into ffmpeg arguments; the first pixel format is the default."""

    name: str
    encoder: str
    extensions: tuple[str, ...]
    pix_fmts: tuple[str, ...]
    options: Callable[[Mapping[str, Any]], list[str]]
    keys: tuple[str, ...]
    stream_codec: str


@dataclass(frozen=True)
class AudioCodec:
    """One audio codec; `extensions` are the containers it may go into, `max_channels` those of one stream."""

    encoder: str
    extensions: tuple[str, ...]
    has_bitrate: bool = False
    max_channels: int = 64


def _quality(values: Mapping[str, Any]) -> list[str]:
    arguments = ["-preset", str(values.get("speed", "medium"))]
    if "bitrate" in values:
        arguments += ["-b:v", values["bitrate"]]
    else:
        arguments += ["-crf", f"{values['crf']:g}"]
    if "max_bitrate" in values:
        arguments += ["-maxrate", values["max_bitrate"], "-bufsize", _doubled(values["max_bitrate"])]
    if "gop" in values:
        arguments += ["-g", str(values["gop"])]
    return arguments


def _doubled(bitrate: str) -> str:
    return f"{float(bitrate[:-1]) * 2:g}{bitrate[-1]}"


def _x265(values: Mapping[str, Any]) -> list[str]:
    return [*_quality(values), "-tag:v", "hvc1", "-x265-params", "log-level=error"]


def _prores(values: Mapping[str, Any]) -> list[str]:
    return ["-profile:v", PRORES_PROFILES[values.get("profile", "hq")], "-vendor", "apl0"]


QUALITY_KEYS = ("crf", "max_bitrate", "bitrate", "two_pass", "speed", "gop")
CODECS: dict[str, Codec] = {
    codec.name: codec
    for codec in (
        Codec("h264", "libx264", (".mp4", ".mov"), (*YUV_8, *YUV_10), _quality, QUALITY_KEYS, "h264"),
        Codec("h265", "libx265", (".mp4", ".mov"), (*YUV_8, *YUV_10), _x265, QUALITY_KEYS, "hevc"),
        Codec("prores", "prores_ks", (".mov",), ("yuv422p10le",), _prores, ("profile",), "prores"),
    )
}
AUDIO_CODECS: dict[str, AudioCodec] = {
    "aac": AudioCodec("aac", (".mp4", ".mov"), has_bitrate=True, max_channels=8),
    "pcm_s24le": AudioCodec("pcm_s24le", (".mov",)),
    "none": AudioCodec("", (".mp4", ".mov")),
}
