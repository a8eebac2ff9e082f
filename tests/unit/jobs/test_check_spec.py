# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A job's document from anybody can do nothing but be a job: what it says is checked before any use of it."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from worker_jobs import Job, Jobs

from cueffmpeg_gui.api.monitor.job_folder import read_job_details
from cueffmpeg_gui.api.review.load import load_review
from cueffmpeg_gui.api.submit.submit import prepare_again
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.folder import read_job

OTHERS = "somebody's own"


@pytest.fixture
def job(clips: Clips, jobs: Jobs, tmp_path: Path) -> Job:
    return jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"))


def change(job: Job, path: str, value: Any) -> None:
    """Writes another value into job.json: "spec.preset.values.crf"."""
    file = Path(job.folder, "job.json")
    document = json.loads(file.read_text())
    *parts, last = path.split(".")
    place = document
    for part in parts:
        place = place[int(part) if isinstance(place, list) else part]
    place[int(last) if isinstance(place, list) else last] = value
    file.write_text(json.dumps(document))


def test_a_job_as_it_was_made_is_read_as_it_was_made(job: Job) -> None:
    assert read_job(job.folder).spec == job.spec


FILTERS = "crop,metadata=mode=print:file={victim},crop"
ATTACKS: dict[str, tuple[str, Any]] = {
    "filter text writes a file": ("spec.preset.values.odd_size", FILTERS),
    "filter text loads a library": ("spec.preset.values.pix_fmt", "yuv420p,frei0r=filter_name={victim}"),
    "colour words end a filter": ("spec.source.video.tags.matrix", "bt709,metadata=mode=print:file={victim}"),
    "colour words end an option": ("spec.source.video.tags.primaries", "bt709:range=pc"),
    "the source's format is a script": ("spec.source.container", "mov,concat"),
    "the source is an address": ("spec.source.path", "http://127.0.0.1:1/x.mov"),
    "the source is a part of a file": ("spec.source.path", "subfile,,start,0,end,9,,:{victim}"),
    "the source is several files": ("spec.source.path", "concat:{victim}|{victim}"),
    "the source is relative": ("spec.source.path", "o.mov"),
    "the output is the source": ("spec.output", "{source}"),
    "the output is an address": ("spec.output", "tcp://127.0.0.1:1/x.mp4"),
    "the output has another ending": ("spec.output", "{victim}"),
    "the output leads elsewhere": ("spec.output", "/tmp/../tmp/o.mp4"),
    "the show leads out": ("spec.placement.show", "../../.."),
    "the shot leads out": ("spec.placement.shot", "../.."),
    "the name leads out": ("spec.placement.name", "../../x"),
    "the name is another's": ("spec.placement.name", "testing-default-bob_o"),
    "the user is no name": ("spec.placement.user", "al ice"),
    "a tag is no word": ("spec.placement.tags", ["a b"]),
    "a limit is no word": ("spec.placement.limits", ["a;b"]),
    "the facility is no word": ("spec.placement.facility", "a\nb"),
    "the preset's name is no name": ("spec.preset.name", "x -f null -y {victim}"),
    "the preset's kind is none": ("spec.preset.kind", "shell"),
    "the codec is none": ("spec.preset.values.codec", "libx264 -y {victim}"),
    "the speed is none": ("spec.preset.values.speed", "fast,file={victim}"),
    "the bit rate is an option": ("spec.preset.values.audio_bitrate", "8M:file={victim}"),
    "a model is none": ("spec.preset.values.models", ["vmaf_v0.6.1\\:path={victim}"]),
    "a metric is none": ("spec.preset.values.metrics", ["psnr|name=x"]),
    "a value is unknown": ("spec.preset.values.filter", "movie={victim}"),
    "a threshold is none": ("spec.preset.values.thresholds", ["mean>=93;rm"]),
    "threads are many": ("spec.preset.values.threads", 10**9),
    "the timecode is an option": ("spec.source.timecode", "01:00:00:00 -y {victim}"),
    "a rate is all time": ("spec.source.video.rate", "1e999999999"),
    "a rate is nothing": ("spec.source.video.rate", "0"),
    "a size is negative": ("spec.source.video.width", -1),
    "a picture is enormous": ("spec.source.video.height", 10**12),
    "a stream has no number": ("spec.source.video.index", -1),
    "the frames are endless": ("spec.frames", {"first": 1, "last": 10**15}),
    "the frames are not there": ("spec.frames", {"first": 1, "last": 100000}),
    "the chunks are countless": ("spec.chunking", {"length": 0, "reason": ""}),
    "a cut is at no frame": ("spec.source.cuts", {"1,movie={victim}": "1"}),
    "a cut is endless": ("spec.source.cuts", {"1": "9" * 300}),
    "a sound is an address": ("spec.sound", {"path": "http://x", "bytes": 1, "modified": 1, "streams": []}),
    "there is a reference where none belongs": ("spec.reference", "source"),
    "a sequence leads elsewhere": (
        "spec.source.sequence",
        {"folder": "/tmp", "prefix": "../x.", "digits": 4, "suffix": ".dpx", "first": 1, "last": 24, "file_bytes": 0},
    ),
    "the earlier job is relative": ("spec.reuse", "../x"),
    "a planned layer is none": ("plan.layers.0.name", "shell"),
    "a planned chunk is none": ("plan.layers.0.chunk", 0),
    "an unknown key": ("spec.more", 1),
}  # fmt: skip


def filled(value: Any, job: Job, victim: Path) -> Any:
    if value == "source":
        return json.loads(Path(job.folder, "job.json").read_text())["spec"]["source"]
    text = json.dumps(value)
    return json.loads(text.replace("{victim}", str(victim)).replace("{source}", job.spec.source.path))


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_no_job_says_is_refused_in_a_sentence(attack: str, job: Job, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    path, value = ATTACKS[attack]
    change(job, path, filled(value, job, victim))
    with pytest.raises(InputRefused, match=r"[.?]$") as refused:
        read_job(job.folder)
    assert len(str(refused.value)) < 1500


def worker(job: Job) -> object:
    run = job.run("encode")
    assert run.returncode == 2
    assert run.lines[-1].startswith("error: ")
    return run


USES: dict[str, Callable[[Job, Jobs], object]] = {
    "worker": lambda job, jobs: worker(job),
    "submit --from": lambda job, jobs: refused(lambda: prepare_again(job.folder, jobs.settings)),
    "review and report": lambda job, jobs: refused(lambda: load_review(job.folder, jobs.settings)),
}


def refused(use: Callable[[], object]) -> None:
    with pytest.raises(InputRefused):
        use()


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("attack", ["filter text writes a file", "filter text loads a library", "the show leads out",
                                    "the output is the source"])  # fmt: skip
def test_no_use_of_a_job_forgets_the_check(attack: str, use: str, job: Job, jobs: Jobs, tmp_path: Path) -> None:
    victim = tmp_path / "victim.mp4"
    victim.write_text(OTHERS)
    source = Path(job.spec.source.path).read_bytes()
    path, value = ATTACKS[attack]
    change(job, path, filled(value, job, victim))
    before = sorted(os.walk(tmp_path))
    USES[use](job, jobs)
    assert victim.read_text() == OTHERS
    assert Path(job.spec.source.path).read_bytes() == source
    assert sorted(os.walk(tmp_path)) == before


def test_the_output_is_no_input_by_another_way_to_it_either(job: Job, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(Path(job.spec.source.path).parent)
    change(job, "spec.output", str(tmp_path / "way" / Path(job.spec.source.path).name))
    with pytest.raises(InputRefused, match="a file that the job reads"):
        read_job(job.folder)


def test_commands_are_shown_as_they_would_be_run_not_as_the_document_says(job: Job) -> None:
    change(job, "commands.encode.ffmpeg", [["rm", "-rf", "/"]])
    (command,) = read_job_details(job.folder).ffmpeg_commands("encode")
    assert command.startswith("ffmpeg ")


def test_ffmpeg_opens_no_address_that_a_file_names(job: Job, tmp_path: Path) -> None:
    playlist = tmp_path / "a.m3u8"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n")
    found = playlist.stat()
    change(job, "spec.source.path", str(playlist))
    change(job, "spec.source.bytes", found.st_size)
    change(job, "spec.source.modified", found.st_mtime_ns)
    run = job.run("encode")
    assert run.returncode == 3
    assert b"not on whitelist 'file'" in run.printed


def test_a_playlist_is_no_clip_and_asks_nobody(tmp_path: Path, jobs: Jobs) -> None:
    for name in ("a.m3u8", "a.sdp", "a.avs", "a.mov"):
        playlist = tmp_path / name
        playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n")
        with pytest.raises(InputRefused, match=r"playlist|no media file"):
            jobs(playlist)


def test_the_worker_reads_a_checked_job_alone(job: Job) -> None:
    change(job, "spec.preset.values.odd_size", "crop,metadata=mode=print:file=x")
    done = subprocess.run(
        ["python3", "-I", "-S", f"{job.folder}/worker.pyz", job.folder, "encode", "1"],
        capture_output=True, text=True, check=False, env={"CUEFFMPEG_LOCAL_FARM": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "")
    assert "odd_size" in done.stdout


def test_a_source_that_became_a_pipe_is_not_waited_for(job: Job, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    change(job, "spec.source.path", str(tmp_path / "pipe.mp4"))
    run = job.run("encode")
    assert run.returncode == 2
    assert "no regular file" in run.lines[-1]


def test_a_range_that_ends_before_it_starts_is_named_with_its_place(job: Job) -> None:
    change(job, "spec.frames", {"first": 5, "last": 1})
    with pytest.raises(InputRefused, match=r"job\.json\.spec\.frames: The frame range 5-1 ends before it starts\."):
        read_job(job.folder)
