# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where the samples of chroma lie between those of luma: half of what is seen as a shift of colour is not knowing.

ffmpeg's scale filter takes the middle where it is told nothing, also for frames that say otherwise.
"""

import re

SUBSAMPLED = re.compile(r"4(20|22|11|10)p")
# As the standards of nearly all codecs have it, and all films made here: beside every other sample of luma.
USUAL = "left"
# JPEG (JFIF 1.02) and MPEG-1 have it in the middle, DV's 4:2:0 (IEC 61834-2) above.
BY_CODEC = {"mjpeg": "center", "mpeg1video": "center", "h261": "center", "h263": "center", "dvvideo": "topleft"}


def source_site(codec: str, pix_fmt: str) -> str:
    """Where in a decoded picture, in the words of ffmpeg's scale filter; "" where each pixel has chroma."""
    return BY_CODEC.get(codec, USUAL) if SUBSAMPLED.search(pix_fmt) else ""


def target_site(pix_fmt: str) -> str:
    """The place in what is made here."""
    return USUAL if SUBSAMPLED.search(pix_fmt) else ""


def site_options(source: str, target: str) -> list[str]:
    """The options of the scale filter that say both."""
    sides = (("in", source), ("out", target))
    return [f"{side}_chroma_loc={site}" for side, site in sides if site]
