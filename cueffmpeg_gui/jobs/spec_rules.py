# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of everything a job's document can say: for each field of each dataclass in it, what its values may be.

A field that is not in the table cannot be read. What reaches ffmpeg's filters and options is a number or a word out of
a table; free text is only ever an argument of its own.
"""

from collections.abc import Iterable
from fractions import Fraction

from cueffmpeg_gui.jobs.plan import STEP_LAYERS, Depend, LayerPlan, Plan
from cueffmpeg_gui.jobs.rule_kinds import (
    LONGEST_NAME,
    MOST_SECONDS,
    Between,
    Cuts,
    FormatName,
    Line,
    NamePart,
    NumberList,
    Path,
    Rule,
    Samples,
    Text,
    anything,
)
from cueffmpeg_gui.jobs.spec import FileMark, JobSpec, Placement, PresetUse
from cueffmpeg_gui.media.chroma_sites import SITES
from cueffmpeg_gui.media.chunks import Chunking
from cueffmpeg_gui.media.colour import MATRICES, PRIMARIES, RANGES, TRANSFERS, UNKNOWN, Colour
from cueffmpeg_gui.media.facts import AudioFacts, ClipFacts, Repeats, SoundFile, VideoFacts
from cueffmpeg_gui.media.frames import HIGHEST_FRAME, MOST_FRAMES, FrameRange
from cueffmpeg_gui.media.gaps import POLICIES
from cueffmpeg_gui.media.geometry import Box, Geometry
from cueffmpeg_gui.media.kinds import KINDS
from cueffmpeg_gui.media.pair_fields import DEINTERLACED
from cueffmpeg_gui.media.pairs import PairPlan
from cueffmpeg_gui.media.presets import LEVELS, NAME
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.timing import TIMECODE
from cueffmpeg_gui.media.value_types import Form, Number, OneOf
from cueffmpeg_gui.media.view import CUBE, CURVE, FROM_WORK, LARGEST_FACTOR, MATRIX, View, ViewStep

MOST_BYTES = 2**63 - 1
# Pictures a second: high-speed cameras make tens of thousands.
FASTEST = 100000
# The longest side of a picture, as encoders have it.
LONGEST_SIDE = 65536


def _of(table: Iterable[str]) -> OneOf:
    return OneOf((*table, UNKNOWN))


WORD = Form(r"[A-Za-z0-9_.-]{1,64}", "a word of letters, digits, '_', '-' and '.'")
DIGEST = Form(r"([0-9a-f]{64})?", "a SHA-256 in hexadecimal digits")
PATH, NAME_PART, LINE = Path(), NamePart(), Line()
LAYER_NAME = Line(LONGEST_NAME)
FRAME = Number(-HIGHEST_FRAME, HIGHEST_FRAME)
BYTES, TIME = Number(0, MOST_BYTES), Number(-MOST_BYTES, MOST_BYTES)
SIDE, PLACE = Number(1, LONGEST_SIDE), Number(0, LONGEST_SIDE)
STREAM = Number(0, 10000)
SECONDS = Between(Fraction(0), Fraction(MOST_SECONDS))
ANY_SECONDS = Between(Fraction(-MOST_SECONDS), Fraction(MOST_SECONDS))
LAYER = OneOf(tuple(layer for layers in STEP_LAYERS.values() for layer in layers))

RULES: dict[type, dict[str, Rule]] = {
    JobSpec: {
        "placement": anything,
        "preset": anything,
        "source": anything,
        "frames": anything,
        "output": PATH,
        "reference": anything,
        "sound": anything,
        "sound_delay": Between(Fraction(-3600), Fraction(3600)),
        "chunking": anything,
        "reuse": PATH,
        "pair": anything,
        "findings": LINE,
        "replaces": anything,
    },
    # The names of a placement are checked together, as a farm puts them together.
    Placement: {
        "name": LINE,
        "show": LINE,
        "shot": LINE,
        "user": LINE,
        "facility": WORD,
        "priority": Number(-(10**6), 10**6),
        "paused": anything,
        "tags": WORD,
        "limits": WORD,
    },
    # Its values are those of a preset, and are checked as such.
    PresetUse: {
        "name": Form(NAME.pattern, "a preset's name"),
        "version": Number(0, 10**9),
        "kind": OneOf(tuple(KINDS)),
        "level": OneOf(LEVELS),
        "values": anything,
    },
    PairPlan: {
        "geometry": anything,
        "offset": FRAME,
        "deinterlaced": OneOf(DEINTERLACED),
        "notes": LINE,
        "partners": Number(0, MOST_FRAMES),
        "field_fault": LINE,
    },
    Geometry: {
        "source": SIDE,
        "fixed": SIDE,
        "output": SIDE,
        "fix": OneOf(("crop", "pad")),
        "at": PLACE,
        "encode_box": anything,
        "compare": SIDE,
    },
    Box: {"width": SIDE, "height": SIDE, "x": PLACE, "y": PLACE},
    FileMark: {"bytes": BYTES, "modified": TIME},
    FrameRange: {"first": FRAME, "last": FRAME},
    Chunking: {"length": Number(1, MOST_FRAMES), "reason": LINE},
    ClipFacts: {
        "path": PATH,
        "container": FormatName(),
        "bytes": BYTES,
        "modified": TIME,
        "duration": SECONDS,
        "video": anything,
        "audio": anything,
        "timecode": Form(TIMECODE.pattern, "a timecode"),
        "sequence": anything,
        "start": ANY_SECONDS,
        "cuts": Cuts(),
        "marks": Form(r"(?:[0-9a-f]{4})*", "four digits a picture"),
        "samples": Samples(),
        "unused_timecode": LINE,
    },
    VideoFacts: {
        "index": STREAM,
        "codec": WORD,
        "width": Number(1, LONGEST_SIDE),
        "height": Number(1, LONGEST_SIDE),
        "rotation": Number(0, 359),
        "sample_aspect": Between(Fraction(1, 10**6), Fraction(10**6)),
        "rate": Between(Fraction(1, 10**6), Fraction(FASTEST)),
        "frames": Number(1, MOST_FRAMES),
        "constant_rate": anything,
        "interlaced": anything,
        "pix_fmt": WORD,
        "depth": Number(1, 64),
        "is_rgb": anything,
        "has_alpha": anything,
        "tags": anything,
        "start": SECONDS,
        "crop": Number(0, LONGEST_SIDE),
        "mirrored": anything,
        "lost": Number(0, MOST_FRAMES),
        "site": OneOf(("", *SITES)),
        "is_mixed": anything,
        "space": LINE,
        "repeats": anything,
        "view": anything,
    },
    Repeats: {"frames": Number(1, MOST_FRAMES), "rate": Between(Fraction(1, 10**6), Fraction(FASTEST))},
    # Which step has which of them is checked as a whole.
    View: {
        "space": LINE,
        "shown": LINE,
        "steps": anything,
        "halves": DIGEST,
        "primaries": _of(PRIMARIES.values()),
        "transfer": _of(TRANSFERS.values()),
        "within": Form(r"[0-9.]{0,12}", "a number"),
        "folder": OneOf((FROM_WORK,)),
    },
    ViewStep: {
        "kind": OneOf((MATRIX, CURVE, CUBE)),
        "matrix": Number(-LARGEST_FACTOR, LARGEST_FACTOR, whole=False),
        "digest": DIGEST,
    },
    Colour: {
        "range": _of(RANGES.values()),
        "matrix": _of(MATRICES.values()),
        "primaries": _of(PRIMARIES.values()),
        "transfer": _of(TRANSFERS.values()),
    },
    AudioFacts: {
        "index": STREAM,
        "codec": WORD,
        "sample_rate": Number(1, 10**8),
        "channels": Number(1, 1024),
        "layout": LINE,
        "duration": ANY_SECONDS,
        "start": ANY_SECONDS,
    },
    SoundFile: {"path": PATH, "bytes": BYTES, "modified": TIME, "streams": anything, "samples_at": BYTES},
    Sequence: {
        "folder": PATH,
        "prefix": NAME_PART,
        "digits": Number(1, 32),
        "suffix": NAME_PART,
        "first": FRAME,
        "last": FRAME,
        "file_bytes": BYTES,
        "there": NumberList(),
        "gaps": OneOf(tuple(POLICIES)),
        "layer": LAYER_NAME,
        "layer_prefix": LAYER_NAME,
    },
    Plan: {"layers": anything, "depends": anything, "notes": Text()},
    LayerPlan: {
        "name": LAYER,
        "frames": anything,
        "chunk": Number(1, MOST_FRAMES),
        "cores": Number(1, 1000),
        "memory_mb": Number(1, 10**7),
    },
    Depend: {"layer": LAYER, "on": LAYER},
}
