# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What CAMBI is told of the encode: it looks for bands as they were coded, not in the format pictures are compared in.

Without this the same encode has other bands beside a deeper reference (libvmaf's cambi.c and models_v1.md).
"""

import re
from collections.abc import Mapping
from typing import Any

from cueffmpeg_gui.media.facts import VideoFacts

# What libvmaf takes; outside of these it refuses to start.
RANGES = {"enc_bitdepth": range(6, 17), "enc_width": range(180, 7681), "enc_height": range(150, 4321)}
# Options stand in the key of the log, by short names in the order of the alphabet: cambi_encbd_8_ench_720_encw_1280.
KEY = re.compile(r"cambi(?:_enc(?:bd|h|w)_\d+)+")


def coded_options(encode: VideoFacts, size: tuple[int, int], depth: int) -> dict[str, int]:
    """CAMBI's options for an encode that is compared at a size and a depth; none where it was coded like that."""
    told = {"enc_bitdepth": encode.depth} if encode.depth != depth else {}
    coded = {"enc_width": encode.width, "enc_height": encode.height} if (encode.width, encode.height) != size else {}
    return {**_if_taken(told), **_if_taken(coded)}


def _if_taken(options: dict[str, int]) -> dict[str, int]:
    return options if all(value in RANGES[name] for name, value in options.items()) else {}


def with_plain_key(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of libvmaf's log with its CAMBI under the plain name."""
    return {"cambi" if KEY.fullmatch(key) else key: value for key, value in row.items()}
