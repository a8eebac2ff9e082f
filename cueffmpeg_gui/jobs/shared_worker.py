# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What many job folders hold alike, worker and tables: one file in a job root, where files may have many names.

Ten thousand jobs would hold two gigabytes of equal workers. A shared one stands in <root>/.workers under its digest;
only a file of this user that others cannot write is given to a job, any other is not trusted and copied around.
"""

import contextlib
import hashlib
import os
import stat

from cueffmpeg_gui.media.documents import write_atomically

SHARED = ".workers"
MODE = 0o644


def put_shared(root: str, path: str, content: bytes) -> None:
    """Makes a file of a job folder in this job root. Raises OSError."""
    with contextlib.suppress(OSError):
        os.link(_shared(root, path, content), path, follow_symlinks=False)
        return
    _write(path, content)


def unused_workers(root: str) -> list[str]:
    """Shared files that no job folder has any more."""
    folder = os.path.join(root, SHARED)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.stat(follow_symlinks=False).st_nlink == 1]
    return []


def _shared(root: str, wanted: str, content: bytes) -> str:
    """The shared file of this content, made if need be. Raises OSError where it cannot be trusted."""
    path = os.path.join(root, SHARED, hashlib.sha256(content).hexdigest()[:32] + os.path.splitext(wanted)[1])
    if not _is_trusted(path, content):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _write(path, content)
        if not _is_trusted(path, content):
            raise PermissionError(path)
    return path


def _is_trusted(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb", opener=_no_link) as file:
            found = os.fstat(file.fileno())
            is_own = found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
            return is_own and file.read(len(content) + 1) == content
    except OSError:
        return False


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)


def _write(path: str, content: bytes) -> None:
    write_atomically(path, content)
    os.chmod(path, os.stat(path).st_mode & MODE)
