# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Parts: outputs under another name until they are whole, so that a final name never stands for half a file.

A part's name holds its job, host and process, so two runs never write one file; it is short, because the output's own
name may already be as long as a name can be.
"""

import contextlib
import errno
import glob
import os
from collections.abc import Callable, Iterator
from typing import Optional

from cueffmpeg_gui.errors import CueffmpegError, InputRefused
from cueffmpeg_gui.jobs.part_names import part_ending, part_stem, run_of
from cueffmpeg_gui.jobs.runs import is_dead, this_run
from cueffmpeg_gui.worker.failure import TEMPORARY
from cueffmpeg_gui.worker.report import past_stopping, say

# Storage that knows no second names of a file.
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES, errno.EINVAL)


class Part:
    """The part of one target file, for this process. `owner` is the job folder, where others may want that target."""

    def __init__(self, target: str, owner: str = "") -> None:
        self.target = target
        self._stem, self._ending = part_stem(target, owner), part_ending(target)
        self.path = f"{self._stem}.{this_run()}{self._ending}"
        self._before = _identity(target)

    @property
    def is_gone(self) -> bool:
        """Whether another run of the same frame has finished meanwhile, and removed this part."""
        return not os.path.exists(self.path)

    @property
    def was_overtaken(self) -> bool:
        """Whether it is gone, and the target is another file than before."""
        return self.is_gone and _identity(self.target) not in (None, self._before)

    def prepare(self) -> None:
        """Checks that the folder can be written and removes whatever dead runs of this host have left in it."""
        remove_dead(os.path.dirname(self.target))
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
            self._sync()
            os.replace(self.path, self.target)
        except FileNotFoundError:
            if not self.was_overtaken:
                raise
        self._remove_others()

    def commit_as_owner(self, may_replace: Callable[[], bool]) -> None:
        """As commit, but takes the name only while it is free, or `may_replace` says that what has it may go."""
        self._sync()
        is_done = False
        while not is_done:
            if may_replace():
                os.replace(self.path, self.target)
                is_done = True
            else:
                is_done = self._take_free_name()
        self._remove_others()

    def discard(self) -> None:
        """Removes the part, if it is still there."""
        _remove(self.path)

    def _take_free_name(self) -> bool:
        """Whether the name was free to the last moment, and is the part's now."""
        try:
            os.link(self.path, self.target)  # unlike a rename, it never replaces
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            if os.path.lexists(self.target):
                return False
            os.replace(self.path, self.target)
        _remove(self.path)
        return True

    def _sync(self) -> None:
        with open(self.path, "rb") as file:
            os.fsync(file.fileno())

    def _remove_others(self) -> None:
        for part in glob.glob(f"{glob.escape(self._stem)}.*{glob.escape(self._ending)}"):
            _remove(part)


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


def taken(target: str) -> InputRefused:
    """What is raised when a name is no longer the job's to take."""
    return InputRefused(
        f"At {target} is a file that this job did not make and was not sent to replace, so it was left alone; move it "
        "away and retry, or submit the job with another output."
    )


def remove_dead(folder: str) -> None:
    """Removes the parts that dead runs of this host have left in a folder, whatever they were to become."""
    for part in glob.glob(os.path.join(glob.escape(folder), ".cueffmpeg-*.part*")):
        run = run_of(part)
        if run and is_dead(run):
            with contextlib.suppress(PermissionError):
                _remove(part)


def _identity(path: str) -> Optional[tuple[int, int]]:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
