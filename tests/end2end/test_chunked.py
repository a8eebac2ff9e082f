# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An image sequence with its sound, in chunks, from the command line to the scores, on a real local farm."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
from clips import Clips, click, lively

from .conftest import CommandLine

FRAMES, FIRST, LAST = 48, 1001, 1048
CHUNKS = ("1001", "1017", "1033")
SETTINGS = ("--frame-rate", "24000/1001", "--chunk", "16", "--set", "gop=8", "--set", "speed=ultrafast")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Path:
    """A folder of 48 DPX pictures numbered from 1001, and their sound beside it."""
    folder = tmp_path_factory.mktemp("shot")
    clips.sequence(folder / "dpx", lively(FRAMES, size="160x96"))
    clips.run([*click(2.5), "-c:a", "pcm_s24le", str(folder / "sound.wav")])
    return folder


@pytest.fixture
def own(pictures: Path, tmp_path: Path) -> Path:
    """The same, to be damaged."""
    shutil.copytree(pictures, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def submit(cueffmpeg: CommandLine, tmp_path: Path) -> Callable[..., Any]:
    """Submits a shot's pictures; nothing else may appear beside the output."""

    def ask(folder: Path, *more: str) -> Any:
        source = ("--source", f"{folder}/dpx/shot.####.dpx", "--audio", f"{folder}/sound.wav")
        output = ("--output", str(tmp_path / "film.mp4"))
        return cueffmpeg("submit", "dpx-h264-vmaf", *source, *output, *SETTINGS, "--json", *more)

    return ask


@pytest.fixture(scope="module")
def sent(cueffmpeg: CommandLine, pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A finished job."""
    source = ("--source", f"{pictures}/dpx/shot.####.dpx", "--audio", f"{pictures}/sound.wav")
    output = str(tmp_path_factory.mktemp("out") / "film.mp4")
    ran = cueffmpeg("submit", "dpx-h264-vmaf", *source, "--output", output, *SETTINGS, "--wait", "--json")
    assert ran.code == 0, ran.err
    return dict(ran.json)


def test_of_the_join_only_the_film_is_left(sent: dict[str, Any]) -> None:
    assert sorted(path.name for path in Path(sent["folder"], "work").glob("chunks*")) == []


def test_the_film_has_every_picture_and_all_of_its_sound(sent: dict[str, Any]) -> None:
    assert sent["layers"] == ["encode", "audio", "join", "compare", "summary"]
    with av.open(sent["output"]) as container:
        assert len(list(container.decode(video=0))) == FRAMES
        assert container.metadata["cueffmpeg_preset"] == "dpx-h264-vmaf@1"
        assert [stream.type for stream in container.streams][:2] == ["video", "audio"]


def test_frames_are_shown_under_the_shots_own_numbers(cueffmpeg: CommandLine, sent: dict[str, Any]) -> None:
    status = cueffmpeg("status", sent["job"], "--json").json
    names = {frame["name"] for frame in status["frames"]}
    assert names == {
        *(f"{number}-{layer}" for layer in ("encode", "compare") for number in CHUNKS),
        *(f"1001-{layer}" for layer in ("audio", "join", "summary")),
    }
    log = cueffmpeg("log", sent["job"], "encode", "1020").out
    assert "encode 1017-1032  100 %" in log
    assert "compare 1033-1048  100 %" in cueffmpeg("log", sent["job"], "compare", "1048").out


def test_scores_have_the_shots_own_numbers_everywhere(cueffmpeg: CommandLine, sent: dict[str, Any]) -> None:
    scores = cueffmpeg("scores", sent["job"], "--json").json
    assert scores["complete"]
    assert [row["frame"] for row in scores["frames"]] == list(range(FIRST, LAST + 1))
    rows = list(csv.DictReader(io.StringIO(cueffmpeg("scores", sent["job"], "--csv").out)))
    assert [row["frame"] for row in rows] == [str(number) for number in range(FIRST, LAST + 1)]
    assert cueffmpeg("scores", sent["job"], "--from-logs", "--json").json == scores


def test_scores_are_those_of_one_libvmaf_run_by_hand(
    cueffmpeg: CommandLine, sent: dict[str, Any], pictures: Path, ffmpeg: str, tmp_path: Path
) -> None:
    even = "settb=1001/24000,setpts=N"
    flags = "bicubic+accurate_rnd+full_chroma_int:out_chroma_loc=left"
    # Deep RGB by way of swscale's new code, whose white is 940 as it must be; then chroma is put left.
    whole = "scale=out_color_matrix=bt709:out_range=tv:flags=unstable+accurate_rnd+full_chroma_int,format=yuv444p16le"
    told = "setparams=range=tv:colorspace=bt709"
    limited = "in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv"
    convert = f"{whole},{told},scale={limited}:flags={flags},format=yuv420p10le"
    same = "scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd"
    film = f"[0:v]{even},{same}+full_chroma_int,format=yuv420p10le[d]"
    graph = f"{film};[1:v]{even},{convert}[r];[d][r]libvmaf=feature=name=psnr:log_fmt=json:log_path=v.json"
    sequence = ["-framerate", "24000/1001", "-start_number", str(FIRST), "-i", f"{pictures}/dpx/shot.%04d.dpx"]
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", sent["output"], *sequence, "-lavfi", graph, "-f", "null", "-"]
    subprocess.run(argv, check=True, cwd=tmp_path, stdin=subprocess.DEVNULL)
    direct = json.loads((tmp_path / "v.json").read_text())
    scores = cueffmpeg("scores", sent["job"], "--json").json
    for name in ("vmaf", "psnr_y", "psnr_cb", "psnr_cr"):
        wanted = [f"{frame['metrics'][name]:.6f}" for frame in direct["frames"]]
        assert [f"{row[name]:.6f}" for row in scores["frames"]] == wanted
        for how, value in direct["pooled_metrics"][name].items():
            assert scores["metrics"][name][how] == pytest.approx(value, abs=1.001e-6)


# Refused before sending


def remove(folder: Path, clips: Clips) -> None:
    (folder / "shot.1020.dpx").unlink()


def empty(folder: Path, clips: Clips) -> None:
    (folder / "shot.1020.dpx").write_bytes(b"")


def cut(folder: Path, clips: Clips) -> None:
    picture = folder / "shot.1020.dpx"
    picture.write_bytes(picture.read_bytes()[:-1000])


def resize(folder: Path, clips: Clips) -> None:
    """Another shape of the same number of bytes."""
    other = folder.parent / "other"
    clips.sequence(other, lively(1, size="192x80"), first=1020)
    shutil.copy(other / "shot.1020.dpx", folder)
    shutil.rmtree(other)


@pytest.mark.parametrize("damage", [remove, empty, cut, resize])
def test_a_bad_sequence_is_refused_at_submit_by_name(
    damage: Callable[[Path, Clips], None], own: Path, clips: Clips, submit: Callable[..., Any], cueffmpeg: CommandLine
) -> None:
    before = cueffmpeg("jobs", "--json").json
    damage(own / "dpx", clips)
    ran = submit(own)
    assert ran.code == 3
    assert len(ran.err.strip().splitlines()) == 1
    assert "1020" in ran.err
    assert not (own.parent / "film.mp4").exists()
    assert cueffmpeg("jobs", "--json").json == before


def test_a_part_that_is_whole_makes_a_film_of_that_part(
    own: Path, clips: Clips, submit: Callable[..., Any], cueffmpeg: CommandLine
) -> None:
    remove(own / "dpx", clips)
    source = ("--source", f"{own}/dpx/shot.1001-1019#.dpx", "--chunk", "8")
    ran = submit(own, *source, "--wait")
    assert ran.code == 0, ran.err
    assert cueffmpeg("scores", ran.json["job"], "--json").json["rows"] == 19


# Damaged after sending


def replace(folder: Path, clips: Clips) -> None:
    (folder / "shot.1020.dpx").write_bytes((folder / "shot.1003.dpx").read_bytes())


@pytest.mark.parametrize(
    ("damage", "said"),
    [(remove, "cannot be read on this host"), (cut, "bytes, not"), (resize, "was changed after the job was submitted")],
)
def test_a_picture_damaged_after_submit_fails_its_frame_and_makes_no_film(  # noqa: PLR0917
    damage: Callable[[Path, Clips], None], said: str, own: Path, clips: Clips, submit: Callable[..., Any],
    cueffmpeg: CommandLine,
) -> None:  # fmt: skip
    job = submit(own, "--paused").json["job"]
    damage(own / "dpx", clips)
    cueffmpeg("resume", job)
    assert cueffmpeg("wait", job).code == 5
    status = cueffmpeg("status", job, "--json").json
    assert [frame["name"] for frame in status["frames"] if frame["state"] == "DEAD"] == ["1017-encode"]
    last = cueffmpeg("log", job, "encode", "1017").out
    sentence = re.findall(r"error: .*", last)[-1]
    assert f"{own}/dpx/shot.1020.dpx" in sentence
    assert said in sentence
    assert not (own.parent / "film.mp4").exists()


def test_sound_that_went_away_after_submit_makes_no_film(
    own: Path, submit: Callable[..., Any], cueffmpeg: CommandLine
) -> None:
    job = submit(own, "--paused").json["job"]
    (own / "sound.wav").unlink()
    cueffmpeg("resume", job)
    assert cueffmpeg("wait", job).code == 5
    status = cueffmpeg("status", job, "--json").json
    assert [frame["name"] for frame in status["frames"] if frame["state"] == "DEAD"] == ["1001-audio"]
    assert f"{own}/sound.wav cannot be read" in cueffmpeg("log", job, "audio", "1001").out
    assert not (own.parent / "film.mp4").exists()


def test_a_picture_replaced_by_another_is_noticed_and_sent_again_it_is_in_film_and_scores_alike(
    own: Path, clips: Clips, submit: Callable[..., Any], cueffmpeg: CommandLine
) -> None:
    sent = submit(own, "--paused").json
    replace(own / "dpx", clips)
    cueffmpeg("resume", sent["job"])
    waited = cueffmpeg("wait", sent["job"])
    assert (waited.code, "was changed after the job was submitted" in waited.err) == (5, True)
    cueffmpeg("kill", sent["job"])
    job = cueffmpeg("submit", "--from", sent["folder"], "--json").json["job"]
    cueffmpeg("resume", job)
    assert cueffmpeg("wait", job).code == 0
    scores = cueffmpeg("scores", job, "--json").json
    assert scores["complete"]
    assert min(row["psnr_y"] for row in scores["frames"]) > 25
