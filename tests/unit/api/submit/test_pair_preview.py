# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Before anything is sent: the facts of a pair side by side, and what a dozen of its pictures say."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from clips import ALPHA, H264, Clips, lively, picture, tagged
from picture_pairs import LATE, LIVELY, MOVING, SPOILED, Recipe, crf, filtered, source
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.pair_preview import PairPreview, look_at_pair, preview_document
from cueffmpeg_gui.cli.submit import submit
from cueffmpeg_gui.pictures.pair_samples import spots

SIZE = "256x144"
LATE_LONG = "trim=end_frame=59,tpad=start=1:start_mode=clone"
Look = Callable[[Recipe], PairPreview]


@pytest.fixture
def pair(clips: Clips, tmp_path: Path) -> Callable[[Recipe], tuple[Path, Path]]:
    """Makes encode and reference."""

    def make(recipe: Recipe) -> tuple[Path, Path]:
        reference, encode = tmp_path / "reference.mov", tmp_path / "encode.mp4"
        clips.run([*recipe.reference, *recipe.written, str(reference)])
        clips.run(["-i", str(reference), *recipe.encode, str(encode)])
        return encode, reference

    return make


@pytest.fixture
def look(pair: Callable[[Recipe], tuple[Path, Path]], jobs: Jobs) -> Look:
    """The preview of a pair that is made by a recipe."""

    def seen(recipe: Recipe) -> PairPreview:
        encode, reference = pair(recipe)
        found = look_at_pair(jobs(encode, "vmaf-compare", reference=str(reference)).spec)
        assert found
        return found

    return seen


def test_a_good_pair_has_its_facts_and_no_fault(look: Look) -> None:
    found = look(Recipe(LIVELY, crf(30)))
    assert (found.faults, found.looked, found.is_grave) == ((), 12, False)
    assert found.sentence == "12 pictures show no fault; 12 of them tell that the pair is in step."
    facts = {row.fact: (row.encode, row.reference) for row in found.rows}
    assert facts["size"] == (SIZE, SIZE)
    assert facts["range"] == ("limited", "limited")
    assert not any(row.differs for row in found.rows)


def test_a_late_encode_is_named_with_frames_of_its_own_numbers(look: Look) -> None:
    late = look(Recipe(lively(60, size=SIZE), [*filtered(LATE_LONG), *crf(26)]))
    assert [fault.kind for fault in late.faults] == ["step"]
    assert late.sentence.startswith("The encode is 1 frame late in frames 5-")
    assert late.is_grave


@pytest.mark.parametrize(("name", "kind"), [("full as limited", "range"), ("wrong matrix", "matrix")])
def test_other_colours_are_named(name: str, kind: str, look: Look) -> None:
    assert [fault.kind for fault in look(SPOILED[name][0]).faults] == [kind]


def test_facts_that_differ_are_marked(look: Look) -> None:
    full = Recipe(
        MOVING,
        [*filtered(f"scale=out_range=pc,format=yuv420p,{tagged('bt709', 'pc')[1]}"), *crf(20)],
        ("-vf", tagged("bt709")[1], *ALPHA),
    )
    found = look(full)
    differing = {row.fact: (row.encode, row.reference) for row in found.rows if row.differs}
    assert differing == {
        "pixel format": ("yuvj420p", "yuva444p12le"),
        "range": ("full", "limited"),
        "transparency": ("no", "yes"),
    }
    assert found.faults == ()


def test_what_stands_still_cannot_be_told(look: Look) -> None:
    still = look(Recipe(source(f"smptebars=size={SIZE}:rate=24"), [*filtered(LATE), *crf(30)]))
    assert (still.faults, still.told) == ((), 0)
    assert "stand still" in still.sentence


def test_part_of_a_pair_is_looked_at_where_it_is(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    dropped = "select=not(eq(n\\,30)),setpts=N/24/TB,tpad=stop=1:stop_mode=clone"
    reference, encode = tmp_path / "r.mov", tmp_path / "e.mp4"
    clips.run([*lively(60, size=SIZE), *H264, str(reference)])
    clips.run(["-i", str(reference), *filtered(dropped), *crf(20), str(encode)])
    seen = [
        look_at_pair(jobs(encode, "vmaf-compare", reference=str(reference), frames=frames).spec)
        for frames in ("1-28", "34-58")
    ]
    assert [[fault.kind for fault in one.faults] for one in seen if one] == [[], ["step"]]


def test_an_encode_that_is_yet_to_be_made_is_not_looked_at(clips: Clips, jobs: Jobs) -> None:
    assert look_at_pair(jobs(clips("h264"), "h264-review-vmaf").spec) is None


def test_a_clip_that_went_away_leaves_the_facts_and_a_sentence(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    encode = tmp_path / "gone.mp4"
    clips.run([*picture(12, size=SIZE), *H264, str(encode)])
    job = jobs(encode, "vmaf-compare", reference=str(encode))
    encode.unlink()
    found = look_at_pair(job.spec)
    assert found
    assert found.trouble.startswith("The pair's pictures could not be looked at: ")
    assert found.rows
    assert preview_document(found)["sentence"] == found.trouble


def test_a_dry_run_shows_it(pair: Callable[[Recipe], tuple[Path, Path]]) -> None:
    encode, reference = pair(SPOILED["late"][0])
    asked = ["vmaf-compare", "--source", str(encode), "--reference", str(reference), "--dry-run"]
    shown = CliRunner().invoke(submit, asked)
    assert shown.exit_code == 0, shown.output
    assert "warning: The encode is 1 frame late" in shown.output
    document = json.loads(CliRunner().invoke(submit, [*asked, "--json"]).stdout)
    assert document["pair"]["faults"][0]["kind"] == "step"
    assert {"fact": "size", "encode": SIZE, "reference": SIZE, "differs": False} in document["pair"]["facts"]


@pytest.mark.parametrize("count", [1, 5, 12, 13, 16, 1000])
def test_spots_lie_within_the_clip_and_apart(count: int) -> None:
    numbers = [number for spot in spots(count) for number in range(spot.first, spot.last + 1)]
    assert len(set(numbers)) == len(numbers) == min(count, 12)
    assert 0 <= min(numbers) <= max(numbers) < count
