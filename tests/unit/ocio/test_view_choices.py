# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Configs, looks and files of looks: a studio's own are taken, and what is wrong with them is one sentence."""

from pathlib import Path

import numpy as np
import PyOpenColorIO as Ocio
import pytest
from seen_pixels import AS_IT_IS, STUDIO, codes, dpx_sequence, exr_sequence, light, off, seen, wanted
from worker_jobs import Job, Jobs

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.plan import plan_job

CDL = """<ColorCorrection id="warm"><SOPNode><Slope>1.2 1 0.8</Slope><Offset>0.01 0 0</Offset>
<Power>1 1.1 1</Power></SOPNode><SatNode><Saturation>0.7</Saturation></SatNode></ColorCorrection>"""


@pytest.fixture
def source(tmp_path: Path) -> str:
    return exr_sequence(tmp_path / "shot", np.clip(light(), 0, 32))


def job_of(jobs: Jobs, source: str, **values: str) -> Job:
    return jobs(source, frame_rate="24", values={"color": "scene-linear", **values})


def studio_config(folder: Path) -> str:
    """A studio's own: other names, a space of its own, one display of one view."""
    config = Ocio.Config.CreateRaw()
    half = Ocio.MatrixTransform.Scale([0.5, 0.5, 0.5, 1])
    config.addColorSpace(Ocio.ColorSpace(name="plate", encoding="scene-linear", toReference=half))
    gamma = Ocio.ExponentTransform([2.2, 2.2, 2.2, 1], direction=Ocio.TRANSFORM_DIR_INVERSE)
    config.addColorSpace(Ocio.ColorSpace(name="monitor", fromReference=gamma))
    config.setRole("scene_linear", "plate")
    config.addDisplayView("wall", "graded", "monitor", "")
    config.setActiveDisplays("wall")
    path = folder / "studio.ocio"
    path.write_text(config.serialize())
    return str(path)


def test_a_config_of_a_studio_gives_its_spaces_and_its_usual_view(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, color_config=studio_config(tmp_path))
    right = np.clip(np.clip(light_again(source), 0, None) / 2, 0, 1) ** (1 / 2.2)
    assert off(seen(job), right)[1] < 1
    assert "seen as wall, graded" in plan_job(job.spec).notes[0]


def light_again(source: str) -> np.ndarray:  # type: ignore[type-arg]
    """The pixels of the first EXR of a sequence of ours."""
    data = Path(source.replace("####", "1001")).read_bytes()
    side = 128
    rows = np.frombuffer(data[-side * (8 + 6 * side) :], np.uint8).reshape(side, 8 + 6 * side)[:, 8:]
    return rows.copy().view("<f2").reshape(side, 3, side)[:, ::-1].transpose(0, 2, 1).astype(float)


def test_a_cdl_grades_where_the_config_says_it_is_done(jobs: Jobs, source: str, tmp_path: Path) -> None:
    path = tmp_path / "warm.cc"
    path.write_text(CDL)
    job = job_of(jobs, source, color_files=str(path))
    config = Ocio.Config.CreateFromFile(STUDIO)
    grade = Ocio.CDLTransform([1.2, 1, 0.8], [0.01, 0, 0], [1, 1.1, 1], 0.7)
    into = Ocio.ColorSpaceTransform("Linear Rec.709 (sRGB)", "ACEScct")
    both = config.getProcessor(Ocio.GroupTransform([into, grade])).getDefaultCPUProcessor()
    graded = np.ascontiguousarray(light_again(source).reshape(-1, 3), np.float32)
    both.applyRGB(graded)
    right = wanted(graded.astype(float).reshape(128, 128, 3), "ACEScct", AS_IT_IS)
    usual, worst = off(seen(job), right)
    assert (usual <= 1, worst <= 3) == (True, True), (usual, worst)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"color": "ACEScq"}, "has no colour space 'ACEScq'. Did you mean 'ACEScg'?"),
        ({"color_view": "Un-tonemapped"}, "has no view 'Un-tonemapped' of sRGB - Display. Did you mean 'Un-tone-"),
        ({"color_display": "sRGB display"}, "has no display 'sRGB display'. Did you mean 'sRGB - Display'?"),
        ({"color_looks": "warm"}, "warm"),
        ({"color_config": "/nowhere/config.ocio"}, "The OpenColorIO config /nowhere/config.ocio is not there;"),
        ({"color_files": "/nowhere/shot.cdl"}, "The look /nowhere/shot.cdl is not there;"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_one_sentence(values: dict[str, str], said: str, jobs: Jobs, source: str) -> None:
    with pytest.raises(InputRefused) as refused:
        job_of(jobs, source, **values)
    text = str(refused.value)
    assert said in text
    assert "\n" not in text


@pytest.mark.parametrize("ending", [".ocio", ".cube", ".cc"])
def test_a_broken_file_is_named(ending: str, jobs: Jobs, source: str, tmp_path: Path) -> None:
    path = tmp_path / f"broken{ending}"
    path.write_text("hello: [")
    key = "color_config" if ending == ".ocio" else "color_files"
    with pytest.raises(InputRefused, match=f"{path} cannot be used: "):
        job_of(jobs, source, **{key: str(path)})


def test_details_without_a_space_are_refused(jobs: Jobs, tmp_path: Path) -> None:
    source = dpx_sequence(tmp_path, codes())
    with pytest.raises(InputRefused, match="color_view has no meaning without color"):
        jobs(source, frame_rate="24", values={"color_view": AS_IT_IS})
