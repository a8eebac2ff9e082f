# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether this worker is the one its job was made with: none that was damaged, cut, or mixed up with another's.

A worker that somebody replaced would not look; against that stand the rights of the job folder (see SECURITY.md).
"""

import hashlib
from pathlib import Path

from cueffmpeg_gui.errors import InputRefused


def check_worker(wanted: str) -> None:
    """Raises InputRefused when the zip application this runs out of has another digest ("": not known)."""
    archive = getattr(__spec__.loader, "archive", None)
    if not wanted or archive is None:
        return
    if hashlib.sha256(Path(archive).read_bytes()).hexdigest() != wanted:
        raise InputRefused(
            f"{archive} is not the worker that the job was made with: it was damaged or replaced; submit the job again."
        )
