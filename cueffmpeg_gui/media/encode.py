# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The ffmpeg command lines of an encode. Pure: the same function serves the preview and the render host."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Optional

from cueffmpeg_gui.media.black_frames import black_out
from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS, NO_AUDIO, Codec
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import AudioFacts, ClipFacts, depth_of
from cueffmpeg_gui.media.filters import by_field, convert_video, read_as, retime_for_output, tag_colour
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.geometry import Geometry, plan_geometry
from cueffmpeg_gui.media.interlaced import deinterlace, with_neighbours
from cueffmpeg_gui.media.pair_fields import DEINTERLACE, FILTER
from cueffmpeg_gui.media.seek import ClipInput, clip_input
from cueffmpeg_gui.media.sound import FILL_GAPS, Sound, sound_arguments, sound_input
from cueffmpeg_gui.media.timing import advance_timecode, ticks_per_frame, timescale
from cueffmpeg_gui.media.view_filters import view_filters

QUIET = ["-nostdin", "-nostats", "-v", "error", "-progress", "pipe:1", "-stats_period", "0.5", "-xerror"]
# Brands of the source's container would be written into ours beside our own.
FOREIGN_TAGS = ("major_brand", "minor_version", "compatible_brands")


@dataclass(frozen=True)
class EncodeTask:
    """One encode: frames (in its own numbers) of a source by preset values, labelled "preset@version".

    `sound` comes from a file of its own; without it the source's streams are kept as they lie to the picture.
    """

    source: ClipFacts
    frames: FrameRange
    values: Mapping[str, Any]
    label: str
    sound: Optional[Sound] = None

    @property
    def codec(self) -> Codec:
        """What the picture becomes."""
        return CODECS[self.values["codec"]]

    @property
    def geometry(self) -> Geometry:
        """Sizes from source to output."""
        return plan_geometry(self.source.video, self.values)

    @property
    def colour(self) -> Colour:
        """The tags the output must carry."""
        return self.source.video.seen.film_colour

    @property
    def timecode(self) -> Optional[str]:
        """The timecode of the first frame of the output."""
        source = self.source
        return advance_timecode(
            source.timecode, source.number_of(self.frames.first) - source.span.first, source.video.rate
        )

    @property
    def deinterlaces(self) -> bool:
        """Whether whole pictures are made of woven fields."""
        return self.source.video.interlaced and self.values.get("interlaced") == DEINTERLACE

    @property
    def read(self) -> FrameRange:
        """The frames that are read to make these."""
        return with_neighbours(self.source.frames, self.frames) if self.deinterlaces else self.frames

    @property
    def is_whole(self) -> bool:
        """Whether every frame of the source is meant."""
        return self.frames == self.source.frames

    @property
    def keeps_start(self) -> bool:
        """Whether what comes before the first picture stays, as it is in the source; not where pictures are lost."""
        return self.is_whole and not self.source.video.lost

    @property
    def audio(self) -> tuple[AudioFacts, ...]:
        """The streams of sound the output has."""
        if self.values["audio_codec"] == NO_AUDIO:
            return ()
        return self.sound.streams if self.sound else self.source.audio


def build_encode(encode: EncodeTask, output: str, ffmpeg: str, threads: int, passlog: str = "pass") -> list[list[str]]:
    """The command lines, in order: one, or two for a two-pass bit rate (`passlog` is their shared file)."""
    found = _input(encode)
    sound = [*sound_input(encode.sound)] if encode.sound and encode.audio else []
    head = [ffmpeg, *QUIET, "-y", *found.arguments, *sound]
    video = [*_video(encode, found), "-threads", str(threads)]
    final = [*head, *video, *_audio(encode), *container_arguments(encode), output]
    if not encode.values.get("two_pass"):
        return [final]
    first = [*head, *video, "-pass", "1", "-passlogfile", passlog, "-an", "-f", "null", "-"]
    return [first, [*final[:-1], "-pass", "2", "-passlogfile", passlog, output]]


def build_chunk(encode: EncodeTask, output: str, ffmpeg: str, threads: int) -> list[str]:
    """The command line of one chunk: picture only, with clocks in which its length is a whole number."""
    found = _input(encode)
    clock = ["-movie_timescale", str(timescale(encode.source.video.rate)), "-map_metadata", "-1"]
    picture = [*_video(encode, found), "-threads", str(threads), "-an", *clock]
    return [ffmpeg, *QUIET, "-y", *found.arguments, *picture, output]


def settings_of(encode: EncodeTask, threads: int) -> list[str]:
    """All that must be equal in chunks that are joined: everything but which frames are read."""
    made_whole = (FILTER,) if encode.deinterlaces else ()
    return [*_video(encode, ClipInput((), made_whole)), "-threads", str(threads)]


def expected_facts(encode: EncodeTask, path: str) -> ClipFacts:
    """What the output will be, for what is planned on top of it; its bytes are not known yet."""
    source = encode.source.video
    width, height = encode.geometry.output
    pix_fmt, codec = encode.values["pix_fmt"], encode.codec
    video = replace(
        source,
        index=0,
        codec=encode.values["codec"],
        width=width,
        height=height,
        interlaced=keeps_fields(encode),
        rotation=0,
        crop=(0, 0, 0, 0),
        mirrored=False,
        frames=len(encode.frames),
        pix_fmt=pix_fmt,
        depth=depth_of(pix_fmt),
        is_rgb=False,
        has_alpha=False,
        tags=encode.colour,
        start=Fraction(0),
        site="",
        is_mixed=False,
        space="",
        repeats=None,
        view=None,
    )
    return ClipFacts(path, codec.container.name, 0, 0, len(encode.frames) / source.rate, video, (), encode.timecode)


def video_filter(encode: EncodeTask, found: ClipInput) -> str:
    """The filter chain from what is read to encoder frames."""
    video = encode.source.video
    geometry = encode.geometry
    return ",".join(
        [
            *read_as(video, video.colour),
            *found.filters,
            *retime_for_output(video, encode.keeps_start),
            *view_filters(video),
            *geometry.fix_filter,
            *_convert(encode),
            *tag_colour(encode.colour),
            *black_out(encode.source.sequence, found.frames, encode.colour, encode.values["pix_fmt"]),
        ]
    )


def _input(encode: EncodeTask) -> ClipInput:
    found = clip_input(encode.source, encode.read)
    if not encode.deinterlaces:
        return found
    return ClipInput(found.arguments, (*found.filters, *deinterlace(encode.read, encode.frames)))


def keeps_fields(encode: EncodeTask) -> bool:
    """Whether frames stay woven."""
    return encode.source.video.interlaced and not encode.deinterlaces


def _convert(encode: EncodeTask) -> list[str]:
    """Size and colour; the fields of interlaced frames each by itself, and square pixels stay square."""
    video, geometry = encode.source.video.seen, encode.geometry
    size = geometry.output if geometry.scales else None
    chain = convert_video(video, video.colour, encode.colour, encode.values["pix_fmt"], size)
    chain = by_field(chain) if keeps_fields(encode) else chain
    return [*chain, "setsar=1"] if geometry.scales and video.sample_aspect == 1 else chain


def _video(encode: EncodeTask, found: ClipInput) -> list[str]:
    codec = encode.codec
    video = encode.source.video
    timing = ["-fps_mode", "passthrough"]
    if video.constant_rate:
        timing += ["-enc_time_base", f"1:{timescale(video.rate)}", "-video_track_timescale", str(timescale(video.rate))]
        # The last picture lasts as long as the others, whatever a coarse clock made of it.
        timing += ["-bsf:v", f"setts=pts=PTS:dts=DTS:duration={ticks_per_frame(video.rate)}"]
    return [
        "-map", f"0:{video.index}", "-vf", video_filter(encode, found), *timing,
        *codec.arguments(encode.values), *(codec.interlaced if keeps_fields(encode) else ()),
    ]  # fmt: skip


def _audio(encode: EncodeTask) -> list[str]:
    if not encode.audio:
        return ["-an"]
    if encode.sound:
        return sound_arguments(encode.sound, encode.values, 1)
    audio = AUDIO_CODECS[encode.values["audio_codec"]]
    arguments = [argument for stream in encode.source.audio for argument in ("-map", f"0:{stream.index}")]
    arguments += ["-c:a", audio.encoder]
    if audio.has_bitrate:
        arguments += ["-b:a", encode.values["audio_bitrate"]]
    return [*arguments, "-af", FILL_GAPS if encode.keeps_start else f"{FILL_GAPS},{_sound_of(encode)}"]


def _sound_of(encode: EncodeTask) -> str:
    """The sound while the frames are shown; what starts after the first of them starts as much later again."""
    video = encode.source.video
    start, end = (f"{float(video.start + n / video.rate):.9f}" for n in (encode.frames.first - 1, encode.frames.last))
    return f"atrim={start}:{end},asetpts=PTS-{start}/TB"


def container_arguments(encode: EncodeTask) -> list[str]:
    """Metadata with preset and version, timecode, and the index at the front."""
    arguments = ["-map_metadata", "0", "-map_chapters", "-1"]
    for tag in (*FOREIGN_TAGS, "timecode"):
        arguments += ["-metadata", f"{tag}="]
    arguments += ["-metadata", f"cueffmpeg_preset={encode.label}"]
    if encode.timecode:
        arguments += ["-timecode", encode.timecode]
    return [*arguments, *encode.codec.container.arguments]
