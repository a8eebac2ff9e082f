# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where the files of a job lie in its folder."""

import os

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS, NO_AUDIO
from cueffmpeg_gui.media.frames import FrameRange


class JobPaths:
    """Paths in a job folder; without a folder they are relative to it."""

    def __init__(self, spec: JobSpec, folder: str = "") -> None:
        self._folder = folder
        # A chunk lies in a container of the codec's own kind, so that the join copies between equals.
        self._ending = CODECS[spec.preset.values["codec"]].extensions[0] if "codec" in spec.preset.values else ""
        self._sound_ending = AUDIO_CODECS[spec.preset.values.get("audio_codec", NO_AUDIO)].extensions[0]

    def chunk(self, chunk: FrameRange) -> str:
        """The encode of a chunk."""
        return os.path.join(self._folder, "chunks", f"encode.{chunk.first}{self._ending}")

    def chunk_facts(self, chunk: FrameRange) -> str:
        """What a chunk was made of, beside it."""
        return os.path.join(self._folder, "chunks", f"encode.{chunk.first}.json")

    def output_facts(self, run: str) -> str:
        """What a run has put at the output's name."""
        return os.path.join(self._folder, "work", f"output.{run}.json")

    @property
    def chunk_list(self) -> str:
        """The list of chunks for the join."""
        return os.path.join(self._folder, "work", "chunks.ffconcat")

    @property
    def sound(self) -> str:
        """The encoded sound."""
        return os.path.join(self._folder, "audio", f"sound{self._sound_ending}")

    def chunk_scores(self, chunk: FrameRange) -> str:
        """The scores of a chunk."""
        return os.path.join(self._folder, "scores", f"compare.{chunk.first}.json")

    def chunk_features(self, chunk: FrameRange) -> str:
        """The features that the leading model measured in a chunk."""
        return os.path.join(self._folder, "scores", f"features.{chunk.first}.json")

    def chunk_pair(self, chunk: FrameRange) -> str:
        """What was measured of the pair in a chunk beside its scores."""
        return os.path.join(self._folder, "scores", f"pair.{chunk.first}.json")
