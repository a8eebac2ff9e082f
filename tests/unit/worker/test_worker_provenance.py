# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores say what measured them, of which clips, and what was done to the pair: in the file, the log, the report."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

from clips import Clips
from worker_jobs import Jobs

from cueffmpeg_gui.api.review.builds import differing_builds
from cueffmpeg_gui.api.review.from_job_folder import review_of_folder
from cueffmpeg_gui.api.review.report import write_report
from cueffmpeg_gui.api.review.review import Review, media_trouble
from cueffmpeg_gui.media.provenance import Build, Provenance, merge_provenance
from cueffmpeg_gui.media.records import RecordReader
from cueffmpeg_gui.media.scores import merge_scores, read_scores


def ffmpegs_word(ffmpeg: str) -> str:
    told = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=True).stdout
    return told.split()[2]


def test_scores_name_builds_clips_and_what_was_done(clips: Clips, jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    job = jobs(clips("bars_untagged"), "vmaf-compare", reference=str(clips("bars_601")), values={"every": "2"})
    run = job.must_run("compare")
    made = json.loads(job.scores.read_text())["provenance"]
    assert made["builds"][0]["ffmpeg"] == ffmpegs_word(ffmpeg)
    assert made["builds"][0]["libvmaf"]
    assert made["preset"] == "vmaf-compare@1"
    assert made["encode"]["path"] == str(clips("bars_untagged"))
    assert made["reference"]["depth"] == 8
    assert (made["encode"]["size"], made["encode"]["frames"], made["compared"]) == ("320x180", "1-8", "320x180 yuv420p")
    assert "Only every 2nd frame is scored, from the first on." in made["notes"]
    assert any("does not say its colour matrix" in note for note in made["notes"])
    assert f"scored by ffmpeg {ffmpegs_word(ffmpeg)}, libvmaf {made['builds'][0]['libvmaf']}" in run.lines
    report = tmp_path / "report.html"
    write_report([review_of_folder(job.folder)], str(report))
    assert "What was measured, and by what" in report.read_text()
    assert made["notes"][0] in report.read_text()


def test_the_log_names_the_build(clips: Clips, jobs: Jobs, ffmpeg: str) -> None:
    run = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264"))).must_run("compare")
    reader = RecordReader()
    reader.feed(run.printed.splitlines())
    made = reader.scores().provenance
    assert made is not None
    assert made.builds[0].ffmpeg == ffmpegs_word(ffmpeg)


def test_chunks_of_several_builds_are_said_to_be_so(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264")), chunk="24")
    job.run_all()
    review = review_of_folder(job.folder)
    assert not review.trouble
    parts = [read_scores(str(path)) for path in sorted(Path(job.folder, "scores").glob("compare.*.json"))]
    other = replace(parts[1], provenance=Provenance(builds=(Build("other", "3"),)))
    merged = merge_scores([parts[0], other])
    assert merged.provenance is not None
    assert merged.provenance.encode == parts[0].provenance.encode  # type: ignore[union-attr]  # it has one
    assert "not all scored by the same build" in media_trouble(replace(review, scores=merged))


def test_encodes_of_several_builds_are_not_laid_over_each_other_without_a_word(clips: Clips, jobs: Jobs) -> None:
    job = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264")))
    job.must_run("compare")
    one = review_of_folder(job.folder)
    assert differing_builds([one, one]) == ""
    theirs = replace(one.scores, provenance=Provenance(builds=(Build("n7.0", "v3.0.0"),)))
    other = Review("v013", "/x", theirs)
    told = differing_builds([one, other])
    assert "v013 by ffmpeg n7.0, libvmaf v3.0.0" in told
    assert differing_builds([one, Review("v014", "/y", replace(theirs, provenance=None))]) == ""


def test_nothing_known_is_nothing() -> None:
    assert merge_provenance([None, None]) is None
