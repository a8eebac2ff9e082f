# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a source that is seen through a view is taken for, how it is shown, and what overrules that."""

from typing import Optional

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.filters import FLOATS

# What the OpenColorIO configs call HDR of these transfers.
HDR_SPACES = {"smpte2084": "rec2100_pq_display", "arib-std-b67": "rec2100_hlg_display"}


def seen_source(video: VideoFacts) -> Optional[str]:
    """The sentence on a picture with a view."""
    view = video.view
    if view is None:
        return None
    said = f"Pixels are taken as {view.space} and seen as {view.shown}; color=display takes them as they are."
    if float(view.within or 0) > 1:
        said += f" Of colours as strong as that space can hold, 0.1 % are off by more than {view.within}/255."
    return said + _clipped(video)


def seen_reference(spec: JobSpec) -> Optional[str]:
    """The same of a given reference."""
    said = seen_source(spec.reference.video) if spec.reference else None
    return f"The reference: {said}" if said else None


def _clipped(video: VideoFacts) -> str:
    """What ffmpeg's conversions cut off before a view sees it."""
    if video.pix_fmt.startswith("yaf"):
        return " What is above 1 is cut off: so ffmpeg reads gray floats with alpha."
    if video.is_mixed and FLOATS.search(video.pix_fmt):
        return " What is above 1 may be cut off: so ffmpeg makes one kind of several kinds of floats."
    return ""
