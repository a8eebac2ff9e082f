# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pairs as reviewers have them: how each is made, and the filters by which the right numbers are had.

The filters are written here by hand, from what is known of how a pair was made; none comes out of the program. They say
everything: colours, sizes, which frames.
"""

from dataclasses import dataclass, field

FRAMES = 18
SIZE = "192x112"
EXACT = "+accurate_rnd+full_chroma_int"


def source(size: str = SIZE, rate: str = "24", frames: int = FRAMES, *, after: str = "") -> tuple[str, ...]:
    """Motion, noise and a cut, in RGB: every picture differs from the one before, in colour too."""
    lively = f"noise=alls=14:allf=t+u:all_seed=3,negate=enable='between(n,7,11)'{after}"
    return ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate},trim=end_frame={frames},format=gbrp,{lively}")


def yuv(pix_fmt: str = "yuv420p", matrix: str = "bt709", range_: str = "tv", *, tagged: bool = True) -> tuple[str, ...]:
    """From RGB to YUV of a matrix and range, with its tags or without."""
    tags = tags_of(matrix, range_) if tagged else NO_TAGS
    kind = {"smpte170m": "bt601", "bt2020nc": "bt2020"}.get(matrix, matrix)
    return ("-vf", f"scale=out_color_matrix={kind}:out_range={range_}:flags=bicubic{EXACT},format={pix_fmt},{tags}")


def _with(arguments: tuple[str, ...], more: str) -> tuple[str, ...]:
    """The filters and some more behind them."""
    return arguments[0], f"{arguments[1]},{more}"


def tags_of(matrix: str = "bt709", range_: str = "tv") -> str:
    primaries = {"bt2020nc": "bt2020"}.get(matrix, matrix)
    transfer = {"bt2020nc": "bt709"}.get(matrix, matrix)
    return f"setparams=range={range_}:colorspace={matrix}:color_primaries={primaries}:color_trc={transfer}"


NO_TAGS = "setparams=range=unknown:colorspace=unknown:color_primaries=unknown:color_trc=unknown"


def scaled(
    pix_fmt: str, *, size: str = "", was: tuple[str, str] = ("bt709", "tv"), to: tuple[str, str] = ("bt709", "tv")
) -> str:
    """A conversion that is told everything, and the tags of what comes out."""
    names = {"smpte170m": "bt601", "bt2020nc": "bt2020"}
    source_matrix = "" if was[0] == "gbr" else f"in_color_matrix={names.get(was[0], was[0])}:"
    options = f"{size + ':' if size else ''}{source_matrix}in_range={was[1]}:"
    options += f"out_color_matrix={names.get(to[0], to[0])}:out_range={to[1]}:flags=bicubic{EXACT}"
    return f"scale={options},format={pix_fmt},{tags_of(*to)}"


# Of these the first takes limited range alone: ffmpeg converts what is full.
LOSSLESS, LOSSLESS_H264 = ("-c:v", "ffv1", "-g", "1"), ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0")
POOR_H264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "34")
POOR_H265 = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "36", "-x265-params", "log-level=none")


@dataclass(frozen=True)
class Clip:
    """ffmpeg's arguments before a clip's name, and the name's ending; unless it `stands_alone`, the clip it is made of
    comes before them: the reference for an encode, and for a remux a poor encode in Matroska."""

    ending: str
    arguments: tuple[str, ...]
    stands_alone: bool = False


@dataclass(frozen=True)
class Pair:
    """`encode` is made of the reference unless it says something else; `sides` are the right filters of both.

    `values` are what is set of the preset; `frames` the part that is compared; `scored` the frames both sides have.
    """

    name: str
    reference: Clip
    encode: Clip
    sides: tuple[str, str]
    values: dict[str, str] = field(default_factory=dict)
    rate: str = "24"
    frames: str = ""
    scored: tuple[int, int] = (1, FRAMES)
    is_quick: bool = False
    tolerance: float = 1e-4


SAME8 = (f"format=yuv420p,{tags_of()}",) * 2
REFERENCE = Clip(".mkv", (*source(), *yuv(), *LOSSLESS))


def encoded(name: str, ending: str, *arguments: str, sides: tuple[str, str] = SAME8, **more: object) -> Pair:
    return Pair(name, REFERENCE, Clip(ending, arguments), sides, **more)  # type: ignore[arg-type]  # a field each


def deep(pix_fmt: str) -> tuple[str, str]:
    """The encode is of more bits or chroma than its reference of 8 bits 4:2:0: both are brought to its format."""
    return f"format={pix_fmt},{tags_of()}", scaled(pix_fmt)


CODECS = (
    encoded("h264 mp4", ".mp4", *POOR_H264, is_quick=True),
    encoded("h264 mov", ".mov", *POOR_H264),
    encoded("h264 mkv", ".mkv", *POOR_H264),
    encoded("h264 ts", ".ts", *POOR_H264, "-bf", "2", is_quick=True),
    encoded("h264 m2ts", ".m2ts", *POOR_H264),
    encoded("h264 flv", ".flv", *POOR_H264),
    encoded("h264 avi", ".avi", *POOR_H264, "-bf", "0"),
    encoded("h264 nut", ".nut", *POOR_H264),
    encoded("h264 open gop", ".mp4", *POOR_H264, "-x264-params", "open-gop=1:keyint=6:bframes=3:scenecut=0"),
    encoded("h264 all key frames", ".mp4", *POOR_H264, "-g", "1"),
    encoded("h265 mp4", ".mp4", *POOR_H265),
    encoded("h265 mkv", ".mkv", *POOR_H265),
    encoded("h265 ts", ".ts", *POOR_H265),
    Pair("mpeg2 mxf", Clip(".mkv", (*source(rate="25"), *yuv(), *LOSSLESS)),
         Clip(".mxf", ("-c:v", "mpeg2video", "-q:v", "12", "-bf", "2")), SAME8, rate="25"),
    encoded("mpeg2 ts", ".ts", "-c:v", "mpeg2video", "-q:v", "12", "-bf", "2"),
    encoded("mpeg2 mpg", ".mpg", "-c:v", "mpeg2video", "-q:v", "12", "-bf", "2"),
    encoded("mpeg4 avi", ".avi", "-c:v", "mpeg4", "-q:v", "12", "-bf", "2"),
    encoded("mpeg4 mp4", ".mp4", "-c:v", "mpeg4", "-q:v", "12"),
    encoded("vp9 webm", ".webm", "-c:v", "libvpx-vp9", "-crf", "50", "-cpu-used", "8"),
    encoded("vp9 mkv", ".mkv", "-c:v", "libvpx-vp9", "-crf", "50", "-cpu-used", "8"),
    encoded("vp8 webm", ".webm", "-c:v", "libvpx", "-b:v", "200k", "-cpu-used", "8"),
    encoded("av1 mp4", ".mp4", "-c:v", "libaom-av1", "-crf", "50", "-cpu-used", "8", "-usage", "realtime"),
    encoded("theora ogv", ".ogv", "-c:v", "libtheora", "-q:v", "3"),
    encoded("ffv1 avi", ".avi", "-c:v", "ffv1"),
    encoded("huffyuv avi", ".avi", "-c:v", "ffvhuff"),
    encoded("utvideo avi", ".avi", "-c:v", "utvideo"),
    encoded("raw avi", ".avi", "-c:v", "rawvideo"),
    encoded("raw nut", ".nut", "-c:v", "rawvideo"),
    encoded("y4m", ".y4m"),
    encoded("prores mov", ".mov", "-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", sides=deep("yuv422p10le")),
    encoded("prores 4444 mov", ".mov", "-c:v", "prores_ks", "-pix_fmt", "yuv444p10le", sides=deep("yuv444p12le")),
    Pair("dnxhr mxf", Clip(".mkv", (*source("256x144"), *yuv(), *LOSSLESS)),
         Clip(".mxf", ("-c:v", "dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p")), deep("yuv422p")),
    encoded("v210 mov", ".mov", "-c:v", "v210", "-pix_fmt", "yuv422p10le", sides=deep("yuv422p10le")),
    encoded("cineform mov", ".mov", "-c:v", "cfhd", "-pix_fmt", "yuv422p10le", sides=deep("yuv422p10le")),
    encoded("jpeg 2000 mov", ".mov", "-c:v", "jpeg2000", "-pix_fmt", "yuv420p"),
    encoded("h264 10 bit", ".mp4", *POOR_H264, "-pix_fmt", "yuv420p10le", sides=deep("yuv420p10le")),
    encoded("h264 422", ".mp4", *POOR_H264, "-pix_fmt", "yuv422p", sides=deep("yuv422p")),
    encoded("h264 444", ".mp4", *POOR_H264, "-pix_fmt", "yuv444p", sides=deep("yuv444p")),
)  # fmt: skip


def coloured(
    name: str, reference: tuple[str, ...], encode: tuple[str, ...], sides: tuple[str, str], **more: object
) -> Pair:
    """A pair by the YUV of its reference and what is done to the encode, in files that keep tags, or say none."""
    made = Clip(".mkv", (*encode, *POOR_H264))
    return Pair(name, Clip(".mkv", (*source(), *reference, *LOSSLESS_H264)), made, sides, **more)  # type: ignore[arg-type]


FULL, SD, WIDE = ("bt709", "pc"), ("smpte170m", "tv"), ("bt2020nc", "tv")
UNTAGGED = ("-vf", NO_TAGS)


def both(pix_fmt: str, colour: tuple[str, str]) -> tuple[str, str]:
    return (f"format={pix_fmt},{tags_of(*colour)}",) * 2


TAGS = (
    coloured("nothing tagged", yuv(tagged=False), UNTAGGED, both("yuv420p", SD), is_quick=True),
    coloured("encode untagged", yuv(), UNTAGGED, SAME8, is_quick=True),
    coloured("reference untagged", yuv(tagged=False), ("-vf", tags_of()), SAME8),
    coloured("SD, tagged", yuv(matrix="smpte170m"), (), both("yuv420p", SD)),
    coloured("SD, encode untagged", yuv(matrix="smpte170m"), UNTAGGED, both("yuv420p", SD)),
    coloured("bt2020, tagged", yuv("yuv420p10le", "bt2020nc"), (), both("yuv420p10le", WIDE)),
    coloured("bt2020, encode untagged", yuv("yuv420p10le", "bt2020nc"), UNTAGGED, both("yuv420p10le", WIDE)),
    coloured("full range both", yuv(range_="pc"), (), both("yuv420p", FULL)),
    coloured("full range, encode untagged", yuv(range_="pc"), UNTAGGED, both("yuv420p", FULL)),
    coloured("full range reference, limited encode", yuv(range_="pc"), ("-vf", scaled("yuv420p", was=FULL)),
             (f"format=yuv420p,{tags_of()}", scaled("yuv420p", was=FULL)), is_quick=True),
    coloured("SD reference, HD matrix encode", yuv(matrix="smpte170m"), ("-vf", scaled("yuv420p", was=SD)),
             (f"format=yuv420p,{tags_of()}", scaled("yuv420p", was=SD))),
    coloured("10 bit reference, 8 bit encode", yuv("yuv420p10le"), ("-vf", scaled("yuv420p")),
             (scaled("yuv420p10le"), f"format=yuv420p10le,{tags_of()}")),
    coloured("422 reference, 420 encode", yuv("yuv422p"), ("-vf", scaled("yuv420p")),
             (f"format=yuv420p,{tags_of()}", scaled("yuv420p"))),
    Pair("RGB reference, tagged encode", Clip(".mkv", (*source(), "-pix_fmt", "gbrp", *LOSSLESS)),
         Clip(".mp4", (*yuv(), *POOR_H264)),
         (f"format=yuv420p,{tags_of()}", scaled("yuv420p", was=("gbr", "pc")))),
    Pair("RGB reference, untagged encode", Clip(".mkv", (*source(), "-pix_fmt", "gbrp", *LOSSLESS)),
         Clip(".mkv", (*yuv(tagged=False), *POOR_H264)),
         (f"format=yuv420p,{tags_of()}", scaled("yuv420p", was=("gbr", "pc")))),
    Pair("720 lines, nothing tagged", Clip(".mkv", (*source("1280x720"), *yuv(tagged=False), *LOSSLESS)),
         Clip(".mkv", (*UNTAGGED, *POOR_H264)), SAME8),
    Pair("576 lines, nothing tagged", Clip(".mkv", (*source("720x576"), *yuv(tagged=False), *LOSSLESS)),
         Clip(".mkv", (*UNTAGGED, *POOR_H264)), both("yuv420p", SD)),
)  # fmt: skip


def timed(name: str, rate: str, ending: str, *, reference: str = ".mp4", **more: object) -> Pair:
    """A film of a rate in two containers with other clocks."""
    made = Clip(reference, (*source(rate=rate), *yuv(), *LOSSLESS_H264))
    return Pair(name, made, Clip(ending, POOR_H264), SAME8, rate=rate, **more)  # type: ignore[arg-type]


REMUX = ("-c", "copy")
TIMES = (
    timed("23.976 mp4 and mkv", "24000/1001", ".mkv", is_quick=True),
    timed("23.976 mkv and mp4", "24000/1001", ".mp4", reference=".mkv"),
    timed("29.97 mov and mkv", "30000/1001", ".mkv", reference=".mov"),
    timed("59.94 mp4 and ts", "60000/1001", ".ts"),
    timed("25 mp4 and flv", "25", ".flv"),
    timed("48 mp4 and mkv", "48", ".mkv"),
    timed("50 mkv and mkv", "50", ".mkv", reference=".mkv"),
    Pair("23.976 through mkv into mp4", timed("", "24000/1001", "").reference, Clip(".mp4", REMUX),
         SAME8, rate="24000/1001"),
    Pair("29.97 through mkv into mov", timed("", "30000/1001", "").reference, Clip(".mov", REMUX),
         SAME8, rate="30000/1001"),
    Pair("a later start", REFERENCE, Clip(".mkv", (*POOR_H264, "-output_ts_offset", "1.48")), SAME8, is_quick=True),
    Pair("a part", REFERENCE, Clip(".mp4", POOR_H264), SAME8, frames="6-15"),
    Pair("a part that begins at a cut", REFERENCE, Clip(".mkv", POOR_H264), SAME8, frames="8-18"),
)  # fmt: skip
LARGE = "256x144"
LARGER = Clip(".mkv", (*source(LARGE), *yuv(), *LOSSLESS))


def sized(name: str, size: str, sides: tuple[str, str], *, after: str = "", **more: object) -> Pair:
    """An encode of another size ("256:144") than its reference of 256x144."""
    chain = f"{scaled('yuv420p', size=size)}{after}"
    return Pair(name, LARGER, Clip(".mp4", ("-vf", chain, *POOR_H264)), sides, **more)  # type: ignore[arg-type]


def cut(name: str, reference: tuple[str, ...], change: str, sides: tuple[str, str], **more: object) -> Pair:
    """An encode of which lines are left out, or to which lines are added."""
    made = Clip(".mkv", (*reference, *LOSSLESS_H264))
    return Pair(name, made, Clip(".mp4", ("-vf", change, *POOR_H264)), sides, **more)  # type: ignore[arg-type]


TO_LARGE = scaled("yuv420p", size="256:144")
ODD = (*source("257x145"), *yuv("yuv444p"))
WIDE_PICTURE = "256x112"
BARS = "pad=256:144:0:16:black"
GEOMETRY = (
    sized("half the size", "128:72", (TO_LARGE, SAME8[1]), is_quick=True),
    sized("twice the size", "512:288", (TO_LARGE, SAME8[1])),
    sized("half the size, reference to encode", "128:72", (SAME8[0], scaled("yuv420p", size="128:72")),
          values={"fit": "reference-to-encode"}),
    sized("anamorphic encode", "192:144", (TO_LARGE, SAME8[1]), after=",setsar=4/3"),
    cut("odd size, a line left out", ODD, f"crop=256:144:0:0,{scaled('yuv420p')}",
        (SAME8[0], f"crop=256:144:0:0,{scaled('yuv420p')}"), is_quick=True),
    cut("black bars of the reference", (*source(WIDE_PICTURE), *_with(yuv(), BARS)), "crop=256:112:0:16",
        (SAME8[0], f"crop=256:112:0:16,{SAME8[1]}"), is_quick=True),
    cut("black bars of the encode", (*source(WIDE_PICTURE), *yuv()), BARS, (f"crop=256:112:0:16,{SAME8[0]}", SAME8[1]),
        is_quick=True),
    # The filter has no odd place for a picture whose chroma is halved: of 17 lines it makes 16.
    cut("odd bars of the encode", (*source("256x110"), *yuv()), "pad=256:144:0:17:black",
        (f"crop=256:110:0:16,{SAME8[0]}", SAME8[1]), is_quick=True),
    cut("a part that is given", (*source(LARGE), *yuv()), "crop=128:72:64:36",
        (SAME8[0], f"crop=128:72:64:36,{SAME8[1]}"), values={"crop": "128x72+64+36"}),
)  # fmt: skip


def late(pictures: int) -> str:
    return f"trim=start_frame={pictures},setpts=PTS-STARTPTS,"


LONGER = Clip(".mp4", (*source(frames=FRAMES + 2), *yuv(), *POOR_H264), stands_alone=True)
VARIABLE = ("-vf", "setpts=N*(N+40)/40/24/TB", "-fps_mode", "vfr")
LENGTHS = (
    Pair("two pictures more", REFERENCE, LONGER, (f"trim=end_frame={FRAMES},{SAME8[0]}", SAME8[1])),
    encoded("two pictures less", ".mp4", *POOR_H264, "-frames:v", "16",
            sides=(SAME8[0], f"trim=end_frame=16,{SAME8[1]}"), scored=(1, 16), is_quick=True),
    encoded("three black pictures first", ".mp4", "-vf", "tpad=start=3:color=black", *POOR_H264,
            sides=(f"{late(3)}{SAME8[0]}", SAME8[1]), is_quick=True),
    encoded("three black pictures first, said so", ".mkv", "-vf", "tpad=start=3:color=black", *POOR_H264,
            sides=(f"{late(3)}{SAME8[0]}", SAME8[1]), values={"offset": "3"}),
    encoded("the first two missing", ".mp4", "-vf", "trim=start_frame=2,setpts=PTS-STARTPTS", *POOR_H264,
            sides=(SAME8[0], f"{late(2)}{SAME8[1]}"), scored=(3, FRAMES)),
    encoded("23.976 beside 24", ".mp4", "-vf", "setpts=N*1001/24000/TB", "-r", "24000/1001", *POOR_H264,
            is_quick=True),
    Pair("variable rate, equal times",
         Clip(".mkv", (*source(), *_with(yuv(), VARIABLE[1]), *VARIABLE[2:], *LOSSLESS_H264)),
         Clip(".mkv", ("-fps_mode", "passthrough", *POOR_H264)), SAME8),
)  # fmt: skip
PQ = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=smpte2084"
# What is refused as it stands, by words of the sentence, and what its way out sets; then the pair has its right number.
REFUSED = (
    ("HDR beside SDR", encoded("wrongly tagged HDR", ".mkv", "-vf", PQ, *POOR_H264,
                               values={"encode_tags": "transfer:bt709"}), {}, r"HDR.*encode_tags"),
    ("too small for a model", encoded("another model", ".mp4", *POOR_H264, values={"models": "vmaf_v0.6.1"}),
     {"models": "vmaf_v1.0.16_5d0h"}, r"too small for vmaf_v1.*set vmaf_v0\.6\.1 in models"),
    ("a longer encode, to the frame", Pair("longer, common part", REFERENCE, LONGER,
                                           (f"trim=end_frame={FRAMES},{SAME8[0]}", SAME8[1]),
                                           values={"length": "common"}), {"length": "strict"}, "length=common"),
)  # fmt: skip
PAIRS = (*CODECS, *TAGS, *TIMES, *GEOMETRY, *LENGTHS)
