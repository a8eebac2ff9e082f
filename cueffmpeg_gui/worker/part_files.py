# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Parts: outputs under another name until they are whole, so that a final name never stands for half a file.

A part's name holds host and process, so two runs of one frame never write one file; it is short, because the
output's own name may already be as long as a name can be.
"""

import contextlib
import glob
import hashlib
import os
import socket
from collections.abc import Iterator
from typing import Optional

from cueffmpeg_gui.errors import CueffmpegError, InputRefused
from cueffmpeg_gui.worker.failure import TEMPORARY
from cueffmpeg_gui.worker.report import past_stopping, say


class Part:
    """The part of one target file, for this process."""

    def __init__(self, target: str) -> None:
        self.target = target
        folder, name = os.path.split(target)
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:12]
        self._host = "".join(c if c.isalnum() else "-" for c in socket.gethostname())
        self._stem = os.path.join(folder, f".cueffmpeg-{digest}")
        self._ending = f".part{os.path.splitext(name)[1]}"
        self.path = f"{self._stem}.{self._host}.{os.getpid()}{self._ending}"
        self._before = _identity(target)

    @property
    def was_overtaken(self) -> bool:
        """Whether another run of the same frame has finished meanwhile, and removed this part."""
        return not os.path.exists(self.path) and _identity(self.target) not in (None, self._before)

    def prepare(self) -> None:
        """Checks that the folder can be written and removes the parts of dead runs on this host."""
        for part in self._others():
            host, _, pid = part[len(self._stem) + 1 : -len(self._ending)].rpartition(".")
            if host == self._host and not _is_alive(pid):
                _remove(part)
        try:
            with open(self.path, "wb"):
                pass
        except OSError as error:
            if error.errno in TEMPORARY:
                raise
            folder = os.path.dirname(self.target)
            raise InputRefused(
                f"The output folder {folder} cannot be written on this host: {error.strerror}."
            ) from None

    def commit(self) -> None:
        """Gives the part its final name, and removes what other runs left or are still writing."""
        try:
            with open(self.path, "rb") as file:
                os.fsync(file.fileno())
            os.replace(self.path, self.target)
        except FileNotFoundError:
            if not self.was_overtaken:
                raise
        for part in self._others():
            _remove(part)

    def discard(self) -> None:
        """Removes the part, if it is still there."""
        _remove(self.path)

    def _others(self) -> list[str]:
        return glob.glob(f"{glob.escape(self._stem)}.*{glob.escape(self._ending)}")


@contextlib.contextmanager
def making(target: str) -> Iterator[Part]:
    """Work inside writes the part; it gets its final name when all went well, and is gone when not.

    When another run of the same frame finishes first and takes the part away, that is no failure.
    """
    part = Part(target)
    part.prepare()
    try:
        yield part
        part.commit()
    except CueffmpegError:
        if not part.was_overtaken:
            raise
        say(f"another run of this frame has made {target} meanwhile")
    finally:
        part.discard()
    past_stopping()


def write_made(path: str, content: bytes) -> None:
    """Writes a small file like any other output, so that what a killed run left of it is removed by the next."""
    part = Part(path)
    part.prepare()
    try:
        with open(part.path, "wb") as file:
            file.write(content)
        part.commit()
    finally:
        part.discard()


def _identity(path: str) -> Optional[tuple[int, int]]:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return int(pid) != os.getpid()
