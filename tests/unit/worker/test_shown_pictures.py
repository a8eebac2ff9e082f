# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A film shows what a viewer of its source sees: the part that is meant to be seen, turned as it is meant."""

import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clean_aperture import with_aperture
from clips import Clips, picture
from films import FAST, digests
from worker_jobs import Job, Jobs

from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.media.shown import show_filters, stored_place
from cueffmpeg_gui.pictures.pair_side import PictureSide
from cueffmpeg_gui.probe import probe_clip, read_thumbnail

SIZE = "144x96"
INTRA = ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"]
FINE = {**FAST, "crf": "0", "gop": "8", "pix_fmt": "yuv444p"}
# ffmpeg's options that turn, and what numpy does to rows and columns.
TURNED: dict[str, tuple[list[str], Any]] = {
    "quarter": (["-display_rotation", "90"], np.rot90),
    "half": (["-display_rotation", "180"], lambda rows: np.rot90(rows, 2)),
    "three_quarters": (["-display_rotation", "270"], lambda rows: np.rot90(rows, 3)),
    "mirrored": (["-display_rotation", "0", "-display_hflip"], lambda rows: rows[:, ::-1]),
    "upside_down": (["-display_rotation", "0", "-display_vflip"], lambda rows: rows[::-1]),
    "quarter_mirrored": (["-display_rotation", "90", "-display_hflip"], lambda rows: np.rot90(rows)[:, ::-1]),
    "quarter_upside_down": (["-display_rotation", "90", "-display_vflip"], lambda rows: np.rot90(rows)[::-1]),
}
CROPPED = {
    "middle": ((132, 96, 0, 0), lambda rows: rows[:, 6:138]),
    "aside": ((100, 64, -8, 4), lambda rows: rows[20:84, 14:114]),
    "below": ((144, 88, 0, -4), lambda rows: rows[:88]),
}


def luma(ffmpeg: str, path: Path, size: tuple[int, int], frame: int = 0) -> np.ndarray:
    """One picture's luma as stored, nothing cropped and nothing turned by ffmpeg itself."""
    command = [ffmpeg, "-v", "error", "-noautorotate", "-apply_cropping", "codec", "-i", str(path), "-vf"]
    command += [f"select=eq(n\\,{frame}),extractplanes=y,format=gray", "-frames:v", "1", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(size[1], size[0]).astype(int)


@dataclass(frozen=True)
class Kit:
    """Makes sources that are to be cropped or turned out of one plain clip, and films of them."""

    plain: Path
    clips: Clips
    jobs: Jobs
    folder: Path

    def source(self, name: str, ending: str = ".mov") -> Path:
        path = self.folder / f"{name}{ending}"
        if name in TURNED:
            self.clips.run([*TURNED[name][0], "-i", str(self.plain), "-c", "copy", str(path)])
            return path
        path = path.with_suffix(".mov")
        path.write_bytes(with_aperture(self.plain.read_bytes(), *CROPPED[name][0]))
        if ending != ".mov":
            self.clips.run(["-i", str(path), "-c", "copy", str(path.with_suffix(ending))])
        return path.with_suffix(ending)

    def change(self, name: str) -> Any:
        """What numpy does to the stored picture."""
        return (CROPPED if name in CROPPED else TURNED)[name][1]

    def film(self, source: Path, preset: str = "h264-review", **request: Any) -> Job:
        values = {**FINE, **request.pop("values", {})}
        name = f"film{len(list(self.folder.iterdir()))}.mp4"
        job = self.jobs(source, preset, output=str(self.folder / name), values=values, **request)
        job.run_all()
        return job

    def shows(self, job: Job, name: str) -> None:
        """The luma of one picture is that of the source, changed by numpy."""
        wanted = self.change(name)(luma(self.clips.ffmpeg, Path(job.spec.source.path), (144, 96), 5))
        found = luma(self.clips.ffmpeg, job.output, wanted.shape[::-1], 5)
        assert np.abs(found - wanted).mean() < 1


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Path:
    path = tmp_path_factory.mktemp("shown") / "plain.mov"
    clips.run([*picture(16, size=SIZE, source="testsrc2"), *INTRA, str(path)])
    return path


@pytest.fixture
def kit(plain: Path, clips: Clips, jobs: Jobs, tmp_path: Path) -> Kit:
    return Kit(plain, clips, jobs, tmp_path)


@pytest.mark.parametrize("ending", [".mov", ".mkv"])
@pytest.mark.parametrize("name", CROPPED)
def test_only_the_part_that_the_container_shows_is_encoded(name: str, ending: str, kit: Kit) -> None:
    kit.shows(kit.film(kit.source(name, ending)), name)


@pytest.mark.parametrize("ending", [".mov", ".mkv"])
@pytest.mark.parametrize("name", TURNED)
def test_each_turn_is_made_and_not_said_again(name: str, ending: str, kit: Kit) -> None:
    film = kit.film(kit.source(name, ending))
    kit.shows(film, name)
    found = probe_clip(str(film.output)).video
    assert (found.rotation, found.mirrored) == (0, False)


@pytest.mark.parametrize("name", ["aside", "quarter_mirrored"])
def test_chunks_and_scores_are_of_what_is_shown(name: str, kit: Kit) -> None:
    source = kit.source(name)
    whole, chunked = (
        kit.film(source, "h264-review-vmaf", values={"pix_fmt": "yuv420p", "chunk": chunk}) for chunk in ("none", "8")
    )
    kit.shows(chunked, name)
    assert digests(chunked.output, kit.clips.ffmpeg) == digests(whole.output, kit.clips.ffmpeg)
    assert read_scores(str(chunked.scores)).pooled["psnr_y"]["mean"] > 40


@pytest.mark.parametrize("name", ["aside", "quarter_mirrored"])
def test_views_and_thumbnails_show_the_same(name: str, kit: Kit) -> None:
    source = kit.source(name)
    wanted = kit.change(name)(luma(kit.clips.ffmpeg, source, (144, 96), 0))
    small = read_thumbnail(str(source), Fraction(0), wanted.shape[::-1])
    assert small
    thumbnail = np.frombuffer(small.rgb, np.uint8).reshape(small.height, small.width, 3)
    clip = probe_clip(str(source))
    side = PictureSide(clip, clip.video.colour, show_filters(clip.video), wanted.shape[::-1])
    stride, rows = side.thumbnail(0, wanted.shape[::-1])
    viewed = np.frombuffer(rows, np.uint8).reshape(-1, stride)[:, : 3 * wanted.shape[1]].reshape(*wanted.shape, 3)
    for pixels in (np.rot90(thumbnail, small.rotation // 90), viewed):
        assert np.abs(as_luma(pixels) - wanted).mean() < 2


def as_luma(pixels: np.ndarray) -> np.ndarray:
    """Limited-range BT.601 luma (an untagged clip of this size is taken for that) of full-range RGB."""
    return 16 + 219 / 255 * (pixels @ np.array([0.299, 0.587, 0.114]))


def test_a_pixel_is_picked_where_it_is_stored(kit: Kit) -> None:
    video = probe_clip(str(kit.source("quarter_mirrored"))).video
    # Both axes are exchanged and run the other way.
    assert stored_place(video, 0.9, 0.3) == pytest.approx((0.7, 0.1))
    assert stored_place(probe_clip(str(kit.source("aside"))).video, 0, 0) == (14 / 144, 20 / 96)
