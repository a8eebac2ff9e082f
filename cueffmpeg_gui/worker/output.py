# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The film a job makes: it takes its name only where that is the job's to take, and is known again by its packets.

Each run notes what it is about to put there; so a later run, and the comparison, know the job's own work from a file
of anybody else, whatever its name.
"""

import contextlib
import glob
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from cueffmpeg_gui.errors import CueffmpegError, InputRefused, OutputRejected
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.runs import this_run
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.documents import from_plain, json_bytes, read_json, to_plain
from cueffmpeg_gui.media.packets import read_packet_digests
from cueffmpeg_gui.worker.part_files import Part, taken, write_made
from cueffmpeg_gui.worker.report import past_stopping, say

SCHEMA = "cueffmpeg.output/1"


@dataclass(frozen=True)
class OutputFacts:
    """A film of this job: the digest of its packets, its size and time."""

    packets: str
    bytes: int
    modified: int


def output_of(spec: JobSpec) -> str:
    """Where the film goes; raises InputRefused when the job names nothing."""
    if spec.output is None:
        raise InputRefused("The job has no output to encode to.")
    return spec.output


@contextlib.contextmanager
def making_output(folder: str, spec: JobSpec, ffmpeg: str) -> Iterator[Part]:
    """Work inside writes the part, and checks it; then it becomes the job's film.

    Raises InputRefused, before the work and after it, when something else stands at its name. When another run of
    this job finishes first, that is no failure.
    """
    owner = Ownership(folder, spec, ffmpeg)
    owner.may_replace()
    part = Part(owner.target, folder)
    part.prepare()
    try:
        yield part
        owner.note(part.path)
        part.commit_as_owner(owner.may_replace)
    except (CueffmpegError, FileNotFoundError):
        if not (part.is_gone and owner.is_ours()):
            raise
        say(f"another run of this frame has made {owner.target} meanwhile")
    finally:
        part.discard()
    past_stopping()


def made_packets(folder: str, spec: JobSpec) -> set[str]:
    """The digests of all films that runs of this job have made."""
    return {facts.packets for facts in _notes(folder, spec)}


class Ownership:
    """Whose the file is that stands at the output's name."""

    def __init__(self, folder: str, spec: JobSpec, ffmpeg: str) -> None:
        self.target = output_of(spec)
        self._folder, self._spec, self._ffmpeg = folder, spec, ffmpeg

    def may_replace(self) -> bool:
        """Whether a file is there and may be replaced: the job's own, or the one it was submitted to replace.

        False when nothing is there; raises InputRefused for anything else.
        """
        try:
            found = os.lstat(self.target)
        except FileNotFoundError:
            return False
        if not stat.S_ISREG(found.st_mode):
            raise InputRefused(
                f"The output {self.target} is no ordinary file, so it is not replaced; name another one."
            )
        if not stat.S_IMODE(found.st_mode) & 0o222:
            raise InputRefused(f"The output {self.target} is read-only, so it is not replaced; name another.")
        before = self._spec.replaces
        if before and (before.bytes, before.modified) == (found.st_size, found.st_mtime_ns):
            return True
        if not self.is_ours():
            raise taken(self.target)
        return True

    def is_ours(self) -> bool:
        """Whether a run of this job has made what is there."""
        try:
            found = os.lstat(self.target)
        except FileNotFoundError:
            return False
        notes = _notes(self._folder, self._spec)
        if any((facts.bytes, facts.modified) == (found.st_size, found.st_mtime_ns) for facts in notes):
            return True
        return any(facts.bytes == found.st_size for facts in notes) and self._packets() in {n.packets for n in notes}

    def note(self, part: str) -> None:
        """Notes what is about to become the film."""
        with open(part, "rb") as file:
            os.fsync(file.fileno())
            found = os.fstat(file.fileno())
        facts = OutputFacts(read_packet_digests(part, self._ffmpeg).digest, found.st_size, found.st_mtime_ns)
        write_made(JobPaths(self._spec, self._folder).output_facts(this_run()), json_bytes(SCHEMA, to_plain(facts)))

    def _packets(self) -> str:
        try:
            return read_packet_digests(self.target, self._ffmpeg).digest
        except OutputRejected:
            return ""


def _notes(folder: str, spec: JobSpec) -> list[OutputFacts]:
    found = []
    for path in glob.glob(os.path.join(glob.escape(folder), JobPaths(spec).output_facts("*"))):
        with contextlib.suppress(InputRefused):
            found.append(from_plain(OutputFacts, read_json(path, SCHEMA), path))
    return found
