# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every source becomes the film that is right by its formula, whole and in chunks alike, or is refused by its name.

A sample always runs, all of them with --long; --corpus-table prints what came of each.
"""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from all_sources import SOURCES
from film import bursts, digests, planes, tags, timecode, times
from source import Maker, Source, eval_rate
from truth import codes
from worker_jobs import Job, Jobs

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.notes import notes_of

EDGE = 4
# Codes by which chroma may be off on average: a shift by half a pixel makes more of it.
CHROMA = 0.35
CHUNK = "8"


def each(source: Source) -> object:
    return pytest.param(source, id=source.name, marks=[] if source.is_quick else [pytest.mark.long])


@pytest.mark.parametrize("source", [each(source) for source in SOURCES])
def test_a_source_becomes_the_right_film(source: Source, jobs: Jobs, tmp_path: Path, source_table: list[str]) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    path = source.make(Maker(folder, jobs.ffmpeg))
    if source.refused:
        with pytest.raises(InputRefused, match=source.refused) as refused:
            made(source, path, jobs, tmp_path, "none")
        source_table.append(f"{source.name:44} refused: {str(refused.value).replace(str(tmp_path), '')}")
        return
    whole = made(source, path, jobs, tmp_path, "none")
    found = check(source, whole, jobs)
    said = " ".join(note.text for note in notes_of(whole.spec)).replace(str(tmp_path), "")
    source_table.append(f"{source.name:44} {found}  {said}")
    assert source.note in said
    if whole.spec.source.video.constant_rate:
        chunked = made(source, path, jobs, tmp_path, CHUNK)
        assert len(chunked.spec.chunks) == max(1, len(source.shown) // int(CHUNK))
        check(source, chunked, jobs)
        assert digests(chunked.output, jobs.ffmpeg) == digests(whole.output, jobs.ffmpeg)


def made(source: Source, path: str, jobs: Jobs, folder: Path, chunk: str) -> Job:
    request: dict[str, object] = {"output": str(folder / f"{chunk}.mov"), **source.request}
    if "####" in path:
        request.setdefault("frame_rate", source.rate)
    if "audio" in request:
        request["audio"] = str(folder / "source" / str(request["audio"]))
    # Floats hold here what a screen shows.
    values = {**source.values, "chunk": chunk, **({"color": "display"} if path.endswith(".exr") else {})}
    job = jobs(path, "prores-422-hq", values=values, **request)
    job.run_all()
    return job


def check(source: Source, job: Job, jobs: Jobs) -> str:
    """Asserts that pictures, times, sound and tags are right; how far the pictures are off."""
    film = job.output
    assert tags(film, jobs.ffmpeg) == list(source.tags)
    step = 1 / Fraction(source.rate)
    assert job.spec.source.video.sample_aspect == Fraction(source.aspect)
    shown = planes(film, jobs.ffmpeg)
    assert len(shown) == len(source.shown)
    if job.spec.source.video.constant_rate:
        begin, *_ = at = times(film)
        assert [time - begin for time in at] == [n * step for n in range(len(source.shown))]
    assert timecode(film) == (source.timecode or timecode_of_number(job))
    if source.bursts:
        assert [at for at in bursts(film) if at >= 0] == pytest.approx(list(source.bursts), abs=0.004)
    errors = [off(source, number, picture) for number, picture in zip(source.shown, shown, strict=True)]
    largest, mean, *chroma = np.max(np.abs(errors), axis=0)
    told = f"{largest:5.2f} {mean:5.2f} {max(chroma):5.2f}"
    assert largest <= source.near, told
    assert mean <= source.near / 3, told
    assert max(chroma) <= max(CHROMA, source.near / 5), told
    return told


def timecode_of_number(job: Job) -> str | None:
    return job.spec.source.timecode


def off(source: Source, number: int, picture: tuple[np.ndarray, np.ndarray, np.ndarray]) -> tuple[float, ...]:
    """Largest and mean error of luma, and the mean errors of Cb and Cr with their signs, edges left out."""
    rgb = source.right(number)
    right = codes(rgb, source.tags[1], full=False, bits=8)
    luma, *chroma = picture
    assert luma.shape == right.shape[:2]
    difference = luma - right[..., 0]
    inner = (slice(EDGE, -EDGE), slice(EDGE, -EDGE))
    shifts = [float((plane - right[:, ::2, c + 1])[inner].mean()) for c, plane in enumerate(chroma)]
    return (float(np.abs(difference).max()), abs(float(difference.mean())), *shifts)


def test_there_are_sources_of_every_kind() -> None:
    assert len(SOURCES) >= 100
    assert len({source.name for source in SOURCES}) == len(SOURCES)
    assert sum(source.is_quick for source in SOURCES) >= 8
    assert all(eval_rate(source.rate) > 0 for source in SOURCES)
