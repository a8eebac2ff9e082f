# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Equal workers are one file, unless that one cannot be trusted."""

import os
from pathlib import Path

import pytest

from cueffmpeg_gui.jobs.shared_worker import SHARED, put_shared, unused_workers


def put(root: Path, name: str, content: bytes = b"worker") -> Path:
    path = root / name
    put_shared(str(root), str(path), content)
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 & ~0o644 == 0
    return path


def test_equal_workers_share_one_file(tmp_path: Path) -> None:
    one, two, other = put(tmp_path, "a"), put(tmp_path, "b"), put(tmp_path, "c", b"other worker")
    assert one.samefile(two)
    assert not one.samefile(other)
    other.unlink()
    assert [Path(path).read_bytes() for path in unused_workers(str(tmp_path))] == [b"other worker"]


@pytest.mark.parametrize("harm", ["content", "writable", "link"])
def test_a_shared_file_that_cannot_be_trusted_is_made_anew(harm: str, tmp_path: Path) -> None:
    first = put(tmp_path, "a")
    (shared,) = (tmp_path / SHARED).iterdir()
    if harm == "content":
        first.unlink()
        shared.write_bytes(b"harmed")
    elif harm == "writable":
        shared.chmod(0o666)
    else:
        shared.unlink()
        (tmp_path / "mine").write_bytes(b"worker")
        shared.symlink_to(tmp_path / "mine")
    put(tmp_path, "b")
    assert not shared.is_symlink()


def test_where_files_have_one_name_only_workers_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert not put(tmp_path, "a").samefile(put(tmp_path, "b"))
