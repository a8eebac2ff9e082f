# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a source of the corpus is: how it is made, and what the film of it must be."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from truth import FRAMES, WEIGHTS, Plane, colour, grid, raw

BT709 = ("tv", "bt709", "bt709", "bt709")
BT601 = ("tv", "smpte170m", "smpte170m", "smpte170m")
PAL = ("tv", "bt470bg", "bt470bg", "smpte170m")
SIZE = (64, 48)
FIRST = 1001
# What a player shows when it counts from the first picture: bursts of the sounds made here.
BURSTS = (0.15, 0.5)


class Maker:
    """Makes one source in a folder of its own, by ffmpeg told everything or byte by byte."""

    def __init__(self, folder: Path, ffmpeg: str) -> None:
        self.folder, self.ffmpeg = folder, ffmpeg

    def run(self, *arguments: str, data: bytes | None = None) -> None:
        argv = [self.ffmpeg, "-nostdin", "-v", "error", "-y", *arguments]
        source: dict[str, object] = {"stdin": subprocess.DEVNULL} if data is None else {"input": data}
        subprocess.run([a for a in argv if a], check=True, capture_output=True, **source)  # type: ignore[call-overload]  # one of two

    def path(self, ending: str) -> str:
        return str(self.folder / f"source{ending}")

    def clip(
        self,
        ending: str,
        codec: str,
        pix_fmt: str = "yuv420p",
        *,
        size: tuple[int, int] = SIZE,
        rate: str = "24",
        numbers: "range | list[int]" = range(FRAMES),
        tags: tuple[str, ...] | None = BT709,
        site: str = "left",
        chain: str = "null",
        before: str = "",
        sound: str = "",
    ) -> str:
        """A clip of raw pictures; its tags (None: it says nothing, and holds BT.709 in limited range)."""
        said = tags or BT709
        data = raw(pix_fmt, size, numbers, matrix=said[1], full=said[0] == "pc", site=site)
        says = "range={}:colorspace={}:color_primaries={}:color_trc={}".format(*said)
        is_yuv = pix_fmt.startswith(("yuv", "gray"))
        graph = f"setparams={says},{chain}" if tags and is_yuv else chain
        shape = f"-f rawvideo -pix_fmt {pix_fmt} -s {size[0]}x{size[1]} -r {rate} -i -"
        path = self.path(ending)
        heard = burst_input(len(numbers) / float(eval_rate(rate))) if sound else []
        inputs = [*before.split(), *shape.split(), *heard]
        self.run(*inputs, "-vf", graph, *codec.split(), *sound.split(), "-fps_mode", "passthrough", path, data=data)
        return path

    def stills(
        self,
        ending: str,
        codec: str,
        pix_fmt: str = "rgb24",
        *,
        size: tuple[int, int] = SIZE,
        numbers: "range | list[int]" = range(FRAMES),
        first: int = FIRST,
        name: str = "shot.%04d",
        chain: str = "null",
        **how: object,
    ) -> str:
        """A sequence of raw pictures by one of ffmpeg's encoders; its name."""
        data = raw(pix_fmt, size, numbers, **how)  # type: ignore[arg-type]  # words of a table
        shape = f"-f rawvideo -pix_fmt {pix_fmt} -s {size[0]}x{size[1]} -r 24 -i -"
        target = f"{self.folder}/{name}{ending}"
        self.run(
            *shape.split(), "-vf", chain, *codec.split(), "-f", "image2", "-start_number", str(first), target, data=data
        )
        return target.replace("%04d", "####")

    def written(
        self, ending: str, picture: Callable[[int], bytes], numbers: "range | list[int]" = range(FRAMES)
    ) -> str:
        """A sequence written byte by byte."""
        for place, number in enumerate(numbers):
            (self.folder / f"shot.{FIRST + place}{ending}").write_bytes(picture(number))
        return f"{self.folder}/shot.####{ending}"

    def change(self, path: str, ending: str, *arguments: str, before: str = "") -> str:
        """Another file of the first one, most often by stream copy."""
        made = str(self.folder / f"changed{ending}")
        self.run(*before.split(), "-i", path, *arguments, made)
        return made


def eval_rate(rate: str) -> float:
    over, _, under = rate.partition("/")
    return float(over) / float(under or 1)


def burst_input(seconds: float, at: tuple[float, ...] = BURSTS) -> list[str]:
    """An input of silence with short bursts, as ffmpeg's arguments."""
    windows = "+".join(f"between(t,{t},{t}+0.004)" for t in at)
    return ["-f", "lavfi", "-i", f"aevalsrc='if({windows},0.8*sin(9000*t),0)':s=48000:d={seconds:.6f}:c=mono"]


def same(picture: Plane) -> Plane:
    return picture


@dataclass(frozen=True)
class Source:
    """`make` returns its path or name; the film of it shows the pictures `shown` after `turn`, at `rate`, with these
    tags and bursts of sound; luma differs from its right value by `near` codes at most, on average by a third of that.

    Or it is `refused` with this sentence. `note` is said beforehand.
    """

    name: str
    make: Callable[[Maker], str]
    size: tuple[int, int] = SIZE
    rate: str = "24"
    shown: tuple[int, ...] = tuple(range(FRAMES))
    turn: Callable[[Plane], Plane] = same
    tags: tuple[str, ...] = BT709
    near: float = 1.5
    bursts: tuple[float, ...] = ()
    is_gray: bool = False
    gray_at: tuple[int, ...] = ()
    refused: str = ""
    note: str = ""
    is_quick: bool = False
    timecode: str = ""
    aspect: str = "1"
    request: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def right(self, number: int) -> Plane:
        """Red, green and blue of a picture as it is shown."""
        rgb = colour(number, *grid(self.size), self.size)
        if self.is_gray or number in self.gray_at:
            rgb = np.repeat((rgb @ np.array(WEIGHTS["bt709"]))[..., None], 3, -1)
        return self.turn(rgb)
