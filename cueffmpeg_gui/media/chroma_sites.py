# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where the samples of chroma lie between those of luma: half of what is seen as a shift of colour is not knowing.

ffmpeg's scale filter takes the middle where it is told nothing, also for frames that say otherwise.
"""

import re

SUBSAMPLED, SHARED_ROWS = re.compile(r"4(20|22|11|10)p"), re.compile(r"4(20|10)p")
# As the standards of nearly all codecs have it, and all films made here: beside every other sample of luma.
USUAL = "left"
# JPEG (JFIF 1.02) and MPEG-1 have it in the middle, DV's 4:2:0 (IEC 61834-2) above.
BY_CODEC = {
    "mjpeg": "center",
    "webp": "center",
    "mpeg1video": "center",
    "h261": "center",
    "h263": "center",
    "dvvideo": "topleft",
}
SITES = ("left", "center", "topleft", "top", "bottomleft", "bottom")
# Where rows are not shared, only the side counts.
SIDES = {"topleft": "left", "bottomleft": "left", "top": "center", "bottom": "center"}


def is_subsampled(pix_fmt: str) -> bool:
    """Whether pixels share samples of chroma."""
    return SUBSAMPLED.search(pix_fmt) is not None


def source_site(codec: str, pix_fmt: str, said: str = "") -> str:
    """Where in a decoded picture, in the words of ffmpeg's scale filter; "" where each pixel has chroma.

    `said` is what the file says; where it is silent the standard of its codec counts.
    """
    if not is_subsampled(pix_fmt):
        return ""
    site = said or BY_CODEC.get(codec, USUAL)
    return site if SHARED_ROWS.search(pix_fmt) else SIDES.get(site, site)


def target_site(pix_fmt: str) -> str:
    """The place in what is made here."""
    return USUAL if is_subsampled(pix_fmt) else ""


def site_options(source: str, target: str) -> list[str]:
    """The options of the scale filter that say both."""
    sides = (("in", source), ("out", target))
    return [f"{side}_chroma_loc={site}" for side, site in sides if site]
