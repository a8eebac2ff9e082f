# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Films of every kind, ways to code them, and ways to spoil them: what the look at a pair must keep apart."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from clips import Clips

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_facts import PairFacts, judge_pair
from cueffmpeg_gui.media.pair_look import LOOK_FILES, look_graph, look_outputs
from cueffmpeg_gui.worker.compare_files import CompareFiles
from cueffmpeg_gui.worker.pair_look import read_look

SIZE, FRAMES = "256x144", 48
TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
DEMO = str(Path(__file__).parents[1] / "resources/demo/bigbuckbunny.mp4")
EVEN = f"size={SIZE}:rate=24"


@dataclass(frozen=True)
class Film:
    """ffmpeg's arguments for its input, and filters."""

    source: tuple[str, ...]
    chain: str = "null"


def made(graph: str) -> Film:
    return Film(("-f", "lavfi", "-i", graph))


def demo(chain: str = "null", start: int = 0) -> Film:
    return Film(("-ss", str(start), "-i", DEMO, "-an"), f"scale=256:144,{chain}")


FILMS = {
    "test picture": made(f"testsrc2={EVEN}"),
    "still but for a clock": made(f"testsrc={EVEN}"),
    "bars": made(f"smptebars={EVEN}"),
    "black": made(f"color=black:{EVEN}"),
    "zoom in a fractal": made(f"mandelbrot={EVEN}"),
    "life": made(f"life={EVEN}:seed=3:mold=10"),
    "hard life": made(f"life={EVEN}:seed=5:ratio=0.4"),
    "life, faded in": made(f"life={EVEN}:seed=3:mold=10,fade=in:0:20"),
    "automaton": made(f"cellauto={EVEN}:seed=5"),
    "noise": made(f"color=gray:{EVEN},noise=alls=40:allf=t:all_seed=3"),
    "full noise": made(f"color=gray:{EVEN},noise=alls=100:allf=t:all_seed=3"),
    "noise that stands": made(f"color=gray:{EVEN},noise=alls=60:all_seed=3"),
    "drawn on threes": made(f"testsrc2=size={SIZE}:rate=8,fps=24"),
    "life on threes": made(f"life=size={SIZE}:rate=8:seed=3:mold=10,fps=24"),
    "film": demo(),
    "later in the film": demo(start=3),
    "film on threes": demo("fps=8,fps=24"),
    "film on twos": demo("fps=12,fps=24"),
    "film with pulldown": demo("fps=18,fps=24"),
    "film, faded in": demo("fade=in:0:30"),
    "film, faded out": demo("fade=out:10:30"),
    "dark film": demo("lutyuv=y=16+(val-16)/6"),
    "film with grain": demo("noise=c0s=30:c0f=t:c0_seed=3"),
    "film without colour": demo("hue=s=0"),
    "slow film": demo("setpts=4*PTS,fps=24"),
    "shaken film": demo("pad=iw+8:ih+8:4:4,crop=256:144:4+4*sin(n*1.3):4+4*cos(n*1.7)"),
    "strobe": made(f"testsrc2={EVEN},negate=enable='mod(n,2)'"),
    "flashes": made(f"smptebars={EVEN},negate=enable='eq(mod(n,5),3)'"),
    "cuts": made(f"testsrc2={EVEN},negate=enable='lt(mod(n,6),3)',hflip=enable='lt(mod(n,4),2)'"),
    "pan": made(f"smptehdbars={EVEN},scroll=h=0.01:v=0.004"),
    "slow scroll": made(f"testsrc={EVEN},scroll=v=0.002"),
    "slow zoom": made(f"testsrc2={EVEN},zoompan=z='1+0.002*on':d=1:s={SIZE}:fps=24"),
    "title": made(f"color=black:{EVEN},drawbox=9:9:99:16:white:fill:enable='gt(n,6)'"),
    "bars, faded out": made(f"smptebars={EVEN},fade=out:0:40"),
    "bars with grain": made(f"smptebars={EVEN},noise=c0s=14:c0f=t:c0_seed=3"),
}


@dataclass(frozen=True)
class Coding:
    """Filters before the encoder, and its arguments."""

    encoder: tuple[str, ...]
    chain: str = "null"


def x264(crf: int, preset: str = "veryfast", chain: str = "null") -> Coding:
    return Coding(("-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-pix_fmt", "yuv420p"), chain)


CODINGS = {
    **{f"crf {crf}": x264(crf) for crf in (18, 35, 45, 51)},
    "crf 48 medium": x264(48, "medium"),
    "crf 51 ultrafast": x264(51, "ultrafast"),
    "crf 45 slower": x264(45, "slower"),
    "denoised": x264(40, chain="hqdn3d=8"),
    "H.265": Coding(("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:crf=45")),
    "MPEG-2": Coding(("-c:v", "mpeg2video", "-q:v", "31", "-bf", "2")),
    "half the size": x264(38, chain="scale=128:72:flags=bicubic,scale=256:144:flags=bicubic"),
    "starved": Coding(("-c:v", "libx264", "-b:v", "24k", "-pix_fmt", "yuv420p")),
}


@dataclass(frozen=True)
class Spoiling:
    """Filters, the coarsest crf at which it must be named, and the one up to which it must not be called in step."""

    chain: str
    named: int = 18
    told: int = 40


def shifted(first: int, last: int) -> str:
    """So many pictures more at the start, and less at the end, or the reverse."""
    return (
        f"trim=start_frame={last},setpts=PTS-STARTPTS,tpad=start={first}:start_mode=clone:stop={last}:stop_mode=clone"
    )


def matrix(name: str) -> str:
    return f"scale=in_color_matrix=bt709:out_color_matrix={name},format=yuv420p"


SPOILED = {
    "late": Spoiling(shifted(1, 0), 30),
    "late by five": Spoiling(shifted(5, 0), 30),
    "early": Spoiling(shifted(0, 1)),
    "early by three": Spoiling(shifted(0, 3), 30),
    "early by twelve": Spoiling(shifted(0, 12)),
    "one left out": Spoiling("select=not(eq(n\\,20)),setpts=N/24/TB,tpad=stop=1:stop_mode=clone"),
    "one doubled": Spoiling("split[a][b];[a][b]freezeframes=first=20:last=20:replace=19", told=18),
    "frozen": Spoiling("split[a][b];[a][b]freezeframes=first=30:last=47:replace=29"),
    "neighbours exchanged": Spoiling("shuffleframes=0 2 1 3"),
    "all neighbours exchanged": Spoiling("shuffleframes=1 0"),
    "backwards": Spoiling("reverse"),
    "full range": Spoiling("scale=in_range=tv:out_range=pc,format=yuv420p", 40),
    "limited range twice": Spoiling("scale=in_range=pc:out_range=tv,format=yuv420p", 30),
    "BT.601": Spoiling(matrix("bt601"), 30),
    "BT.2020": Spoiling(matrix("bt2020"), told=18),
    "graded": Spoiling("curves=all='0/0 0.3/0.5 1/1',format=yuv420p", 40),
    "chroma exchanged": Spoiling("swapuv", 40),
    "without colour": Spoiling("lutyuv=u=128:v=128", 40),
    "mirrored": Spoiling("hflip", 40),
    "moved": Spoiling("crop=240:144:16:0,pad=256:144", 40),
    "negative": Spoiling("negate", 40),
}
SPOILED_FILMS = ("test picture", "film", "zoom in a fractal", "film with grain", "slow zoom", "shaken film")
CRFS = (18, 30, 40)


# In larger pictures coding spoils other things.
LARGE = "960x540"
LARGE_FILMS = ("film, faded in", "hard life", "film with grain", "still but for a clock", "zoom in a fractal")
LARGE_CODINGS = ("crf 51", "crf 51 ultrafast", "denoised", "starved")


def enlarged(film: Film) -> Film:
    """The film in pictures of LARGE."""
    across, down = LARGE.split("x")
    texts = [text.replace(SIZE, LARGE).replace("256:144", f"{across}:{down}") for text in (*film.source, film.chain)]
    return Film((*texts[:-1],), texts[-1])


def see(clips: Clips, folder: Path, film: Film, coding: Coding, spoiling: str = "null") -> PairFacts:
    """What is seen of a pair, by the filters that a comparison looks with."""
    reference, encode = folder / "reference.mkv", folder / "encode.mkv"
    if not reference.exists():
        chain = f"{film.chain},trim=end_frame={FRAMES},setpts=N/24/TB,format=yuv420p,{TAGS}"
        lossless = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"]
        clips.run([*film.source, "-vf", chain, "-r", "24", *lossless, str(reference)])
    clips.run(["-i", str(reference), "-vf", f"{coding.chain},{spoiling},{TAGS}", *coding.encoder, str(encode)])
    same = f"settb=1/24,setpts=N,format=yuv420p,{TAGS}"
    sides = (f"[{place}:v]{same},split[{side}_luma][{side}_colour]" for place, side in enumerate(("e", "r")))
    graph = ";".join([*sides, look_graph("e", "r", 1)])
    argv = [clips.ffmpeg, "-nostdin", "-v", "error", "-y", "-i", str(encode), "-i", str(reference)]
    argv += ["-lavfi", graph, *look_outputs(LOOK_FILES, alpha=False)]
    subprocess.run(argv, check=True, cwd=folder, stdin=subprocess.DEVNULL)
    (folder / LOOK_FILES.alpha).touch()
    every = FrameRange(1, FRAMES)
    return judge_pair(read_look(CompareFiles(str(folder), "", "", LOOK_FILES), every, every))
