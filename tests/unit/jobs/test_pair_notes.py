# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a pair's colours are taken for is said, once, with where it comes from; what it says itself is not."""

from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Jobs

from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.jobs.plan import plan_job

SILENT = "setparams=range=unknown:colorspace=unknown:color_primaries=unknown:color_trc=unknown"
TAGGED = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
PQ = "setparams=range=tv:colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084"
NAMES = "colour matrix and range"


def clip(clips: Clips, stem: Path, tags: str, pix_fmt: str = "yuv420p") -> Path:
    # Matroska says "limited" where nothing is said, AVI says nothing at all.
    path = stem.with_suffix(".avi" if tags == SILENT else ".mkv")
    source = f"testsrc2=size=256x192:rate=24,trim=end_frame=4,format={pix_fmt},{tags}"
    clips.run(["-f", "lavfi", "-i", source, "-c:v", "ffv1", str(path)])
    return path


def notes(jobs: Jobs, encode: Path, reference: Path, **values: str) -> list[str]:
    spec = jobs(encode, "vmaf-compare", reference=str(reference), values=values).spec
    return list(plan_job(spec).notes)


@pytest.mark.parametrize(
    ("tags", "note"),
    [((SILENT, TAGGED), f"The encode does not say its {NAMES}: bt709, limited range is taken, as the reference says."),
     ((TAGGED, SILENT), f"The reference does not say its {NAMES}: bt709, limited range is taken, as the encode says."),
     ((SILENT, SILENT), f"Neither side says its {NAMES}: smpte170m, limited range is guessed, by the reference's size "
      "256x192."),
     ((TAGGED, TAGGED), None)],
)  # fmt: skip
def test_what_is_taken_is_said(
    tags: tuple[str, str], note: str | None, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    pair = clip(clips, tmp_path / "e", tags[0]), clip(clips, tmp_path / "r", tags[1])
    assert notes(jobs, *pair) == ([note] if note else [])


def test_an_encode_beside_rgb_is_taken_for_what_encodes_of_rgb_are(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    by_709 = "gbrp,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    pair = clip(clips, tmp_path / "e", SILENT, by_709), clip(clips, tmp_path / "r", "null", "gbrp")
    assert notes(jobs, *pair) == [
        f"The encode does not say its {NAMES}: bt709, limited range is taken, as in encodes of RGB."
    ]


def test_what_scores_of_hdr_are_worth_is_said(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    pair = clip(clips, tmp_path / "e", PQ, "yuv420p10le"), clip(clips, tmp_path / "r", PQ, "yuv420p10le")
    (note,) = notes(jobs, *pair)
    assert note.startswith("The pair is HDR (smpte2084), and every VMAF model was made with SDR: ")


def test_the_models_that_want_ten_bits_say_so(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    pair = clip(clips, tmp_path / "e", TAGGED), clip(clips, tmp_path / "r", TAGGED)
    model = "vmaf_v1.0.16_3d0h"
    (note,) = notes(jobs, *pair, models=model)
    assert note.endswith(
        "sees bands best at 10 bits, also in an encode of 8, as its makers advise; compare_bits=10 does that."
    )
    assert notes(jobs, *pair, models=model, compare_bits="10") == []


def test_more_bits_are_compared_when_asked(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    pair = clip(clips, tmp_path / "e", TAGGED), clip(clips, tmp_path / "r", TAGGED)
    for bits, pix_fmt in (
        ({}, "yuv420p"),
        ({"compare_bits": "10"}, "yuv420p10le"),
        ({"compare_bits": "12"}, "yuv420p12le"),
    ):
        job = jobs(pair[0], "vmaf-compare", reference=str(pair[1]), values=bits)
        assert compare_task(job.spec).pix_fmt == pix_fmt
