# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which files ffmpeg may open: those that are named, on this computer, and no others that they refer to."""

# Playlists and scripts, by the names of ffmpeg's demuxers: each has ffmpeg open, ask or run what its text says.
REFERRING = frozenset(
    {"applehttp", "avisynth", "concat", "dash", "hls", "imf", "lavfi", "rtp", "rtsp", "sap", "sdp", "vapoursynth",
     "webm_dash_manifest"}
)  # fmt: skip
REFERRING_ENDINGS = (".m3u8", ".m3u", ".mpd", ".sdp", ".ffconcat", ".concat", ".avs", ".vpy")
# Files that name others (an HLS playlist, a concat script) reach none but local ones.
LOCAL_ONLY = ("-protocol_whitelist", "file")

# Elementary streams: nothing but coded pictures, without times.
TIMELESS = frozenset({"h264", "hevc", "vvc", "av1", "obu", "m4v", "evc"})


def is_timeless(container: str) -> bool:
    """Whether a container, as ffmpeg names it, holds no times, so that the rate is a guess."""
    return container in TIMELESS


def local_input(path: str) -> tuple[str, ...]:
    """ffmpeg's arguments for an input; the path must be absolute, or it could be read as a protocol's."""
    return (*LOCAL_ONLY, "-i", path)
