# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The files that ffmpeg writes in a job's work folder while a comparison runs; gone when it is done."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass

from cueffmpeg_gui.media.pair_look import LookFiles
from cueffmpeg_gui.worker.part_files import Part

# libvmaf's log, that of the xpsnr filter, and small pictures of the pair.
NAMES = (("vmaf", "json"), ("xpsnr", "txt"), ("pair", "luma"), ("pair", "colour"), ("pair", "alpha"))


@dataclass(frozen=True)
class CompareFiles:
    """Bare names in a folder."""

    folder: str
    log: str
    beside: str
    look: LookFiles

    def path(self, name: str) -> str:
        """Where one of them lies."""
        return os.path.join(self.folder, name)


@contextlib.contextmanager
def compare_files(work: str, first: int) -> Iterator[CompareFiles]:
    """The files for a comparison that begins at a frame; empty at first."""
    parts = [Part(os.path.join(work, f"{name}.{first}.{ending}")) for name, ending in NAMES]
    for part in parts:
        part.prepare()
    log, beside, *look = (os.path.basename(part.path) for part in parts)
    try:
        yield CompareFiles(work, log, beside, LookFiles(*look))
    finally:
        for part in parts:
            part.discard()
