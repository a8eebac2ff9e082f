# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names that regular expressions match, found by a process of its own: some expressions take for ever, or all memory,
and a process can be ended. `python -m cueffmpeg_gui.localfarm.store.name_search JSON` is that process."""

from __future__ import annotations

import json
import re
import resource
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cueffmpeg_gui.errors import CueffmpegError, quoted
from cueffmpeg_gui.localfarm.refusals import CallRefused
from cueffmpeg_gui.media.run import run_quietly

SECONDS = 2.0
MEMORY = 1 << 29
MOST_TEXT = 10000  # characters of all expressions together
_MODULE = "cueffmpeg_gui.localfarm.store.name_search"
_NO_PATTERN = 2  # exit code for what is no regular expression; standard error says why


_TOO_SLOW = f"The regular expression was not matched within {SECONDS:g} s; write a simpler one, or a part of the name."


@dataclass(frozen=True)
class Order:
    """Expressions, and the names they are held against: those of the jobs in a database, or these."""

    patterns: tuple[str, ...]
    database: str = ""
    names: tuple[str, ...] = ()


def jobs_matching(database: Path, patterns: Sequence[str]) -> list[int]:
    """Row numbers of the jobs whose names one of the expressions matches somewhere. Raises CallRefused."""
    return _search(Order(tuple(patterns), database=str(database)))


def matches_any(patterns: Sequence[str], name: str) -> bool:
    """Whether one of the expressions matches somewhere in the name. Raises CallRefused."""
    return bool(_search(Order(tuple(patterns), names=(name,))))


def _search(order: Order) -> list[int]:
    if sum(map(len, order.patterns)) > MOST_TEXT:
        raise CallRefused("INVALID_ARGUMENT", f"Regular expressions of more than {MOST_TEXT} characters are not read.")
    try:
        found = run_quietly([sys.executable, "-m", _MODULE, json.dumps(asdict(order))], timeout=SECONDS)
    except CueffmpegError:
        raise CallRefused("INVALID_ARGUMENT", _TOO_SLOW) from None
    if found.returncode == _NO_PATTERN:
        sentence = f"The regular expression {quoted(order.patterns[0])} cannot be read: {found.stderr.strip()}."
        raise CallRefused("INVALID_ARGUMENT", sentence)
    if found.returncode:
        raise CallRefused("INVALID_ARGUMENT", _TOO_SLOW)
    return [int(word) for word in found.stdout.split()]


def _names(order: Order) -> list[tuple[int, str]]:
    if not order.database:
        return list(enumerate(order.names))
    with sqlite3.connect(order.database) as db:
        return db.execute("SELECT pk, name FROM job").fetchall()


def main() -> int:
    """Print the numbers of the names that match."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS) + 1, int(SECONDS) + 1))
    order = Order(**json.loads(sys.argv[1]))
    try:
        patterns = [re.compile(pattern) for pattern in order.patterns]
    except RecursionError:
        sys.stderr.write("it is nested too deep")
        return _NO_PATTERN
    except (re.error, OverflowError) as error:
        sys.stderr.write(str(error)[:200])
        return _NO_PATTERN
    matching = (number for number, name in _names(order) if any(pattern.search(name) for pattern in patterns))
    sys.stdout.write(" ".join(map(str, matching)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
