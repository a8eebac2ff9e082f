# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Captions of pictures, and the sentences shown in their place."""

from __future__ import annotations

from cueffmpeg_gui.gui.pictures.models.screen_images import Pictures, SideImage

TIMES = "\N{MULTIPLICATION SIGN}"
JOINT = " · "
NO_PAIR = "No pictures: reference and encode of these scores are not known here."
NO_FRAME = "Click on the curve or choose a frame to see both pictures."


def captions_of(pictures: Pictures, label: str) -> dict[str, str]:
    """The captions of both sides and of their difference; `label` names the encode."""
    frame, encode = pictures.frame, pictures.sides["encode"]
    name = [label] if label else []
    return {
        "reference": _joined([f"reference {frame}", pictures.timecode]),
        "encode": _joined([f"encode {frame}", *([encode.facts] if isinstance(encode, SideImage) else []), *name]),
        "difference": _joined(
            [f"difference {frame}", f"{TIMES}{pictures.gain}", "grey: equal, lighter: the encode is lighter", *name]
        ),
    }


def _joined(parts: list[str]) -> str:
    return JOINT.join(parts)
