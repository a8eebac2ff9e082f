# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of codecs: which encoder makes them, in which container, from which pixel formats, by which options.

A new codec is one row; nothing else in the program asks for a codec by its name. Its encoder must be in the ffmpeg of
the hosts (docker/ffmpeg/ builds that of the image).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cueffmpeg_gui.media.value_types import Number, OneOf, Reader


@dataclass(frozen=True)
class Container:
    """A family of files: what a demuxer calls it, and the arguments that finish such a file."""

    name: str
    arguments: tuple[str, ...]


# The index at the front, so that players need not read to the end; and tags of any name.
MOV = Container("mov", ("-movflags", "+faststart+use_metadata_tags"))


@dataclass(frozen=True)
class Codec:
    """One video codec. `options` turns preset values into ffmpeg arguments, `extra` follow them always.

    The first pixel format and the first ending are the usual ones. `quality` is the range of crf, best first;
    `stream_codec` and `stream_tag` are what the stream is called inside the file. `skips_pictures`: whether a picture
    that is marked as needed by no other really is not, so that a decoder may leave it out. `interlaced` are the
    arguments with which frames of two woven fields say so; without them the codec has no such frames.
    """

    name: str
    encoder: str
    stream_codec: str
    extensions: tuple[str, ...]
    pix_fmts: tuple[str, ...]
    options: Callable[["Codec", Mapping[str, Any]], list[str]]
    keys: tuple[str, ...]
    quality: tuple[float, float] = (0, 0)
    speeds: tuple[str, ...] = ()
    usual_speed: str = ""
    profiles: Mapping[str, str] = field(default_factory=dict)
    usual_profile: str = ""
    stream_tag: str = ""
    extra: tuple[str, ...] = ()
    interlaced: tuple[str, ...] = ()
    container: Container = MOV
    skips_pictures: bool = False

    @property
    def has_quality(self) -> bool:
        """Whether it aims at a quality or a bit rate; others take what their profile says."""
        return "crf" in self.keys

    @property
    def tag_arguments(self) -> list[str]:
        """What names the stream as players want it; also where it is only copied."""
        return ["-tag:v", self.stream_tag] if self.stream_tag else []

    def arguments(self, values: Mapping[str, Any]) -> list[str]:
        """Encoder and options for preset values."""
        return ["-c:v", self.encoder, *self.options(self, values), *self.tag_arguments, *self.extra]

    def reader_of(self, key: str, usual: Reader) -> Reader:
        """What fits for a parameter with this codec: its own range or words, or the usual."""
        return self._readers.get(key, usual)

    @property
    def _readers(self) -> dict[str, Reader]:
        return {
            "crf": Number(*self.quality, whole=False),
            "speed": OneOf(self.speeds),
            "profile": OneOf(tuple(self.profiles)),
            "pix_fmt": OneOf(self.pix_fmts),
            "codec": OneOf(tuple(other.name for other in CODECS.values() if set(other.keys) == set(self.keys))),
            "audio_codec": OneOf(tuple(name for name, audio in AUDIO_CODECS.items() if audio.goes_with(self))),
        }


@dataclass(frozen=True)
class AudioCodec:
    """One audio codec; `extensions` are the containers it may go into, `max_channels` those of one stream."""

    encoder: str
    extensions: tuple[str, ...]
    has_bitrate: bool = False
    max_channels: int = 64

    def goes_with(self, codec: Codec) -> bool:
        """Whether there is a container for both."""
        return bool(set(self.extensions) & set(codec.extensions))


def _by_quality(codec: Codec, values: Mapping[str, Any]) -> list[str]:
    arguments = ["-preset", str(values.get("speed", codec.usual_speed))]
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


def _by_profile(codec: Codec, values: Mapping[str, Any]) -> list[str]:
    return ["-profile:v", codec.profiles[values.get("profile", codec.usual_profile)]]


WOVEN = ("-flags:v", "+ildct+ilme")
QUALITY_KEYS = ("crf", "max_bitrate", "bitrate", "two_pass", "speed", "gop")
YUV_8 = ("yuv420p", "yuv422p", "yuv444p")
YUV_10 = ("yuv420p10le", "yuv422p10le", "yuv444p10le")
X26_SPEEDS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")
CODECS: dict[str, Codec] = {
    codec.name: codec
    for codec in (
        Codec(
            "h264", "libx264", "h264", (".mp4", ".mov"), (*YUV_8, *YUV_10), _by_quality, QUALITY_KEYS,
            quality=(0, 51), speeds=X26_SPEEDS, usual_speed="medium", skips_pictures=True,
            interlaced=WOVEN,
        ),
        Codec(
            "h265", "libx265", "hevc", (".mp4", ".mov"), (*YUV_8, *YUV_10), _by_quality, QUALITY_KEYS,
            quality=(0, 51), speeds=X26_SPEEDS, usual_speed="medium",
            stream_tag="hvc1", extra=("-x265-params", "log-level=error"),
        ),
        Codec(
            "prores", "prores_ks", "prores", (".mov",), ("yuv422p10le",), _by_profile, ("profile",),
            profiles={"proxy": "0", "lt": "1", "standard": "2", "hq": "3"}, usual_profile="hq",
            extra=("-vendor", "apl0"), interlaced=WOVEN,
        ),
    )
}  # fmt: skip
NO_AUDIO = "none"
AUDIO_CODECS: dict[str, AudioCodec] = {
    "aac": AudioCodec("aac", (".mp4", ".mov"), has_bitrate=True, max_channels=8),
    "pcm_s24le": AudioCodec("pcm_s24le", (".mov",)),
    NO_AUDIO: AudioCodec("", (".mp4", ".mov")),
}
# Keys that some codecs have and others do not.
OWN_KEYS = frozenset(key for codec in CODECS.values() for key in codec.keys)


def can_skip_pictures(stream_codec: str) -> bool:
    """Whether a decoder may leave out pictures that are marked as needed by no other (H.264: nal_ref_idc is 0)."""
    return any(codec.skips_pictures for codec in CODECS.values() if codec.stream_codec == stream_codec)


def any_quality() -> Number:
    """A crf that some codec takes."""
    ranges = [codec.quality for codec in CODECS.values() if codec.has_quality]
    return Number(min(low for low, _ in ranges), max(high for _, high in ranges), whole=False)


def any_of(words: Callable[[Codec], Iterable[str]]) -> OneOf:
    """A word that some codec takes."""
    return OneOf(tuple(dict.fromkeys(word for codec in CODECS.values() for word in words(codec))))
