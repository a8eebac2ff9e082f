# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is built works where nothing of ours is."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import cueffmpeg_gui

ROOT = Path(__file__).parent.parent.parent
SECONDS = 600


def run(*command: object, home: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    home_is = {"HOME": str(home), "CUEFFMPEG_HOME": str(home / "cueffmpeg")}
    environment = {**home_is, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **more}
    return subprocess.run(
        [str(part) for part in command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd="/",
    )


def test_the_version_stands_in_one_place() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    version = re.escape(cueffmpeg_gui.__version__)
    stating = re.compile(rf"""(__version__|^version|version=)\s*=?\s*["']{version}["']""", re.MULTILINE)

    sources = [name for name in files if name.endswith((".py", ".toml", ".xml", ".sh", ".spec", ".desktop"))]
    holding = [name for name in sources if stating.search((ROOT / name).read_text())]
    assert holding == ["cueffmpeg_gui/__init__.py"]


def test_the_changelog_begins_with_this_version_and_its_day() -> None:
    heads = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert re.fullmatch(rf"## {re.escape(cueffmpeg_gui.__version__)} \(\d{{4}}-\d\d-\d\d\)", heads[0])


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_the_wheel_holds_what_the_sdist_makes(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    (sdist,) = built.glob("*.tar.gz")

    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in ("_resources/presets/h264-review.json", "_resources/report/page.js", "localfarm/store/schema.sql"):
        assert f"cueffmpeg_gui/{needed}" in names
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    sources = {name.replace("cueffmpeg_gui/_plugins/", "plugins/") for name in names if name.endswith(".py")}
    assert "plugins/cueffmpeg_plugin.py" in sources
    assert sources <= packed


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_the_wheel_works_in_an_empty_environment(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    python = tmp_path / "env/bin/python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    lock = ROOT / "packaging/requirements.txt"
    subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    assert run(python, "-m", "pip", "check", home=tmp_path).stdout == "No broken requirements found.\n"

    program = tmp_path / "env/bin/cueffmpeg"
    assert run(program, "--version", home=tmp_path).stdout == f"cueffmpeg, version {cueffmpeg_gui.__version__}\n"
    presets = json.loads(run(program, "presets", "--json", home=tmp_path).stdout)
    assert "h264-review" in {preset["name"] for preset in presets}


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_the_bundle_runs_the_demo_and_its_farm_by_itself(built: Path, tmp_path: Path) -> None:
    program = built / "cueffmpeg/cueffmpeg"
    try:
        done = run(program, "demo", home=tmp_path, QT_QPA_PLATFORM="offscreen")

        assert done.returncode == 0, done.stderr
        assert "VMAF v0.6.1 (0-100)" in done.stdout
        assert (tmp_path / "cueffmpeg/state/localfarm/bin/python3").resolve() == program.resolve()
    finally:
        assert run(program, "farm", "stop", home=tmp_path).returncode == 0


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_the_bundle_opens_its_window_on_a_screen(built: Path, tmp_path: Path) -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("xvfb-run is not installed")
    program = built / "cueffmpeg/cueffmpeg"
    try:
        done = run("xvfb-run", "-a", "timeout", "20", program, "gui", home=tmp_path, QT_QPA_PLATFORM="xcb")

        # timeout(1) ends it: it was still open, and had nothing to complain of.
        assert (done.returncode, done.stderr) == (124, "")
    finally:
        assert run(program, "farm", "stop", home=tmp_path).returncode == 0


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_the_bundle_works_on_a_system_without_python(built: Path, tmp_path: Path) -> None:
    system = bare_system(tmp_path)
    shutil.copytree(built / "cueffmpeg", system / "opt/cueffmpeg", symlinks=True)
    inside = ["unshare", "--mount", "--fork", "sh", "-c"]
    script = (
        f"mount -t proc proc {system}/proc && mount --bind /dev {system}/dev && "
        f"chroot {system} /opt/cueffmpeg/cueffmpeg demo; code=$?; "
        f"chroot {system} /opt/cueffmpeg/cueffmpeg farm stop; exit $code"
    )

    done = run(*inside, script, home=Path("/root"), PATH="/usr/bin:/bin:/usr/sbin:/sbin")
    assert done.returncode == 0, done.stderr
    assert "VMAF v0.6.1 (0-100)" in done.stdout
    assert not list(system.glob("usr/bin/python3*"))


def bare_system(tmp_path: Path) -> Path:
    """The smallest Debian there is."""
    maker = shutil.which("mmdebstrap")
    if maker is None or os.geteuid() != 0:
        pytest.skip("a bare system is made by mmdebstrap, as root")
    system = tmp_path / "system"
    made = subprocess.run(
        [maker, "--variant=minbase", "bookworm", system], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if made.returncode:
        pytest.skip(f"mmdebstrap cannot make a system here: {made.stderr.splitlines()[-1:]}")
    return system
