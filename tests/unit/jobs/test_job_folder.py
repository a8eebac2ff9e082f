# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The job folder is complete or not there, and its worker needs nothing beside Python 3.9."""

import ast
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.folder import build_worker, create_job_folder, free_name, job_folder, read_job
from cueffmpeg_gui.jobs.plan import WAIT_AND_WORK, plan_job
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.documents import from_plain, to_plain


def sources() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(build_worker())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


SOURCES = sources()


@pytest.fixture
def spec(clips: Clips, jobs: Jobs, tmp_path: Path) -> JobSpec:
    request = SubmitRequest("h264-review", str(clips("prores")), output=str(tmp_path / "o.mp4"))
    return make_spec(request, jobs.settings)


def test_equal_sources_make_equal_workers() -> None:
    assert build_worker() == build_worker()


@pytest.mark.parametrize(("name", "source"), SOURCES.items(), ids=list(SOURCES))
def test_the_worker_is_python_3_9_and_standard_library_only(name: str, source: str) -> None:
    tree = ast.parse(source, name, feature_version=(3, 9))
    for node in ast.walk(tree):
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            assert module.split(".")[0] in {*sys.stdlib_module_names, "cueffmpeg_gui"}


def test_the_worker_holds_all_it_imports_and_starts_alone(tmp_path: Path) -> None:
    worker = tmp_path / "worker.pyz"
    worker.write_bytes(build_worker())
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(worker), str(tmp_path / "gone"), "encode", "1"],
        capture_output=True,
        env={"CUEFFMPEG_LOCAL_FARM": "1"},
        check=False,
    )
    assert (run.returncode, run.stderr) == (2, b"")
    assert run.stdout.decode().startswith("error: ")


def test_no_annotation_in_the_worker_needs_a_newer_python() -> None:
    for name, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            annotations = [getattr(node, "annotation", None), getattr(node, "returns", None)]
            for annotation in filter(None, annotations):
                unions = [n for n in ast.walk(annotation) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.BitOr)]
                assert not unions, f"{name}: {ast.unparse(annotation)}"


NEWER_MODULES = {"tomllib"}
NEWER_NAMES = {
    "pairwise", "file_digest", "StrEnum", "ReprEnum", "ExceptionGroup", "chdir", "UTC", "hardlink_to", "bit_count",
    "TypeAlias", "ParamSpec", "Self", "Never", "LiteralString", "override", "batched", "EncodingWarning", "aiter",
    "anext", "timeout_at", "TaskGroup", "root_dir", "correlation",
}  # fmt: skip
NEWER_KEYWORDS = {("zip", "strict"), ("dataclass", "slots"), ("dataclass", "kw_only"), ("field", "kw_only")}


@pytest.mark.parametrize(("name", "source"), SOURCES.items(), ids=list(SOURCES))
def test_the_worker_calls_nothing_that_python_3_9_has_not(name: str, source: str) -> None:
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            assert not NEWER_KEYWORDS & {(called, keyword.arg) for keyword in node.keywords}
            if called in ("isinstance", "issubclass"):
                assert not isinstance(node.args[1], ast.BinOp)
        used = {getattr(node, "attr", None), getattr(node, "id", None)}
        if isinstance(node, ast.ImportFrom):
            used |= {node.module, *(alias.name for alias in node.names)}
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        assert not used & (NEWER_MODULES | NEWER_NAMES), f"line {getattr(node, 'lineno', '?')}"


def test_a_job_goes_round_through_its_folder(spec: JobSpec, tmp_path: Path) -> None:
    folder = create_job_folder(str(tmp_path), spec, plan_job(spec), "now")
    job = read_job(folder)
    assert (job.spec, job.plan, job.created) == (spec, plan_job(spec), "now")
    assert job.commands["encode"]["frame"] == f'/bin/sh -c "{WAIT_AND_WORK}" {folder} encode #IFRAME#'


def test_a_spec_with_a_name_that_is_no_text_goes_round(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"\xff.mov"))
    Path(source).write_bytes(clips("prores").read_bytes())
    made = jobs(source).spec
    assert from_plain(JobSpec, json.loads(json.dumps(to_plain(made)))) == made


def test_a_folder_that_is_there_is_not_written_over(spec: JobSpec, tmp_path: Path) -> None:
    folder = create_job_folder(str(tmp_path), spec, plan_job(spec), "now")
    before = Path(folder, "job.json").read_bytes()
    with pytest.raises(InputRefused, match="exists"):
        create_job_folder(str(tmp_path), spec, plan_job(spec), "later")
    assert Path(folder, "job.json").read_bytes() == before


def test_a_full_disk_leaves_no_half_folder(spec: JobSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, schema: str, data: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cueffmpeg_gui.jobs.folder.write_json", full)
    with pytest.raises(InputRefused, match="No space left"):
        create_job_folder(str(tmp_path), spec, plan_job(spec), "now")
    assert not os.path.exists(job_folder(str(tmp_path), spec))


@pytest.mark.parametrize(
    "root", ["relative", "/a b", "/a;b", "/a$b", "/a'b", "/a\n", "/caf\u00e9", "/a#b", "/a*b", "~/x"]
)
def test_a_root_that_a_shell_would_read_is_refused(root: str, spec: JobSpec) -> None:
    with pytest.raises(InputRefused, match="CUEFFMPEG_JOB_ROOT"):
        job_folder(root, spec)


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    for taken in ("demo", "demo_2"):
        (tmp_path / "show" / "shot" / taken).mkdir(parents=True)
    assert free_name(str(tmp_path), "show", "shot", "demo") == "demo_3"
    assert free_name(str(tmp_path), "show", "shot", "other") == "other"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"schema": "cueffmpeg.job/2"}', '{"schema": "cueffmpeg.job/1"}']
)
def test_a_job_document_that_is_none_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text(content)
    with pytest.raises(InputRefused, match=r"job\.json"):
        read_job(str(tmp_path))
