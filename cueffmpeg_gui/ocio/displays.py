# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a display is in the words of a film's tags."""

SDR = ("bt709", "bt709")
# Parts of a display's name in lower case, the first that fits; primaries and transfer. What is nowhere here is SDR.
TAGS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("2100", "hlg"), ("bt2020", "arib-std-b67")),
    (("2100", "pq"), ("bt2020", "smpte2084")),
    (("st2084", "p3"), ("smpte432", "smpte2084")),
    (("hdr", "p3"), ("smpte432", "iec61966-2-1")),
    (("p3",), ("smpte432", "bt709")),
)


def tags_of(display: str) -> tuple[str, str]:
    """Primaries and transfer, in ffmpeg's words."""
    name = display.lower()
    return next((tags for words, tags in TAGS if all(word in name for word in words)), SDR)
