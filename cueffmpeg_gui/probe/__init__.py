# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Media facts for the front ends, through PyAV: headers, every packet's time, and whether the pictures decode."""

from cueffmpeg_gui.probe.audio import probe_sound
from cueffmpeg_gui.probe.clips import probe_clip
from cueffmpeg_gui.probe.cuts import with_cuts
from cueffmpeg_gui.probe.sequences import SequenceInfo, probe_sequence, read_sequence, seen_anew
from cueffmpeg_gui.probe.thumbnails import Thumbnail, read_thumbnail

__all__ = [
    "SequenceInfo",
    "Thumbnail",
    "probe_clip",
    "probe_sequence",
    "probe_sound",
    "read_sequence",
    "read_thumbnail",
    "seen_anew",
    "with_cuts",
]
