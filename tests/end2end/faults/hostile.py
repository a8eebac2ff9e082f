# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Hostile values, and the places in a document where they can stand."""

import hashlib
import os
import random
import re
import socket
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

# {victim} is a file that must stay as it is, {fresh} one that must not come to be, {port} one that nobody may call.
TEXTS = (
    "metadata=mode=print:file={victim}", "movie={victim}", "frei0r=filter_name={victim}", "ladspa=file={victim}",
    "sendcmd=f={victim}", "lut3d={victim}", "drawtext=textfile={victim}", "-y {victim}", "-f lavfi", "file={fresh}",
    "signature=filename={fresh}", "metadata=print:file={fresh}", "psnr=f={fresh}", "vidstabdetect=result={fresh}",
    "http://127.0.0.1:{port}/x", "tcp://127.0.0.1:{port}", "tee:{fresh}", "concat:{victim}", "file:{victim}",
    "subfile,,start,0,end,9,,:{victim}", "pipe:1", "{victim}", "{fresh}", "../../x", "..", "/", "", "-", "null",
    "#IFRAME#", "$(touch {fresh})", "`touch {fresh}`", "; touch {fresh}", "=1+1", "\x1b]0;x\x07", "\0", "\n",
    "\udcff", "é", "yuv420p", "bt709", "mov", "pad", "24", "24/1", "1/0", "0/1", "-1/1", "1e99", "nan", "inf",
    "9" * 300, "x" * 3000,
)  # fmt: skip
FRACTION = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
MARKS = (":", ",", ";", "[", "]", "=", "'", "\\", "|", "%", "@", " ", "\\'", "[a];[a]", "':", "\\,")
NUMBERS = (
    0,
    1,
    -1,
    2,
    3,
    7,
    8,
    63,
    64,
    255,
    10**6,
    2**31 - 1,
    2**31,
    2**63,
    -(2**63),
    10**18,
    10**400,
    0.5,
    -0.0,
    1e308,
)
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], ["x"], {"a": 1}, [1, 2, 3], {"file": "{fresh}"})

texts = st.one_of(
    st.sampled_from(TEXTS),
    st.builds("".join, st.lists(st.sampled_from((*MARKS, *TEXTS)), min_size=1, max_size=4)),
    st.text(max_size=12),
)
values = st.one_of(texts, st.sampled_from(NUMBERS), st.integers(-100, 100), st.sampled_from(OTHERS))


# Words that are good somewhere, so that much of what is changed is still a job, and is run.
WORDS = (
    "tv", "pc", "unknown", "bt709", "bt470bg", "smpte170m", "bt2020nc", "gbr", "smpte2084", "iec61966-2-1", "linear",
    "yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "gray", "rgb24", "yuva420p", "h264", "h265", "prores", "aac",
    "pcm_s24le", "fast", "ultrafast", "crop", "pad", "1M", "192k", "24", "25/1", "30000/1001", "1/2", "0", "1", "-1",
    "vmaf_v0.6.1", "psnr", "ssim", "cambi", "xpsnr", "mean>=10", "p1<=3", "compare", "encode", "01:00:00:00",
)  # fmt: skip


def near(old: Any, chance: random.Random) -> Any:
    """Another value of the same kind."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return chance.choice((old - 1, old + 1, old + chance.randrange(-9, 10), old * 2, old // 2, 0, 1))
    if isinstance(old, str) and FRACTION.fullmatch(old):
        return str(
            Fraction(old) * chance.choice((1, 2, Fraction(1, 2), -1, Fraction(1001, 1000), 0)) + chance.randrange(-1, 2)
        )
    return chance.choice(WORDS) if isinstance(old, str) else chance.choice(OTHERS)


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document that holds a value."""
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def value_at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def put(document: Any, path: tuple[Any, ...], value: Any) -> None:
    value_at(document, path[:-1])[path[-1]] = value


def changed(old: Any, new: Any, how: str) -> Any:
    """The new value alone, or as part of a text that was good."""
    if isinstance(old, str) and isinstance(new, str):
        return {"alone": new, "before": new + old, "behind": old + new}[how]
    return new


class Scratch:
    """A folder that is looked at before and after, and a port that counts who calls it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.victim = folder / "victim.mp4"
        self.victim.write_text("somebody's own")
        self.fresh = folder / "fresh.mp4"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._count, daemon=True).start()

    def filled(self, value: Any) -> Any:
        if isinstance(value, str):
            for name, meant in (("victim", self.victim), ("fresh", self.fresh), ("port", self.port)):
                value = value.replace(f"{{{name}}}", str(meant))
        if isinstance(value, dict):
            return {key: self.filled(inner) for key, inner in value.items()}
        return value

    def tree(self, *without: str) -> dict[str, str]:
        """Digests of all files by path, and links as what they are."""
        found = {}
        for place, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if os.path.join(place, name) not in without]
            for name in files:
                path = os.path.join(place, name)
                if path not in without:
                    found[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        return found

    def _count(self) -> None:
        while True:
            caller, _ = self._listener.accept()
            self.calls += 1
            caller.close()
