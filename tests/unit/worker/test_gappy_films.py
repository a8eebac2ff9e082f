# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Films of sequences that lack frames, held against films of whole sequences in which somebody filled the gaps by hand.

A copy of the picture before for hold, a picture of zeros for black, and new numbers for only.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clips import Clips, picture
from films import digests, long, see_anew
from worker_jobs import Job

from cueffmpeg_gui.api.review.from_job_folder import review_of_folder
from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.check_spec import check_spec

SIZE, FIRST, COUNT = "64x64", 1001, 31
GAPS = {"odd": {1004, 1005, 1006, 1012, 1016, 1017}, "steps": {*range(1002, 1031, 2)}, "long": {*range(1007, 1018)}}
PRESETS = ("dpx-h264", "dpx-h264-vmaf")


@pytest.fixture(scope="session")
def frames(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> dict[str, Path]:
    """A whole sequence, and a black picture like its own."""
    place = tmp_path_factory.mktemp("frames")
    pattern = ["-start_number", str(FIRST), str(place / "shot.%04d.png")]
    clips.run([*picture(COUNT, size=SIZE), "-pix_fmt", "rgb24", *pattern])
    black = tmp_path_factory.mktemp("black") / "black.png"
    clips.run(["-f", "lavfi", "-i", f"color=c=black:size={SIZE},trim=end_frame=1", "-pix_fmt", "rgb24", str(black)])
    return {"whole": place, "black": black}


def gappy(frames: dict[str, Path], folder: Path, kind: str) -> str:
    folder.mkdir()
    for number in range(FIRST, FIRST + COUNT):
        if number not in GAPS[kind]:
            shutil.copy2(frames["whole"] / f"shot.{number}.png", folder)
    return f"{folder}/shot.####.png"


def filled(frames: dict[str, Path], folder: Path, kind: str, policy: str) -> str:
    """The same without gaps, made by copying files."""
    gappy(frames, folder, kind)
    there = sorted(folder.iterdir())
    if policy == "only":
        for place, path in enumerate(there):
            path.rename(folder / f"film.{FIRST + place}.png")
        return f"{folder}/film.####.png"
    for number in sorted(GAPS[kind]):
        path = folder / f"shot.{number}.png"
        shutil.copy2(frames["black"] if policy == "black" else folder / f"shot.{number - 1}.png", path)
    return f"{folder}/shot.####.png"


def scores_of(job: Job) -> list[dict[str, float]]:
    found: list[dict[str, float]] = json.loads(job.scores.read_text())["frames"]
    return found


@pytest.mark.parametrize(
    "case",
    [
        ("odd", "hold", "none"), ("odd", "black", "16"), ("odd", "only", "none"), ("steps", "only", "8"),
        long(("odd", "hold", "8")), long(("odd", "black", "none")), long(("long", "black", "8")),
        long(("long", "hold", "8")), long(("steps", "hold", "8")), long(("steps", "only", "none")),
    ],
)  # fmt: skip
def test_a_film_with_gaps_is_that_of_a_sequence_filled_by_hand(
    film: Any, frames: dict[str, Path], tmp_path: Path, case: tuple[str, str, str]
) -> None:
    kind, policy, chunk = case
    values = {"gop": "4", "crf": "20"}
    made = film(gappy(frames, tmp_path / "gappy", kind), PRESETS[1], gaps=policy, chunk=chunk, values=values)
    runs = made.run_all()
    by_hand = filled(frames, tmp_path / "filled", kind, policy)
    wanted = film(by_hand, PRESETS[1], chunk=chunk, values=values, output=str(tmp_path / "wanted.mp4"))
    wanted.run_all()
    assert digests(made.output, made.ffmpeg) == digests(wanted.output, made.ffmpeg)
    found, right = scores_of(made), scores_of(wanted)
    there = [n for n in range(FIRST, FIRST + COUNT) if policy != "only" or n not in GAPS[kind]]
    assert [row.pop("frame") for row in found] == there
    assert [row.pop("frame") for row in right] == list(range(FIRST, FIRST + len(there)))
    assert found == right
    document = json.loads(made.scores.read_text())
    assert (document["complete"], document["expected"]) == (True, len(there))
    first_missing = min(GAPS[kind])
    assert any(str(first_missing) in note for note in document["provenance"]["notes"])
    assert all(run.lines for run in runs.values())


def test_chunks_of_steps_have_the_numbers_of_their_pictures(film: Any, frames: dict[str, Path], tmp_path: Path) -> None:
    made = film(gappy(frames, tmp_path / "gappy", "steps"), gaps="only", chunk="8", values={"gop": "4"})
    assert [str(chunk) for chunk in made.spec.chunks] == ["1001-1016", "1017-1031"]
    runs = made.run_all("encode")
    assert [run.lines[-1].rpartition(", ")[2] for run in runs.values()] == ["8 frames)", "8 frames)"]
    odd = film(gappy(frames, tmp_path / "odd", "odd"), gaps="only", chunk="8")
    assert not odd.spec.is_chunked
    assert "in one piece, as their numbers do not follow in even steps" in odd.spec.chunking.reason


def test_frames_in_a_whole_part_need_no_answer(film: Any, frames: dict[str, Path], tmp_path: Path) -> None:
    source = gappy(frames, tmp_path / "gappy", "long")
    made = film(source, PRESETS[1], frames="1018-1031", chunk="none")
    made.run_all()
    whole = film(f"{frames['whole']}/shot.####.png", PRESETS[1], frames="1018-1031", chunk="none",
                 output=str(tmp_path / "whole.mp4"))  # fmt: skip
    whole.run_all()
    assert digests(made.output, made.ffmpeg) == digests(whole.output, made.ffmpeg)
    assert scores_of(made) == scores_of(whole)
    assert [row["frame"] for row in scores_of(made)] == list(range(1018, 1032))
    with pytest.raises(InputRefused, match=r"frames 1007-1017 are missing; .*gaps=hold or gaps=black or gaps=only"):
        film(source, frames="1016-1020")
    with pytest.raises(InputRefused, match=r"frames 1007-1017 are missing"):
        film(source)
    with pytest.raises(
        InputRefused, match=r"frames 1002-1030x2 are missing; .* in steps of 2, as it seems to be, give --gaps only\."
    ):
        film(gappy(frames, tmp_path / "steps", "steps"))


def test_the_clock_goes_on_over_a_gap_and_not_without_its_frames(
    film: Any, frames: dict[str, Path], shots: Any, tmp_path: Path
) -> None:
    source = gappy(frames, tmp_path / "gappy", "long")
    held = film(source, gaps="hold", frames="1010-1031", chunk="none", audio=shots.wav())
    held.run_all()
    assert held.spec.source.timecode == "00:00:41:17"
    shown = digests(held.output, held.ffmpeg)
    assert len(shown) == 22
    with pytest.raises(InputRefused, match=r"gaps=only\), which .* does not go with; leave the sound out"):
        film(source, gaps="only", audio=shots.wav())
    only = film(source, gaps="only", chunk="none", frames="1010-1031", output=str(tmp_path / "only.mp4"))
    only.run_all()
    assert str(only.spec.frames) == "1018-1031"
    assert len(digests(only.output, only.ffmpeg)) == 14


def test_before_the_first_picture_there_is_that_one_is_held(film: Any, frames: dict[str, Path], tmp_path: Path) -> None:
    gappy(frames, tmp_path / "gappy", "odd")
    made = film(f"{tmp_path}/gappy/shot.1004-1010#.png", gaps="hold", chunk="none", values={"crf": "0"})
    made.run_all()
    shown = digests(made.output, made.ffmpeg)
    assert shown[0] == shown[1] == shown[2] == shown[3] != shown[4]
    assert "Before the first picture there is, that one is shown." in " ".join(made.run_frame("encode", 1004).lines)


@pytest.mark.parametrize("policy", ["hold", long("black")])
def test_frames_beyond_the_ends_are_filled_as_when_the_name_says_them(
    film: Any, frames: dict[str, Path], tmp_path: Path, policy: str
) -> None:
    source = gappy(frames, tmp_path / "gappy", "odd")
    for numbers in ((1001, 1002, 1003), (1031,)):
        for number in numbers:
            (tmp_path / f"gappy/shot.{number}.png").unlink()
    asked: dict[str, Any] = {"gaps": policy, "chunk": "none", "values": {"crf": "0"}}
    for part, named in (("1002-1009", "shot.1001-1031#.png"), ("1025-1035", "shot.1001-1035#.png")):
        made = film(source, frames=part, output=str(tmp_path / f"{part}.mov"), **asked)
        made.run_all()
        wanted = film(f"{tmp_path}/gappy/{named}", frames=part, output=str(tmp_path / f"{part}.mp4"), **asked)
        wanted.run_all()
        assert digests(made.output, made.ffmpeg) == digests(wanted.output, made.ffmpeg)
        assert str(made.spec.frames) == part
        first = made.spec.source.frames.first
        assert made.spec.source.timecode == f"00:00:{first // 24:02d}:{first % 24:02d}"
    inner = film(f"{tmp_path}/gappy/shot.1010-1020#.png", frames="1008-1012", output=str(tmp_path / "in.mp4"), **asked)
    assert inner.spec.source.sequence.shown(1008) == 1008
    with pytest.raises(InputRefused, match=r"has the frames 1007-1030; to fill .* gaps=hold or gaps=black\.$"):
        film(source, frames="1002-1009", gaps="only")
    with pytest.raises(InputRefused, match=r"Frames 1-9 are not in .* has the frames 1007-1030\.$"):
        film(source, frames="1-9", gaps=policy)
    with pytest.raises(InputRefused, match=r"cannot be; a job has 5,000,000 frames"):
        film(source, frames="1-2000000000", gaps=policy)


def test_a_document_whose_sequence_stops_at_a_gap_is_refused(
    film: Any, frames: dict[str, Path], tmp_path: Path
) -> None:
    made = film(gappy(frames, tmp_path / "gappy", "odd"), gaps="hold", chunk="none")
    path = Path(made.folder, "job.json")
    document = json.loads(path.read_text())
    assert document["spec"]["source"]["sequence"]["there"] == "1001-1003,1007-1011,1013-1015,1018-1031"
    document["spec"]["source"]["sequence"]["gaps"] = "stop"
    path.write_text(json.dumps(document))
    assert "lacks some of the frames 1001-1031" in made.run_frame("encode", 1001).lines[-1]
    for there in ("1001,x", "5-1", "1001-1030", "1003,1001"):
        document["spec"]["source"]["sequence"].update(gaps="hold", there=there)
        path.write_text(json.dumps(document))
        assert made.run_frame("encode", 1001).returncode == 2, there
    assert check_spec(made.spec, "it") == made.spec


def test_a_picture_that_came_since_is_taken_when_the_job_is_sent_again(
    film: Any, frames: dict[str, Path], tmp_path: Path
) -> None:
    made = film(gappy(frames, tmp_path / "gappy", "odd"), gaps="hold", chunk="8")
    made.run_all()
    before = digests(made.output, made.ffmpeg)
    shutil.copy2(frames["whole"] / "shot.1012.png", tmp_path / "gappy")
    see_anew(made)
    made.run_all()
    after = digests(made.output, made.ffmpeg)
    assert before[:8] == after[:8]
    assert before[11] != after[11]


@pytest.mark.parametrize("policy", ["black", "only"])
def test_a_given_reference_with_gaps_scores_as_one_filled_by_hand(
    film: Any, jobs: Any, frames: dict[str, Path], tmp_path: Path, policy: str
) -> None:
    source = gappy(frames, tmp_path / "gappy", "steps")
    made = film(source, gaps=policy, chunk="none")
    made.run_all()
    by_hand = filled(frames, tmp_path / "filled", "steps", policy)
    tables = []
    for reference, more in ((source, {"gaps": policy}), (by_hand, {})):
        job = jobs(made.output, "vmaf-compare", reference=reference, frame_rate="24", chunk="8", **more)
        job.run_all()
        tables.append(scores_of(job))
    there = range(1001, 1032, 2 if policy == "only" else 1)
    assert [row.pop("frame") for row in tables[0]] == list(there)
    assert [row.pop("frame") for row in tables[1]] == list(range(1001, 1001 + len(there)))
    assert tables[0] == tables[1]


def test_a_review_knows_the_frames_that_are_there_by_their_numbers(
    film: Any, frames: dict[str, Path], tmp_path: Path
) -> None:
    made = film(gappy(frames, tmp_path / "gappy", "odd"), PRESETS[1], gaps="only", chunk="none", values={"crf": "1"})
    made.run_all()
    review = review_of_folder(made.folder)
    assert review.trouble == ""
    assert review.scores.is_complete
    assert review.scores.pair
    assert review.scores.pair.told <= 25
    assert review.pair
    assert review.pair.timecode_of(1007) == "00:00:41:23"
    source = PictureSource(review.pair)
    for number in (1001, 1003, 1007, 1031):
        shown = source.encode(number), source.reference(number)
        ours, theirs = (np.frombuffer(one.pixels, np.uint8).astype(int) for one in shown)
        assert abs(ours - theirs).mean() < 8
    with pytest.raises(InputRefused, match=r"has no frame 1004; name one that is there"):
        source.reference(1004)
    (tmp_path / "gappy" / "shot.1007.png").touch()
    assert "has changed since the job was submitted" in review_of_folder(made.folder).trouble


def test_a_note_on_what_both_have_has_the_numbers_of_the_scores(
    film: Any, jobs: Any, frames: dict[str, Path], tmp_path: Path
) -> None:
    whole = film(f"{frames['whole']}/shot.####.png", chunk="none")
    whole.run_all()
    reference = gappy(frames, tmp_path / "gappy", "long")
    job = jobs(whole.output, "vmaf-compare", reference=reference, frame_rate="24", gaps="only", values={"offset": "0"})
    said = "The encode goes on for 11 pictures after the other's last; the frames both have are compared: 1001-1031."
    assert said in job.spec.pair.notes
    assert str(job.spec.frames) == "1001-1031"
