# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of everything a preset can say. Forms, validation, --set and documentation follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.chunks import SHORTEST
from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS, any_of, any_quality
from cueffmpeg_gui.media.colour_tags import ColourTags
from cueffmpeg_gui.media.gaps import POLICIES, STOP
from cueffmpeg_gui.media.interlaced import CHOICES
from cueffmpeg_gui.media.kinds import COMPARE, ENCODE, FARM, PAIR, SOURCE, JobKind
from cueffmpeg_gui.media.metrics import METRICS, MODELS
from cueffmpeg_gui.media.pair_facts import GRAVE
from cueffmpeg_gui.media.pair_fields import FIELDS, KEEP
from cueffmpeg_gui.media.pair_geometry import FITS, parse_box
from cueffmpeg_gui.media.pair_timing import LENGTHS
from cueffmpeg_gui.media.timing import TIMECODE
from cueffmpeg_gui.media.value_types import (
    Checked,
    Form,
    Number,
    OneOf,
    Reader,
    Several,
    Suggested,
    Thresholds,
    Truth,
    Value,
    WordOr,
)

BITRATE = Form(r"[1-9]\d*(\.\d+)?[kM]", "a bit rate like 8M or 192k")
PART = WordOr(("auto", "none"), Checked(parse_box))
OFFSET = WordOr(("auto",), Number(-1_000_000, 1_000_000))
TIMECODE_TEXT = Form(TIMECODE.pattern, "a timecode like 01:00:00:00, or 01:00:00;00 for drop-frame")
LAYER = Form(r"[ -~]{0,255}", "the name of a layer, in plain letters")
NAME = Form(r"[^\x00-\x1f\x7f]{1,500}", "a name")
# What sources are most often; any other word is a colour space of the config.
SPACES = ("display", "scene-linear", "cineon", "ADX10", "ACEScg", "ACES2065-1", "ARRI LogC3 (EI800)", "ARRI LogC4",
          "S-Log3 S-Gamut3.Cine", "Log3G10 REDWideGamutRGB", "V-Log V-Gamut", "CanonLog3 CinemaGamut D55")  # fmt: skip
CHUNK = WordOr(("none", "auto"), Number(SHORTEST, 100000))


@dataclass(frozen=True)
class Parameter:
    """One key of a preset; `group` is the step it belongs to, or FARM.

    `read` turns text or a JSON value into the value, or raises ValueError saying what fits.
    """

    name: str
    group: str
    read: Reader
    help: str
    default: Optional[Value] = None


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("codec", ENCODE, OneOf(tuple(CODECS)), "video codec", "h264"),
        Parameter("crf", ENCODE, any_quality(), "constant quality: lower is better and larger"),
        Parameter("max_bitrate", ENCODE, BITRATE, "ceiling over constant quality, so that players keep up"),
        Parameter("bitrate", ENCODE, BITRATE, "average bits a second, instead of constant quality"),
        Parameter("two_pass", ENCODE, Truth(), "encode twice to meet the bit rate", False),
        Parameter("speed", ENCODE, any_of(lambda codec: codec.speeds), "slower makes the same picture smaller"),
        Parameter("profile", ENCODE, any_of(lambda codec: codec.profiles), "ProRes flavour"),
        Parameter("gop", ENCODE, Number(1, 1000), "frames between key frames: fewer seek faster"),
        Parameter("pix_fmt", ENCODE, any_of(lambda codec: codec.pix_fmts), "pixel format of the encode"),
        Parameter("max_height", ENCODE, Number(64, 8192), "taller pictures are scaled down to it"),
        Parameter("odd_size", ENCODE, OneOf(("crop", "pad")), "odd sizes: leave a line out, or add one", "crop"),
        Parameter("interlaced", ENCODE, OneOf(CHOICES), "interlaced sources: keep fields woven, or deinterlace", KEEP),
        Parameter("audio_codec", ENCODE, OneOf(tuple(AUDIO_CODECS)), "audio codec", "aac"),
        Parameter("audio_bitrate", ENCODE, BITRATE, "audio bits a second of each stream", "192k"),
        Parameter("sound_delay", ENCODE, Number(-3600, 3600, whole=False), "seconds that --audio begins late", 0),
        Parameter("timecode", ENCODE, TIMECODE_TEXT, "timecode of the source's first frame, instead of its own"),
        Parameter(
            "models", COMPARE, Several(tuple(MODELS), some=True), "VMAF models; the first leads", ("vmaf_v0.6.1",)
        ),
        Parameter("metrics", COMPARE, Several(tuple(METRICS)), "more metrics beside VMAF", ("psnr",)),
        Parameter("every", COMPARE, Number(1, 100), "score only every n-th frame: quicker, blind between", 1),
        Parameter("compare_bits", COMPARE, Number(8, 16), "bits of the comparison, at least; unset: the deeper side's"),
        Parameter("encode_tags", PAIR, ColourTags(), "colour tags that a given encode should have, like range:pc"),
        Parameter("reference_tags", PAIR, ColourTags(), "colour tags that a given reference should have"),
        Parameter(
            "fit", COMPARE, OneOf(FITS), "of another size: who is scaled to whom, or both to the model's size", FITS[0]
        ),
        Parameter("crop", PAIR, PART, "part of the reference the encode shows; auto: inside black bars", "auto"),
        Parameter("encode_crop", PAIR, PART, "part of the encode that is compared; auto: inside black bars", "auto"),
        Parameter("offset", PAIR, OFFSET, "pictures the encode has before the reference's first, or lacks (-)", "auto"),
        Parameter(
            "length", PAIR, OneOf(LENGTHS), "when one side is longer: compare the common part, or refuse", LENGTHS[0]
        ),
        Parameter(
            "fields", PAIR, OneOf(FIELDS), "interlaced: like against like, keep woven, deinterlace both", FIELDS[0]
        ),
        Parameter("thresholds", COMPARE, Thresholds(), "what must be reached, like mean>=93,psnr_y.p1>=30"),
        Parameter("allow_faults", COMPARE, Several(GRAVE), "faults with which a pair may still reach its thresholds"),
        Parameter(
            "gaps", SOURCE, OneOf(tuple(POLICIES)), "frames that a sequence lacks; only: the others follow", STOP
        ),
        Parameter("layer", SOURCE, LAYER, "layer of an EXR that is the picture; unset: the obvious beauty"),
        Parameter("color", SOURCE, Suggested(SPACES, NAME), "what pixels are: display, or a space seen through a view"),
        Parameter("color_view", SOURCE, NAME, "OpenColorIO view; unset: the usual one of the config"),
        Parameter("color_display", SOURCE, NAME, "OpenColorIO display; unset: the usual one of the config"),
        Parameter("color_looks", SOURCE, NAME, "looks of the OpenColorIO config, with commas between"),
        Parameter("color_files", SOURCE, NAME, "CDL or LUT files of a look, with commas between"),
        Parameter("color_config", SOURCE, NAME, "OpenColorIO config: builtin or a path; unset: the setting ocio"),
        Parameter("cores", FARM, Number(1, 24), "cores each cue frame asks for; a farm may grant more", 1),
        Parameter("threads", FARM, Number(1, 64), "threads of ffmpeg; equal threads give equal bytes", 4),
        Parameter("memory_mb", FARM, Number(256, 51200), "memory each cue frame asks for; unset: by size"),
        Parameter("chunk", FARM, CHUNK, "frames a chunk: a number, auto, or none", "none"),
        Parameter("stall_minutes", FARM, Number(1, 600), "minutes without progress after which ffmpeg is stopped", 10),
    )
}


def read_value(name: str, value: Any, where: str) -> Value:
    """A checked value for a key; raises InputRefused naming the key, what fits, and the nearest real key."""
    parameter = PARAMETERS.get(name)
    if parameter is None:
        close = get_close_matches(name, PARAMETERS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else f" Known keys: {', '.join(PARAMETERS)}."
        raise InputRefused(f"{where} has no key {quoted(name)}.{hint}")
    try:
        return parameter.read(value)
    except ValueError as error:
        raise InputRefused(f"{where}: {name} is {quoted(value)}, but it must be {error}.") from None


def reader_for(parameter: Parameter, values: Mapping[str, Any]) -> Reader:
    """What fits for a parameter beside the others: a codec has ranges and words of its own."""
    codec = CODECS.get(str(values.get("codec")))
    return codec.reader_of(parameter.name, parameter.read) if codec else parameter.read


def with_defaults(values: Mapping[str, Value], kind: JobKind) -> dict[str, Value]:
    """The values with the defaults of a kind of job filled in."""
    groups = kind.parameter_groups
    defaults = {p.name: p.default for p in PARAMETERS.values() if p.group in groups and p.default is not None}
    return {**defaults, **values}
