# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which linear light an EXR holds, by the primaries and white that its header names."""

import struct

from cueffmpeg_gui.media.view import LINEAR

# x and y of red, green, blue and white; the colour space of the ACES configs.
D65, ACES_WHITE = (0.3127, 0.329), (0.32168, 0.33767)
SPACES: dict[tuple[float, ...], str] = {
    (0.7347, 0.2653, 0.0, 1.0, 0.0001, -0.077, *ACES_WHITE): "ACES2065-1",
    (0.713, 0.293, 0.165, 0.83, 0.128, 0.044, *ACES_WHITE): "ACEScg",
    (0.708, 0.292, 0.17, 0.797, 0.131, 0.046, *D65): "Linear Rec.2020",
    (0.68, 0.32, 0.265, 0.69, 0.15, 0.06, *D65): "Linear P3-D65",
}
NEAR = 0.002


def space_of(chromaticities: bytes) -> str:
    """The space of the attribute; LINEAR, which is Rec.709 by the format's own word, where it says nothing else."""
    if len(chromaticities) != 32:
        return LINEAR
    found = struct.unpack("<8f", chromaticities)
    for wanted, space in SPACES.items():
        if all(abs(one - other) < NEAR for one, other in zip(found, wanted, strict=True)):
            return space
    return LINEAR
