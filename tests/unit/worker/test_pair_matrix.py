# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""No good pair is at fault, however coarse; a spoiled one is named, or at least not called in step."""

from pathlib import Path

import pytest
from clips import Clips
from pair_matrix import CODINGS, CRFS, FILMS, LARGE_CODINGS, LARGE_FILMS, SPOILED, SPOILED_FILMS, enlarged, see, x264

QUICK = (("drawn on threes", "crf 45"), ("full noise", "crf 45"), ("zoom in a fractal", "crf 51"), ("film", "crf 45"),
         ("life, faded in", "crf 45"), ("hard life", "crf 51"))  # fmt: skip
QUICK_SPOILED = (("test picture", "neighbours exchanged", 40), ("slow zoom", "all neighbours exchanged", 40),
                 ("film", "one doubled", 18), ("test picture", "backwards", 40), ("film", "chroma exchanged", 40),
                 ("film", "without colour", 40), ("zoom in a fractal", "early by twelve", 40))  # fmt: skip


@pytest.mark.parametrize(("film", "coding"), QUICK)
def test_a_good_pair_is_without_fault(film: str, coding: str, clips: Clips, tmp_path: Path) -> None:
    assert see(clips, tmp_path, FILMS[film], CODINGS[coding]).faults == ()


@pytest.mark.parametrize(("film", "spoiling", "crf"), QUICK_SPOILED)
def test_a_spoiled_pair_is_named_or_not_called_in_step(
    film: str, spoiling: str, crf: int, clips: Clips, tmp_path: Path
) -> None:
    assert missed(clips, tmp_path, film, spoiling, crf) == ""


@pytest.mark.long
@pytest.mark.parametrize("film", FILMS)
def test_no_coding_of_a_film_is_at_fault(film: str, clips: Clips, tmp_path: Path) -> None:
    seen = {name: see(clips, tmp_path, FILMS[film], coding) for name, coding in CODINGS.items()}
    assert {name: facts.summary for name, facts in seen.items() if facts.faults} == {}


@pytest.mark.long
@pytest.mark.parametrize("film", LARGE_FILMS)
def test_no_coding_of_a_large_film_is_at_fault(film: str, clips: Clips, tmp_path: Path) -> None:
    seen = {name: see(clips, tmp_path, enlarged(FILMS[film]), CODINGS[name]) for name in LARGE_CODINGS}
    assert {name: facts.summary for name, facts in seen.items() if facts.faults} == {}


@pytest.mark.long
@pytest.mark.parametrize("film", SPOILED_FILMS)
def test_no_fault_of_a_film_is_called_in_step(film: str, clips: Clips, tmp_path: Path) -> None:
    found = {(name, crf): missed(clips, tmp_path, film, name, crf) for name in SPOILED for crf in CRFS}
    assert {key: why for key, why in found.items() if why} == {}


def missed(clips: Clips, folder: Path, film: str, name: str, crf: int) -> str:
    """What is wrong with what was seen; "" for nothing."""
    spoiling = SPOILED[name]
    facts = see(clips, folder, FILMS[film], x264(crf), spoiling.chain)
    if facts.faults or (crf > spoiling.named and not facts.summary.startswith("In step")) or crf > spoiling.told:
        return ""
    return facts.summary
