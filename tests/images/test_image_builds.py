# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The image for real: built by buildah, built again, run as an rqd whose frames encode and compare."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import machine
import pytest
from clips import Clips
from images import ROOT, Images
from worker_jobs import Job, Jobs

from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.settings import load_settings

pytestmark = [pytest.mark.long, pytest.mark.timeout(7200)]
OPENRQD = os.environ.get("CUEFFMPEG_TEST_OPENRQD", "")
RQD = "/usr/local/bin/tini -- /usr/local/bin/start-rqd"


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Images]:
    """A store with a base made of this machine's own packages."""
    machine.skip_unless_images_can_be_built()
    release = machine.codename()
    place = tmp_path_factory.mktemp("images")
    made = Images(place, machine.build_secrets(place, release))
    made.make_base(release, machine.apt_sources(release))
    yield made
    made.remove_all()


@pytest.fixture(scope="module")
def wheel(images: Images) -> str:
    """The quick image: our rqd on Debian, ffmpeg from the wheel."""
    return images.build("wheel", "--ffmpeg", "wheel")


@pytest.fixture(scope="module")
def rust(images: Images) -> str:
    """The image on a Rust rqd."""
    if not OPENRQD:
        pytest.skip("CUEFFMPEG_TEST_OPENRQD names no openrqd, and no registry has the official image here")
    base = images.make_rust_base(OPENRQD)
    return images.build("rust", "--base", "rust", "--ffmpeg", "wheel", extra=("--build-arg", f"RUST_RQD_IMAGE={base}"))


@pytest.fixture(scope="module")
def source(images: Images, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The image with ffmpeg built from its sources; without x265, which is half of the time."""
    fetched = subprocess.run(
        ["sh", "docker/fetch.sh", "docker/sources.lock", "docker/sources", str(tmp_path_factory.mktemp("src")),
         "x264", "dav1d", "libvmaf", "ffmpeg"],
        cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if fetched.returncode:
        pytest.skip(fetched.stderr.splitlines()[-1])
    return images.build("source", "--ffmpeg", "source", "--without-x265")


@pytest.fixture
def job(tmp_path: Path, ffmpeg: str) -> Job:
    """A job folder on storage that the image's user may write: encode and compare of a small clip."""
    shared = tmp_path / "shared"
    for name in ("jobs", "media", "logs"):
        (shared / name).mkdir(parents=True)
    settings = load_settings(
        {
            "CUEFFMPEG_HOME": f"{tmp_path}/home",
            "CUEFFMPEG_SITE": f"{tmp_path}/site",
            "CUEFFMPEG_USER": "alice",
            "CUEFFMPEG_JOB_ROOT": f"{shared}/jobs",
        }
    )
    clip = Clips(shared / "media", ffmpeg)("h264")
    made = Jobs(settings, ffmpeg)(clip, "h264-review-vmaf", output=f"{shared}/media/encode.mp4")
    for path in [shared, *shared.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o644)
    return made


def run_on_farm(images: Images, image: str, job: Job) -> dict[str, Any]:
    """Every frame of the job launched over gRPC on a container of the image; what the farm saw."""
    shared = Path(job.output).parent.parent
    container = images.container(image)
    frames = [
        {
            "name": f"{frame:04d}-{layer}",
            "command": f"python3 {job.folder}/worker.pyz {job.folder} {layer} {frame}",
            "log_dir": f"{shared}/logs",
        }
        for layer, frame in job.frames
    ]
    asked = {"frames": frames, "health": images.command(container, "/usr/local/bin/rqd-answers")}
    options = [
        "--volume",
        f"{shared}:{shared}",
        "--env",
        "CUEBOT_HOSTNAME=127.0.0.1",
        "--env",
        "RQD_HOSTNAME=127.0.0.1",
    ]
    stub = [sys.executable, str(Path(__file__).with_name("stub_cuebot.py")), json.dumps(asked), "--"]
    # A network of its own: farm and rqd have their ports to themselves and nobody else hears them.
    alone = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "alone"]
    seen = images.run([*alone, *stub, *images.command(container, *options, "--env", "RQD_CORES=1", RQD)], 300)
    return dict(json.loads(seen))


def check_frames(seen: dict[str, Any], job: Job) -> None:
    """Both frames are done, and what they made belongs to the user of the image and can be read by all."""
    assert seen["frames"] == {"0001-encode": [0, 0], "0001-compare": [0, 0]}
    assert seen["health"] == 0
    assert seen["cores"] == 100
    made = [job.output, job.scores, *(job.output.parent.parent / "logs").iterdir()]
    assert {(path.stat().st_uid, path.stat().st_gid) for path in made} == {(1000, 1000)}
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in made)
    assert len(read_scores(str(job.scores)).rows) == 48


def test_a_second_build_gives_equal_layers(images: Images, wheel: str) -> None:
    again = images.build("again", "--ffmpeg", "wheel", extra=("--no-cache",))
    assert images.layers(again) == images.layers(wheel)


def test_the_image_says_what_it_is_and_runs_as_nobody_special(images: Images, wheel: str) -> None:
    config = images.config(wheel)["Docker"]["config"]
    assert config["User"] == "1000:1000"
    assert config["Healthcheck"]["Test"] == ["CMD", "/usr/local/bin/rqd-answers"]
    assert config["Entrypoint"] == ["/usr/local/bin/tini", "--"]
    assert config["Labels"]["cueffmpeg.ffmpeg"] == "imageio-ffmpeg-0.8.1"
    assert config["Labels"]["org.opencontainers.image.created"] == "2023-11-14T22:13:20Z"


def test_the_image_holds_no_build_tools_and_nothing_of_this_machine(images: Images, wheel: str) -> None:
    tools = "command -v gcc make cmake meson pip pip3 curl git"
    settings = "cat /etc/apt/sources.list /etc/apt/sources.list.d/* /etc/pip.conf"
    left = "find /run/secrets /run/build /var/lib/apt/lists /tmp /src /opt/deps -type f"
    assert images.inside(images.container(wheel), f"exec 2>/dev/null; {tools}; {settings}; {left}; true") == ""


def test_the_doctor_runs_inside_and_finds_the_locked_score(images: Images, wheel: str) -> None:
    said = images.inside(images.container(wheel), "cueffmpeg doctor").splitlines()
    assert "libx265: there" in said
    assert f"score: {locked('score')} by vmaf_v0.6.1 for a generated clip" in said


def test_the_bill_of_materials_names_what_is_inside(images: Images, wheel: str) -> None:
    bill = json.loads(images.inside(images.container(wheel), "cat /usr/share/cueffmpeg/sbom.spdx.json"))
    names = {package["name"] for package in bill["packages"]}
    assert bill["spdxVersion"] == "SPDX-2.3"
    assert {"imageio-ffmpeg", "opencue_rqd", "python3", "libc6"} <= names
    assert bill["creationInfo"]["created"] == "2023-11-14T22:13:20Z"
    assert len({package["SPDXID"] for package in bill["packages"]}) == len(bill["packages"])


def test_frames_of_a_job_run_on_the_image_as_rqd(images: Images, wheel: str, job: Job) -> None:
    check_frames(run_on_farm(images, wheel, job), job)


def test_frames_of_a_job_run_on_the_image_with_the_rust_rqd(images: Images, rust: str, job: Job) -> None:
    check_frames(run_on_farm(images, rust, job), job)


def test_an_ffmpeg_that_scores_otherwise_fails_the_build(images: Images, wheel: str) -> None:
    program = (ROOT / "docker" / "prove.py").read_text()
    script = f"echo score vmaf_v0.6.1 66.000000 >/tmp/lock; python3 - /tmp/lock <<'END' 2>&1\n{program}\nEND\n"
    said = images.inside(images.container(wheel), script, code=1)
    assert "This ffmpeg scores 66.478529 where the lock says 66.000000" in said


def test_an_ffmpeg_built_from_sources_is_the_locked_one_and_scores_as_the_wheel(
    images: Images, source: str, job: Job
) -> None:
    container = images.container(source)
    said = images.inside(container, "cueffmpeg doctor; ffmpeg -version; ffprobe -version").splitlines()
    assert f"ffmpeg: {locked('ffmpeg')} (/usr/local/bin/ffmpeg)" in said
    assert f"score: {locked('score')} by vmaf_v0.6.1 for a generated clip" in said
    assert any(line.startswith(f"ffprobe version {locked('ffmpeg')} ") for line in said)
    check_frames(run_on_farm(images, source, job), job)
    rows = read_scores(str(job.scores)).rows
    # The wheel's ffmpeg gives the same pictures the same numbers.
    job.must_run("compare")
    assert read_scores(str(job.scores)).rows == rows


def test_the_bill_of_materials_of_a_source_build_names_every_source_with_its_hash(images: Images, source: str) -> None:
    bill = json.loads(images.inside(images.container(source), "cat /usr/share/cueffmpeg/sbom.spdx.json"))
    found = {package["name"]: package for package in bill["packages"]}
    for name in ("ffmpeg", "x264", "dav1d", "libvmaf"):
        assert found[name]["versionInfo"] == locked(name)
        assert found[name]["downloadLocation"].startswith("https://")
        assert len(found[name]["checksums"][0]["checksumValue"]) == 64
    assert "x265" not in found


def locked(name: str) -> str:
    """The version of a source in the lock, or the score."""
    line = re.search(rf"(?m)^{name} +(\S+)(?: +(\S+))?", (ROOT / "docker" / "sources.lock").read_text())
    assert line
    return line[2] if name == "score" else line[1]
