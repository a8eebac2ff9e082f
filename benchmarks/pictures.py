# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a click to both pictures: 50 random frames of an H.264 clip at 720p with a key picture every 250 frames.

The reference is ProRes. Cold opens both clips anew for each frame; warm keeps them open; a step is the next frame.
For scale: the same clips decoded from start to end. Beside the time passed stands what all threads computed in it,
whatever else the machine did. Offscreen; run by `./dev python benchmarks/pictures.py`.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import av
import imageio_ffmpeg
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.picture_view import PictureView
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.probe import probe_clip

FRAMES, CLICKS, SEED = 500, 50, 1
SOURCE = f"testsrc2=size=1280x720:rate=24,trim=end_frame={FRAMES},noise=c0s=12:c0f=t+u:all_seed=3"
REFERENCE = ["-c:v", "prores_ks", "-profile:v", "2", "-pix_fmt", "yuv422p10le"]
ENCODE = ["-c:v", "libx264", "-preset", "medium", "-crf", "21", "-g", "250", "-keyint_min", "250"]
ENCODE += ["-sc_threshold", "0", "-pix_fmt", "yuv420p"]


class Spent(NamedTuple):
    """Seconds on the wall, and seconds of processors."""

    passed: float
    computed: float

    @classmethod
    def now(cls) -> "Spent":
        return cls(time.perf_counter(), time.process_time())

    def __sub__(self, earlier: "Spent") -> "Spent":
        return Spent(self.passed - earlier.passed, self.computed - earlier.computed)


def main() -> None:
    application = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        pair = make_pair(Path(folder))
        frames = random.Random(SEED).choices(range(1, FRAMES + 1), k=CLICKS)
        view = PictureView(Tasks())
        view.resize(1280, 400)
        view.show()
        show_pair(view, pair)
        tell("cold", [click(application, view, frame, lambda: show_pair(view, pair)) for frame in frames])
        tell("warm", [click(application, view, frame) for frame in frames])
        tell("next frame", [click(application, view, frame) for frame in range(300, 300 + CLICKS)])
        tell("frame before", [click(application, view, frame) for frame in range(240, 240 - CLICKS, -1)])
        for name, clip in (("reference", pair.reference), ("encode", pair.encode)):
            tell(f"all of {name}", [whole_decode(clip.path)])


def make_pair(folder: Path) -> PicturePair:
    """Both clips and what is known of them."""
    ffmpeg = str(imageio_ffmpeg.get_ffmpeg_exe())
    reference, encode = folder / "reference.mov", folder / "encode.mp4"
    subprocess.run([ffmpeg, "-v", "error", "-f", "lavfi", "-i", SOURCE, *REFERENCE, str(reference)], check=True)
    subprocess.run([ffmpeg, "-v", "error", "-i", str(reference), *ENCODE, str(encode)], check=True)
    ours, theirs = probe_clip(str(encode)), probe_clip(str(reference))
    size = (ours.video.width, ours.video.height)
    return PicturePair(theirs, ours, theirs.frames, 1, Geometry(size, size, size))


def show_pair(view: PictureView, pair: PicturePair) -> None:
    view.show_pair(None, "")
    view.show_pair(pair, "encode")


def click(application: QApplication, view: PictureView, frame: int, before: Callable[[], None] = lambda: None) -> Spent:
    """Until both pictures of a frame are painted."""
    start = Spent.now()
    before()
    view.show_frame(frame)
    while not view.pictures.pictures or view.pictures.pictures.frame != frame:
        application.processEvents()
        time.sleep(0.0005)
    view.canvas.repaint()
    return Spent.now() - start


def whole_decode(path: str) -> Spent:
    start = Spent.now()
    with av.open(path) as container:
        container.streams.video[0].thread_type = "AUTO"
        for _ in container.decode(video=0):
            pass
    return Spent.now() - start


def tell(what: str, spent: list[Spent]) -> None:
    passed, computed = ([getattr(one, name) for one in spent] for name in ("passed", "computed"))
    print(f"{what:>16}: passed {_figures(passed)}; computed {_figures(computed)}; of {len(spent)}", flush=True)


def _figures(seconds: list[float]) -> str:
    return f"median {1000 * statistics.median(seconds):5.0f} ms, worst {1000 * max(seconds):5.0f} ms"


if __name__ == "__main__":
    main()
