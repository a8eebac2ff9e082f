# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Small clips of every kind that matters, made by one table with ffmpeg's own sources."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RATES = ("12", "24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60")
CLICK_SECONDS = 0.4


def picture(frames: int = 24, rate: str = "24", size: str = "320x180", source: str = "testsrc2") -> list[str]:
    return ["-f", "lavfi", "-i", f"{source}=size={size}:rate={rate},trim=end_frame={frames}"]


def lively(frames: int = 48, rate: str = "24", size: str = "320x180", seed: int = 7) -> list[str]:
    """Motion, noise and two hard cuts: all that a score near the border of a chunk could depend on."""
    changes = f"noise=c0s=18:c0f=t+u:all_seed={seed},negate=enable='between(n,{frames // 3},{frames // 2})'"
    return ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate},trim=end_frame={frames},{changes}"]


def bars(matrix: str, frames: int = 8, size: str = "320x180") -> list[str]:
    """75 % colour bars in RGB, turned into YUV by `matrix` and tagged so."""
    graph = f"smptebars=size={size}:rate=24,trim=end_frame={frames},format=gbrp,scale=out_color_matrix={matrix}"
    return ["-f", "lavfi", "-i", graph]


def click(seconds: float = 1, layout: str = "stereo", at: float = CLICK_SECONDS) -> list[str]:
    """Silence but for one short burst, in each channel at the same time."""
    count = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    burst = f"if(between(t,{at},{at}+0.004),0.8*sin(9000*t),0)"
    return ["-f", "lavfi", "-i", f"aevalsrc='{'|'.join([burst] * count)}':s=48000:d={seconds}:c={layout}"]


H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "8", "-pix_fmt", "yuv420p"]
LOSSLESS = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"]
PRORES = ["-c:v", "prores_ks", "-profile:v", "2", "-pix_fmt", "yuv422p10le"]
ALPHA = ["-c:v", "prores_ks", "-pix_fmt", "yuva444p10le"]
AAC = ["-c:a", "aac", "-b:a", "192k"]
PCM = ["-c:a", "pcm_s24le"]


def tagged(matrix: str, range_: str = "tv") -> list[str]:
    return ["-vf", f"setparams=range={range_}:colorspace={matrix}:color_primaries={matrix}:color_trc={matrix}"]


@dataclass(frozen=True)
class Recipe:
    """How a clip is made: ffmpeg's arguments before the output's name, or a change to the bytes of another clip."""

    ending: str
    arguments: tuple[str, ...] = ()
    base: str | None = None
    change: Callable[[bytes], bytes] | None = None


def _clip(ending: str, *parts: list[str], base: str | None = None) -> Recipe:
    return Recipe(ending, tuple(argument for part in parts for argument in part), base)


def _damaged(base: str, ending: str, change: Callable[[bytes], bytes]) -> Recipe:
    return Recipe(ending, base=base, change=change)


def _cut(share: float) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(len(data) * share)]


def _scratched(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(200) + data[middle + 200 :]


RECIPES: dict[str, Recipe] = {
    "h264": _clip(".mp4", picture(48), click(2), H264, AAC),
    "late_click": _clip(".mp4", picture(96), click(4, at=3.4), H264, AAC),
    "late_click_mkv": _clip(".mkv", ["-itsoffset", "0.25"], picture(96), click(4, at=3.4), H264, AAC),
    "late_click_ts": _clip(".ts", ["-c", "copy"], base="late_click"),
    "h264_mkv": _clip(".mkv", ["-c", "copy"], base="h264"),
    "faststart": _clip(".mp4", ["-c", "copy", "-movflags", "+faststart"], base="h264"),
    "bframes": _clip(".mp4", picture(48), ["-c:v", "libx264", "-bf", "3", "-crf", "30", "-pix_fmt", "yuv420p"]),
    "bframes_mkv": _clip(".mkv", ["-c", "copy"], base="bframes"),
    "prores": _clip(
        ".mov", picture(), click(), tagged("bt709"), PRORES, PCM, ["-timecode", "01:02:03:04", "-metadata", "title=A"]
    ),
    "drop_frame": _clip(".mov", picture(30, "30000/1001"), PRORES, ["-timecode", "01:00:59;20"]),
    "dnxhr": _clip(
        ".mov", picture(8, source="smptebars"), ["-pix_fmt", "gbrp10le", "-c:v", "dnxhd", "-profile:v", "dnxhr_444"]
    ),
    "mpeg2": _clip(".mxf", picture(25, "25"), click(), ["-c:v", "mpeg2video", "-q:v", "2"], ["-c:a", "pcm_s16le"]),
    "sound_first": _clip(
        ".mkv", ["-itsoffset", "0.5"], picture(24), click(1.5), H264, ["-c:a", "pcm_s16le"]
    ),
    "picture_first": _clip(
        ".mkv", picture(36), ["-itsoffset", "0.5"], click(1), H264, ["-c:a", "pcm_s16le"]
    ),
    "odd_alpha": _clip(".mov", picture(8, size="641x361", source="testsrc"), ALPHA),
    "odd": _clip(".mp4", picture(12, size="321x181", source="testsrc"), LOSSLESS, ["-pix_fmt", "yuv444p"]),
    "qtrle": _clip(".mov", picture(8, source="smptebars"), ["-c:v", "qtrle", "-pix_fmt", "argb"]),
    "png": _clip(".mov", picture(8, source="smptebars"), ["-c:v", "png", "-pix_fmt", "rgb24"]),
    "bars_601": _clip(".mov", bars("bt601"), tagged("smpte170m"), LOSSLESS, ["-pix_fmt", "yuv420p"]),
    "bars_709": _clip(".mov", bars("bt709"), tagged("bt709"), LOSSLESS, ["-pix_fmt", "yuv420p"]),
    "bars_full": _clip(
        ".mov", bars("bt709:out_range=pc"), tagged("bt709", "pc"), LOSSLESS, ["-pix_fmt", "yuv420p"]
    ),
    "strange_matrix": _clip(
        ".mkv", picture(4), ["-vf", "format=yuv420p,setparams=colorspace=ycgco", "-c:v", "ffv1"]
    ),
    "bars_untagged": _clip(".mkv", bars("bt601"), LOSSLESS, ["-pix_fmt", "yuv420p"]),
    "turned": _clip(".mp4", ["-c", "copy"], base="h264"),
    "anamorphic": _clip(".mp4", picture(12), ["-vf", "setsar=16/15"], H264),
    "variable": _clip(".mp4", picture(24), ["-vf", "setpts=N*N/4/24/TB", "-fps_mode", "vfr"], H264),
    "interlaced": _clip(
        ".mp4", picture(24, "50"), ["-vf", "tinterlace=interleave_top", "-flags", "+ilme+ildct"], H264
    ),
    "ten_bit": _clip(".mp4", picture(24), ["-c:v", "libx264", "-crf", "4", "-pix_fmt", "yuv420p10le"]),
    "surround": _clip(".mov", picture(), click(layout="5.1"), PRORES, PCM),
    "channels_12": _clip(".mov", picture(12), ["-f", "lavfi", "-i", "anullsrc=cl=7.1.4:r=48000:d=0.5"], PRORES, PCM),
    "monos": _clip(
        ".mov", picture(), click(layout="mono"), click(layout="mono"), click(layout="mono"),
        ["-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:a"], PRORES, PCM,
        ["-metadata:s:a:0", "language=fra"],
    ),
    "edit_list": Recipe(".mp4", ("-c", "copy"), "h264"),
    "long_gop": _clip(".mp4", picture(60), ["-c:v", "libx264", "-crf", "20", "-pix_fmt", "yuv420p"]),
    "open_gop": _clip(
        ".mp4", picture(60), ["-c:v", "libx264", "-x264-params", "open-gop=1:keyint=12:bframes=3:b-pyramid=normal"],
        ["-pix_fmt", "yuv420p"],
    ),
    "open_gop_mkv": _clip(".mkv", ["-c", "copy"], base="open_gop"),
    "open_gop_ts": _clip(".ts", ["-c", "copy"], base="open_gop"),
    "refreshed": _clip(
        ".mp4", picture(60), ["-c:v", "libx264", "-x264-params", "intra-refresh=1:keyint=20", "-pix_fmt", "yuv420p"]
    ),
    "hevc": _clip(
        ".mp4", picture(48), ["-c:v", "libx265", "-x265-params", "log-level=none:open-gop=1:keyint=12"]
    ),
    "mpeg4_avi": _clip(".avi", picture(40), ["-c:v", "mpeg4", "-bf", "2", "-g", "12"]),
    "mjpeg": _clip(".avi", picture(16, size="96x64"), ["-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj444p"]),
    "slide_show": _clip(".mp4", picture(4, "1"), H264),
    "tiny": _clip(".mp4", picture(4, size="16x16"), H264),
    "still": _clip(".mp4", picture(1), H264),
    "sound_only": _clip(".wav", click()),
    "bad_metadata": Recipe(".mp4", base="h264"),
    "no_timecode": _clip(".mkv", ["-c", "copy", "-metadata", "timecode=01:00:00;00"], base="h264"),
    "subtitled": Recipe(".mkv", base="h264"),
    "cut_mov": _damaged("prores", ".mov", _cut(0.6)),
    "cut_mp4": _damaged("faststart", ".mp4", _cut(0.6)),
    "cut_mkv": _damaged("h264_mkv", ".mkv", _cut(0.6)),
    "slightly_cut_mkv": _damaged("h264_mkv", ".mkv", _cut(0.9)),
    "scratched": _damaged("faststart", ".mp4", _scratched),
    "empty": _damaged("h264", ".mp4", lambda data: b""),
    "text": _damaged("h264", ".mp4", lambda data: b"This is no film.\n"),
    **{f"rate_{rate}": _clip(".mov", picture(12, rate), LOSSLESS, ["-pix_fmt", "yuv420p"]) for rate in RATES},
}  # fmt: skip

# Options that belong before the input.
BEFORE: dict[str, list[str]] = {
    "turned": ["-display_rotation", "90"],
    "edit_list": ["-ss", "0.25"],
}
SUBTITLES = "1\n00:00:00,000 --> 00:00:05,000\nlonger than the picture\n"


class Clips:
    """Makes each clip the first time it is asked for."""

    def __init__(self, folder: Path, ffmpeg: str) -> None:
        self.folder = folder
        self.ffmpeg = ffmpeg

    def __call__(self, name: str) -> Path:
        recipe = RECIPES[name]
        path = self.folder / (name.replace("/", "_") + recipe.ending)
        if not path.exists():
            self._make(name, recipe, path)
        return path

    def sequence(self, folder: Path, pictures: list[str], first: int = 1001, pix_fmt: str = "gbrp10be") -> str:
        """An image sequence of DPX files in a folder; returns its name."""
        folder.mkdir(parents=True, exist_ok=True)
        graph = f"scale=out_range=pc:flags=accurate_rnd+full_chroma_int,format={pix_fmt}"
        pattern = str(folder).replace("%", "%%") + "/shot.%04d.dpx"
        self.run([*pictures, "-vf", graph, "-start_number", str(first), pattern])
        return f"{folder}/shot.####.dpx"

    def _make(self, name: str, recipe: Recipe, path: Path) -> None:
        if recipe.change and recipe.base:
            path.write_bytes(recipe.change(self(recipe.base).read_bytes()))
            return
        base = ["-i", str(self(recipe.base))] if recipe.base else []
        self.run([*BEFORE.get(name, []), *base, *self._special(name), *recipe.arguments, str(path)])

    def _special(self, name: str) -> list[str | bytes]:
        if name == "bad_metadata":
            return ["-c", "copy", "-metadata", b"title=caf\xe9"]
        if name == "subtitled":
            subtitles = self.folder / "subtitles.srt"
            subtitles.write_text(SUBTITLES)
            return ["-i", str(subtitles), "-map", "0", "-map", "1", "-c", "copy"]
        return []

    def run(self, arguments: list[str | bytes]) -> None:
        subprocess.run([self.ffmpeg, "-nostdin", "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)
