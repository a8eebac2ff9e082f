# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sources as they come: trimmed, cut into, turned, with gaps, through a pipe, and changing on their way."""

import struct
from pathlib import Path

import numpy as np
from clip_sources import FULL_709, MJPEG, clip
from source import BT601, BURSTS, Maker, Source, burst_input
from truth import FRAMES

PRORES = "-c:v prores_ks -profile:v 3 -video_track_timescale 24000 -movie_timescale 24000"
X264 = "-c:v libx264 -qp 0 -preset ultrafast -g 8 -bf 0 -sc_threshold 0"
LONG = list(range(FRAMES)) + list(range(8))
TICKS = 1000


def edited(*edits: tuple[int, int], sound: str = "") -> "object":
    """A MOV that shows parts of its pictures: first and count of each, or -1 and a count for nothing."""

    def make(maker: Maker) -> str:
        path = Path(maker.clip(".mov", PRORES, "yuv422p10le", sound=sound))
        entries = [
            struct.pack(">Iihh", count * TICKS, -1 if first < 0 else first * TICKS, 1, 0) for first, count in edits
        ]
        content = struct.pack(">II", 0, len(entries)) + b"".join(entries)
        path.write_bytes(_with_edits(path.read_bytes(), struct.pack(">I", 8 + len(content)) + b"elst" + content))
        return str(path)

    return make


def _with_edits(data: bytes, box: bytes) -> bytes:
    """The file with another edit list in its first track; the index is at its end, so nothing else moves."""
    at = data.index(b"elst") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    more = len(box) - size
    data = data[:at] + box + data[at + size :]
    for name in (b"moov", b"trak", b"edts"):
        place = data.index(name) - 4
        longer = int.from_bytes(data[place : place + 4], "big") + more
        data = data[:place] + struct.pack(">I", longer) + data[place + 4 :]
    return data


def cut_ts(maker: Maker) -> str:
    """Begins with the fifth picture; the next that stands alone is the ninth."""
    path = maker.clip(".ts", f"{X264} -pat_period 0.05", numbers=LONG, sound="-c:a aac")
    data = Path(path).read_bytes()
    packets = [data[at : at + 188] for at in range(0, len(data), 188)]
    starts = [n for n, p in enumerate(packets) if p[1] & 0x40 and (p[1] & 0x1F) << 8 | p[2] == 0x100]
    Path(path).write_bytes(b"".join(packets[:3] + packets[starts[4] :]))
    return path


def cut_mkv(maker: Maker) -> str:
    path = maker.clip(".mkv", X264, numbers=LONG, sound="-c:a pcm_s16le")
    return maker.change(path, ".mkv", "-ss", "0.16", "-c", "copy", "-copyinkf")


def skipping_avi(maker: Maker) -> str:
    """Pictures 3, 4 and 9 are empty."""
    return maker.clip(".avi", "-c:v utvideo", "gbrp", chain="select=not(eq(n\\,3)+eq(n\\,4)+eq(n\\,9))",
                      sound="-c:a pcm_s16le")  # fmt: skip


def piped_wav(zero: bool) -> "object":
    """A WAV whose writer could not go back to say how long it is."""

    def make(maker: Maker) -> str:
        path = maker.folder / "sound.wav"
        maker.run(*burst_input(1), "-c:a", "pcm_s16le", str(path))
        data = bytearray(path.read_bytes())
        size = 0 if zero else 0xFFFFFFFF
        at = data.index(b"data") + 4
        struct.pack_into("<I", data, 4, size)
        struct.pack_into("<I", data, at, size)
        path.write_bytes(data)
        return maker.clip(".mkv", "-c:v ffv1 -g 1")

    return make


def joined(ending: str, *parts: tuple[str, str, dict[str, object]]) -> "object":
    """Streams of bytes one after the other, as cat makes them."""

    def make(maker: Maker) -> str:
        data = b""
        for codec, pix_fmt, how in parts:
            data += Path(maker.clip(ending, codec, pix_fmt, **how)).read_bytes()  # type: ignore[arg-type]  # words of a table
        path = maker.folder / f"joined{ending}"
        path.write_bytes(data)
        return str(path)

    return make


def spliced(*parts: tuple[str, str, dict[str, object]]) -> "object":
    """A transport stream whose header changes on its way, with times that go on."""

    def make(maker: Maker) -> str:
        script = maker.folder / "parts.ffconcat"
        lines = ["ffconcat version 1.0"]
        for place, (codec, pix_fmt, how) in enumerate(parts):
            made = Path(maker.clip(".ts", codec, pix_fmt, **how))  # type: ignore[arg-type]  # words of a table
            lines.append(f"file '{made.rename(maker.folder / f'part{place}.ts')}'")
        script.write_text("\n".join(lines))
        path = maker.path(".ts")
        maker.run("-f", "concat", "-safe", "0", "-i", str(script), "-c", "copy", path)
        return path

    return make


def mixed(ending: str, *kinds: tuple[str, str, int, dict[str, object]]) -> "object":
    """A sequence of several kinds of pictures: encoder, format and how many of each."""

    def make(maker: Maker) -> str:
        done, name = 0, ""
        for codec, pix_fmt, count, how in kinds:
            words = {"numbers": range(done, done + count), "first": 1001 + done, **how}
            name = maker.stills(ending, codec, pix_fmt, **words)  # type: ignore[arg-type]  # words of a table
            done += count
        return name

    return make


def mixed_mjpeg(maker: Maker) -> str:
    name = mixed(".jpg", (MJPEG, "yuv420p", 5, JFIF), (MJPEG, "yuv444p", 2, JFIF), (MJPEG, "yuv420p", 9, JFIF))(maker)  # type: ignore[operator]
    path = maker.path(".mov")
    maker.run("-f", "mjpeg", "-framerate", "24", "-i", _one_file(name, maker), "-c", "copy", path)
    return path


def _one_file(name: str, maker: Maker) -> str:
    target = maker.folder / "all.mjpeg"
    target.write_bytes(b"".join(path.read_bytes() for path in sorted(maker.folder.glob("shot.*.jpg"))))
    for path in maker.folder.glob("shot.*.jpg"):
        path.unlink()
    return str(target)


def below_zero(maker: Maker) -> str:
    """shot.-0004.png to shot.0011.png, as a simulation's run-up is numbered."""
    maker.stills(".png", "-c:v png")
    for place, path in enumerate(sorted(maker.folder.glob("shot.*.png"))):
        number = place - 4
        path.rename(maker.folder / f"shot.{'-' if number < 0 else ''}{abs(number):04d}.png")
    return f"{maker.folder}/shot.####.png"


def turned(degrees: int, flip: str = "") -> "object":
    """As a phone held upright stores its pictures."""

    def make(maker: Maker) -> str:
        path = maker.clip(".mp4", X264)
        return maker.change(path, ".mp4", "-c", "copy", before=f"-display_rotation {degrees} {flip}")

    return make


JFIF = {"matrix": "smpte170m", "full": True, "chain": "setparams=range=pc", "site": "center"}
FULL = {"full": True, "chain": "setparams=range=pc"}
PNG, DEEP = ("-c:v png", "rgb24"), ("-c:v png -pix_fmt rgb48be", "rgb48be")
STREAM = f"{X264} -f h264"
ODDITIES = [
    Source("trimmed mov", edited((3, 9)), shown=tuple(range(3, 12)), is_quick=True),
    Source("two edits", edited((2, 4), (8, 8)), shown=(2, 3, 4, 5, *range(8, 16))),
    Source("two edits, the later first", edited((8, 8), (0, 4)), shown=(*range(8, 16), 0, 1, 2, 3)),
    Source("an empty edit", edited((-1, 6), (0, 16), sound="-c:a pcm_s16le"), bursts=(0.25,)),
    Source("ts from mid-gop", cut_ts, shown=tuple(LONG[8:]), bursts=(0.5 - 8 / 24,), note="its first 4 cannot be"),
    Source("mkv from mid-gop", cut_mkv, shown=tuple(LONG[8:]), bursts=(0.5 - 8 / 24,), note="cannot be decoded"),
    Source("avi with empty pictures", skipping_avi, shown=(0, 1, 2, 2, 2, 5, 6, 7, 8, 8, *range(10, 16)),
           bursts=BURSTS, note="empty"),
    Source("wav through a pipe", piped_wav(False), request={"audio": "sound.wav"}, bursts=BURSTS),
    Source("wav of length 0", piped_wav(True), request={"audio": "sound.wav"}, bursts=BURSTS),
    clip("dv avi ntsc", ".avi", "-c:v dvvideo", "yuv411p", size=(720, 480), rate="30000/1001", numbers=list(range(8)),
         source_tags=BT601, tags=BT601, near=6.0, aspect="8/9"),
    clip("dv mov pal", ".mov", "-c:v dvvideo", "yuv420p", size=(720, 576), rate="25", numbers=list(range(8)),
         site="topleft", source_tags=("tv", "bt470bg", "bt470bg", "smpte170m"),
         tags=("tv", "bt470bg", "bt470bg", "smpte170m"), near=6.0, aspect="16/15"),
    Source("png below zero", below_zero, is_quick=True),
    Source("png with one gray", mixed(".png", (*PNG, 5, {}), ("-c:v png", "gray", 1, FULL), (*PNG, 10, {})),
           gray_at=(5,), is_quick=True),
    Source("png with one alpha", mixed(".png", (*PNG, 5, {}), ("-c:v png", "rgba", 1, {}), (*PNG, 10, {})),
           note="alpha"),
    Source("png with deep ones", mixed(".png", (*PNG, 5, {}), (*DEEP, 9, {}), (*PNG, 2, {}))),
    Source("jpeg with two 444", mixed(".jpg", (MJPEG, "yuv420p", 5, JFIF), (MJPEG, "yuv444p", 2, JFIF),
           (MJPEG, "yuv420p", 9, JFIF)), near=3.0),
    Source("turned left", turned(90), turn=np.rot90),
    Source("turned right", turned(-90), turn=lambda p: np.rot90(p, -1)),
    Source("upside down", turned(180), turn=lambda p: p[::-1, ::-1]),
    Source("mirrored", turned(0, "-display_hflip"), turn=lambda p: p[:, ::-1], is_quick=True),
    clip("interlaced prores", ".mov", "-c:v prores_ks -profile:v 3 -flags +ildct", "yuv422p10le",
         chain="setfield=tff", note="The source is interlaced"),
    clip("interlaced mpeg-2", ".mxf", "-c:v mpeg2video -q:v 1 -qmin 1 -g 1 -flags +ildct+ilme", "yuv422p",
         chain="setfield=tff", rate="25", near=3.0, note="The source is interlaced"),
    Source("jpeg with one gray", mixed(".jpg", (MJPEG, "yuv420p", 9, JFIF), (MJPEG, "gray", 1, FULL),
           (MJPEG, "yuv420p", 6, JFIF)), near=3.0, gray_at=(9,)),
    Source("tiff deep from the ninth on", mixed(".tif", ("-c:v tiff", "rgb24", 8, {}),
           ("-c:v tiff -pix_fmt rgb48le", "rgb48le", 8, {}))),
    Source("tga with some alpha", mixed(".tga", ("-c:v targa -pix_fmt bgr24", "rgb24", 3, {}),
           ("-c:v targa -pix_fmt bgra", "rgba", 13, {})), note="alpha"),
    Source("trimmed mov with sound", edited((3, 13), sound="-c:a pcm_s16le"), shown=tuple(range(3, 16)),
           bursts=BURSTS),
    Source("mjpeg with two 444", mixed_mjpeg, near=3.0),
    Source("png of two sizes", mixed(".png", (*PNG, 5, {}), (*PNG, 11, {"size": (32, 24)})),
           refused=r"32x24.* where .* 64x48|64x48.* where .* 32x24"),
    Source("h264 of two sizes", joined(".h264", (STREAM, "yuv420p", {}), (STREAM, "yuv420p", {"size": (96, 64)})),
           refused="64x48.*96x64"),
    Source("ts of two sizes", spliced( (X264, "yuv420p", {}), (X264, "yuv420p", {"size": (96, 64)})),
           refused="64x48.*96x64"),
    Source("ts of two matrices", spliced( (X264, "yuv420p", {}), (X264, "yuv420p", {"tags": BT601})),
           refused="colour"),
    Source("ts of two ranges", spliced( (X264, "yuv420p", {}), (X264, "yuv420p", {"tags": FULL_709})),
           refused="colour|range"),
]  # fmt: skip
