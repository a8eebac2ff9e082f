# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The stated API: every name is there and documented, none costs anything before it is used."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from clips import Clips

from cueffmpeg_gui import api

HEAVY = ("numpy", "av", "grpc", "outline", "opencue", "qtpy", "jinja2")


@pytest.mark.parametrize("name", api.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    found = getattr(api, name)
    assert found.__name__ == name
    assert inspect.getdoc(found)


def test_no_public_name_is_that_of_a_room() -> None:
    rooms = {path.stem for path in Path(api.__file__).parent.iterdir()}
    assert rooms.isdisjoint(api.__all__)


def test_other_names_are_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sumbit_job'"):
        api.sumbit_job  # noqa: B018


def test_importing_the_api_is_cheap() -> None:
    code = f"import sys; from cueffmpeg_gui import api; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_documented_steps_work(clips: Clips, tmp_path: Path) -> None:
    """What the docstring shows, on this computer's own farm."""
    settings = api.load_settings(farm="local")
    try:
        request = api.SubmitRequest("h264-review-vmaf", str(clips("h264")), output=str(tmp_path / "o.mp4"))
        job = api.submit_job(api.prepare(request, settings), settings)
        assert api.state_of(api.wait_for_job(api.connect_farm(settings), job.id)) == "succeeded"
        assert api.load_review(job.folder, settings).scores.pooled["vmaf"]["mean"] > 50
    finally:
        api.stop_local_farm(settings)
