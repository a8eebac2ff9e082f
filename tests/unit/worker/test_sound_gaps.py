# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sound that is missing for a while is silence at its place: what comes after it is not early."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from clips import AAC, PCM, Clips, click, picture
from films import FAST, long
from measure import hear, onset_after_picture, sample_count
from worker_jobs import Jobs

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.jobs.layer_tasks import encode_task
from cueffmpeg_gui.media.checks import check_encode
from cueffmpeg_gui.media.inspect import inspect

# Half a second of two is not there; the click comes later, at 1 s.
GAP = ["-af", "aselect='not(between(t,0.3,0.8))'"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
ENDINGS = {".mkv": PCM, ".mp4": AAC, ".ts": AAC, ".nut": PCM}


@pytest.fixture(scope="module")
def gappy(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Any:
    folder = tmp_path_factory.mktemp("gappy")

    def make(ending: str) -> Path:
        path = folder / f"gap{ending}"
        if not path.exists():
            sound = ENDINGS[ending]
            clips.run([*picture(48, size="96x64"), *click(2, at=1), *GAP, *H264, *sound, str(path)])
        return path

    return make


@pytest.mark.parametrize("chunk", ["none", "24"])
@pytest.mark.parametrize("ending", [".mkv", long(".mp4"), ".ts", long(".nut")])
def test_what_follows_a_gap_keeps_its_time(ending: str, chunk: str, gappy: Any, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(gappy(ending), output=str(tmp_path / "film.mp4"), values={**FAST, "chunk": chunk})
    job.run_all()
    assert float(onset_after_picture(job.output)) == pytest.approx(1.002, abs=0.004)
    # A player that only counts samples hears it there, too.
    assert sum(abs(s) > 6000 for s in hear(job.output).samples[: 48 * 990]) == 0


@pytest.mark.parametrize("ending", [".mkv", ".mp4"])
def test_a_sound_of_its_own_keeps_its_gap(ending: str, gappy: Any, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    sound = tmp_path / f"sound{ending}"
    clips.run(["-i", str(gappy(ending)), "-map", "0:a", "-c", "copy", str(sound)])
    values = {**FAST, "sound_delay": "-0.7"}
    job = jobs(clips("rate_24"), output=str(tmp_path / "film.mp4"), values=values, audio=str(sound))
    job.run_all()
    assert float(onset_after_picture(job.output)) == pytest.approx(0.302, abs=0.004)
    assert sample_count(job.output, clips.ffmpeg) == 24000


@pytest.mark.parametrize(
    "flags", ["frag_keyframe+empty_moov", long("frag_keyframe+delay_moov"), long("dash+empty_moov")]
)
@pytest.mark.parametrize("chunk", ["none", "24"])
def test_fragments_keep_sound_and_picture_together(
    flags: str, chunk: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    """The first packet of sound, an encoder's delay, lasts there until the picture begins: a gap behind it."""
    source = tmp_path / "fragments.mp4"
    reordered = ["-c:v", "libx264", "-bf", "2", "-g", "12", "-pix_fmt", "yuv420p"]
    clips.run(
        [
            *picture(48, size="96x64"),
            *click(2, at=1),
            *reordered,
            *AAC,
            "-movflags",
            f"frag_keyframe+{flags}",
            str(source),
        ]
    )
    job = jobs(source, output=str(tmp_path / "film.mp4"), values={**FAST, "chunk": chunk})
    job.run_all()
    assert float(onset_after_picture(job.output)) == pytest.approx(1.002, abs=0.004)


def test_only_a_part_of_a_clip_keeps_its_gap(gappy: Any, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(gappy(".mkv"), output=str(tmp_path / "film.mp4"), values=FAST, frames="7-48")
    job.run_all()
    assert float(onset_after_picture(job.output)) == pytest.approx(0.752, abs=0.004)


def test_a_hole_in_the_sound_of_a_film_is_seen_at_its_place(
    gappy: Any, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    assert [float(at) for at in inspect(str(gappy(".mkv")), clips.ffmpeg).audio_holes] == pytest.approx([0.3], abs=0.03)
    job = jobs(gappy(".mkv"), output=str(tmp_path / "film.mp4"), values=FAST)
    job.must_run()
    found = inspect(str(job.output), clips.ffmpeg)
    check_encode(encode_task(job.spec), found)
    with pytest.raises(OutputRejected, match=r"has a hole at 0\.30 s"):
        check_encode(encode_task(job.spec), replace(found, audio_holes=(Fraction(3, 10),)))
