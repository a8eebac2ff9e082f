# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is said of a pair: one sentence a fault, a verdict that it decides, and a document that reads back."""

from dataclasses import replace
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_facts import RANGE, STEP, PairFacts, PairFault, facts_document, read_facts
from cueffmpeg_gui.media.pair_measure import CLASSES, PairMeasure, measure_bytes, merge_measures, read_measure
from cueffmpeg_gui.media.pair_single import Slip
from cueffmpeg_gui.media.scores import Scores, read_scores, scores_bytes
from cueffmpeg_gui.media.thresholds import Threshold

ROWS = dict.fromkeys(range(1, 11), (95.0,))
SCORES = Scores("compare", 1, 10, ("vmaf",), "vmaf_v0.6.1", ROWS, (Threshold("vmaf", "mean", 93),))
FULL = PairFault(RANGE, "The encode is too contrasty, as full-range pixels are that are read as limited range.")
FACTS = PairFacts(1, 10, (Slip(4, 10, -2), Slip(2, 2, 1)), (FrameRange(1, 1),), FULL, 0.125)


def test_each_fault_has_its_sentence() -> None:
    assert [(fault.kind, fault.sentence) for fault in FACTS.faults] == [
        (
            "step",
            "The encode is 2 frames or more late in frames 4-10: its picture 4 shows the reference's 2. "
            "It is out of step in one more place, in frames 2 to 2.",
        ),
        (RANGE, FULL.sentence),
        (
            "alpha",
            "The reference is transparent in places (12 %); what lies there is compared as if it were seen.",
        ),
    ]
    assert PairFacts(1, 9, transparent=0.001).summary.startswith(
        "The reference is transparent in places (less than 1 %)"
    )


def test_only_frames_that_exist_are_named() -> None:
    late, early = PairFacts(1, 10, (Slip(2, 10, -2),)), PairFacts(1, 10, (Slip(9, 10, 2),))
    assert late.summary == "The encode is 2 frames or more late in frames 2-10: its picture 3 shows the reference's 1."
    assert early.summary == "The encode is 2 frames or more early in frames 9-10."


def test_a_fault_fails_whatever_the_scores_are_unless_it_is_allowed() -> None:
    verdicts = {
        allowed: replace(SCORES, pair=FACTS, allowed=allowed).verdict
        for allowed in ((), (STEP,), (RANGE,), (STEP, RANGE))
    }
    assert [verdict.state for verdict in verdicts.values() if verdict] == ["fail", "fail", "fail", "pass"]
    told = verdicts[(STEP,)]
    assert told
    assert told.sentence == FULL.sentence
    partial = replace(SCORES, rows={1: (95.0,)}, pair=FACTS).verdict
    assert partial
    assert partial.state == "open"
    assert replace(SCORES, thresholds=(), pair=FACTS).verdict is None


def test_transparency_alone_fails_nothing() -> None:
    verdict = replace(SCORES, pair=PairFacts(1, 10, transparent=0.5)).verdict
    assert verdict
    assert verdict.state == "pass"


def test_the_document_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    path.write_bytes(scores_bytes(replace(SCORES, pair=FACTS, allowed=(STEP,))))
    found = read_scores(str(path))
    assert (found.pair, found.allowed) == (FACTS, (STEP,))
    path.write_bytes(scores_bytes(SCORES))
    assert read_scores(str(path)).pair is None


def test_other_numbers_of_frames_are_told_with_them() -> None:
    moved = FACTS.moved(1000)
    assert (moved.first, moved.last, moved.slips[0], moved.untold) == (
        1001, 1010, Slip(1004, 1010, -2), (FrameRange(1001, 1001),)
    )  # fmt: skip


def test_a_measure_reads_back_and_one_that_is_broken_is_refused(tmp_path: Path) -> None:
    row = (1, 2, 0, None, None, 5, 6)
    measure = PairMeasure(7, 8, (row, row), tuple(range(28)), ((1, 2),) * CLASSES, (4, 1))
    path = tmp_path / "pair.7.json"
    path.write_bytes(measure_bytes(measure))
    assert read_measure(str(path)) == measure
    path.write_bytes(path.read_bytes().replace(b'"rows"', b'"row"'))
    with pytest.raises(InputRefused, match=r"pair\.7\.json"):
        read_measure(str(path))


def test_parts_that_do_not_meet_leave_a_gap_that_tells_nothing() -> None:
    row = (1, 2, 0, 2, 1, 5, 6)
    parts = [PairMeasure(n, n, (row,), (0,) * 28, ((0, 0),) * CLASSES) for n in (5, 2)]
    merged = merge_measures(parts)
    assert (merged.first, merged.last) == (2, 5)
    assert merged.rows == (row, (None,) * 7, (None,) * 7, row)


def test_frames_whose_numbers_do_not_follow_are_counted_and_named_as_they_are() -> None:
    facts = PairFacts(1001, 1009, (Slip(1003, 1005, 1),), (FrameRange(1001, 1001),), numbers="1001-1009x2")
    assert facts.told == 4
    assert "in frames 1003-1005: its picture 1003 shows the reference's 1005." in facts.summary
    assert read_facts(facts_document(facts), "it") == facts
    assert "numbers" not in facts_document(FACTS)
    still = PairFacts(1001, 1009, untold=(FrameRange(1003, 1009),), numbers="1001-1009x2")
    assert "only 1 of 5 frames" in still.summary
