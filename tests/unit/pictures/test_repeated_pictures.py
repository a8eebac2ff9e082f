# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where an AVI leaves a picture empty, a view of it shows the one before again, as the film of it does."""

from pathlib import Path

import pytest
from clips import Clips, picture
from decodes import md5_of

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.repeats import with_repeats
from cueffmpeg_gui.pictures.clip_reader import ClipReader
from cueffmpeg_gui.probe import probe_clip

STORED = (0, 1, 2, 2, 2, 3, 4)


def test_an_empty_picture_shows_the_one_before(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "empty.avi"
    chosen = ["-vf", "format=gbrp,select=not(eq(n\\,3)+eq(n\\,4))", "-fps_mode", "passthrough", "-c:v", "utvideo"]
    clips.run([*picture(7, size="64x48"), *chosen, str(path)])
    probed = probe_clip(str(path))
    assert (probed.video.frames, probed.video.constant_rate) == (5, False)
    clip = with_repeats(probed)
    assert (clip.video.frames, clip.video.rate, clip.video.constant_rate) == (7, 24, True)
    stored, shown = ClipReader(probed), ClipReader(clip)
    for number, place in enumerate(STORED):
        assert md5_of(shown.picture(number).frame) == md5_of(stored.picture(place).frame)
    with pytest.raises(InputRefused, match=r"has no picture 8; it ends after 7\."):
        shown.picture(7)
    stored.close()
    shown.close()


def test_an_avi_without_empty_pictures_is_as_it_was(clips: Clips) -> None:
    probed = probe_clip(str(clips("mpeg4_avi")))
    assert with_repeats(probed) is probed
