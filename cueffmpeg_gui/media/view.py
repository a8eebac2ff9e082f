# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How the pixels of a source become what a display shows, as steps that any ffmpeg takes: matrices and tables.

The tables are files in the job's folder, known by their digest; they are baked where the job is made.
"""

from dataclasses import dataclass

from cueffmpeg_gui.media.colour import Colour

MATRIX, CURVE, CUBE = "matrix", "curve", "cube"
# Linear light, in the primaries that a config names for it; and a film's density as Kodak's scanners have it.
LINEAR, CINEON = "scene-linear", "cineon"
# Where ffmpeg finds the tables: it runs in a folder of the job beside theirs.
FOLDER = "colour"
FROM_WORK = f"../{FOLDER}"
LARGEST_FACTOR = 2.0


@dataclass(frozen=True)
class ViewStep:
    """A MATRIX of nine factors row by row, none larger than ffmpeg takes, or a table: a CURVE for each of red, green
    and blue, or a CUBE for all three; `digest` is the SHA-256 of its file."""

    kind: str
    matrix: tuple[float, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class View:
    """One way to look at a source: `space` is what its pixels are, `shown` the display and view; both for people.

    `folder` is where the tables lie; a job's own, from where its ffmpeg runs, but while pictures are looked at here.
    `within` is how far it is from OpenColorIO's own on 99.9 % of sample colours, in 1/255.
    `halves` is the digest of the table that makes floats of half floats, "" where there are none. Primaries and
    transfer are the tags of what comes out, in ffmpeg's words.
    """

    space: str
    shown: str
    steps: tuple[ViewStep, ...]
    halves: str = ""
    primaries: str = "bt709"
    transfer: str = "bt709"
    within: str = ""
    folder: str = FROM_WORK

    @property
    def colour(self) -> Colour:
        """The tags of what comes out: RGB."""
        return Colour("pc", "gbr", self.primaries, self.transfer)

    @property
    def digests(self) -> tuple[str, ...]:
        """Every table it needs."""
        found = (self.halves, *(step.digest for step in self.steps))
        return tuple(dict.fromkeys(digest for digest in found if digest))


def table_name(digest: str) -> str:
    """The name of a table's file."""
    return f"{digest[:24]}.cube"
