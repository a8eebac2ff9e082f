# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A film that is not the reference's is named, and so are bars on one side; the coarsest encode is not."""

from pathlib import Path

import pytest
from clips import Clips, tagged
from pair_looks import look_at
from worker_jobs import Jobs

FILM, LIFE = "testsrc2=size=192x128:rate=24", "life=size=192x128:rate=24:seed=3:mold=10"
TAGS = tagged("bt709")[1]
CHAINS = {
    "another film": (FILM, "mandelbrot=size=192x128:rate=24", "null", 20, True),
    "bars": (FILM, FILM, "scale=192:96,pad=192:128:0:16,setsar=1", 20, True),
    "coarse": (FILM, FILM, "null", 51, False),
    "coarse and lively": (LIFE, LIFE, "null", 45, False),
    "noise": (*["color=gray:size=192x128:rate=24,noise=alls=60:allf=t"] * 2, "null", 51, False),
}


@pytest.mark.parametrize("name", CHAINS)
def test_other_pictures_are_named(name: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference, encode, chain, crf, is_other = CHAINS[name]
    made = []
    for side, source, filters, coarse in (("r", reference, "null", 10), ("e", encode, chain, crf)):
        made.append(tmp_path / f"{side}.mp4")
        graph = f"{source},trim=end_frame=16,{filters},{TAGS},format=yuv420p"
        clips.run(["-f", "lavfi", "-i", graph, "-c:v", "libx264", "-crf", str(coarse), str(made[-1])])
    facts = look_at(jobs, made[1], made[0])
    assert ("are not the reference's" in facts.summary) is is_other


@pytest.mark.parametrize(("start", "crf", "is_other"), [(20, 20, True), (20, 36, True), (0, 46, False), (0, 51, False)])
def test_another_place_in_the_film_is_named(  # noqa: PLR0917
    start: int, crf: int, is_other: bool, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    demo = str(Path(__file__).parents[3] / "resources/demo/bigbuckbunny.mp4")
    made = []
    for side, first, coarse in (("r", 0, 10), ("e", start, crf)):
        made.append(tmp_path / f"{side}.mp4")
        chain = (
            f"trim=start_frame={first}:end_frame={first + 30},setpts=PTS-STARTPTS,scale=320:180,{TAGS},format=yuv420p"
        )
        clips.run(["-i", demo, "-an", "-vf", chain, "-c:v", "libx264", "-crf", str(coarse), str(made[-1])])
    facts = look_at(jobs, made[1], made[0])
    assert bool(facts.faults) is is_other
