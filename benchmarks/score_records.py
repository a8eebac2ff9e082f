# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A million score rows out of an rqd log, the way every reader takes them, beside reading and CRC-ing the bytes in C.

    ./dev python benchmarks/score_records.py [--rows 1000000] [--metrics 4] [--rounds 5]

Goals: all rows in 1 s, or in 3x the time of zlib.crc32 over the file, whichever is larger; a poll that finds a few new
rows costs those rows, not the known ones.
"""

import argparse
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from cueffmpeg_gui.farm.frame_scores import ScoreFollower
from cueffmpeg_gui.media.records import score_lines
from cueffmpeg_gui.media.scores import Scores

T = TypeVar("T")
KEYS = ("vmaf", "psnr_y", "psnr_cb", "psnr_cr")
RULE = "=" * 59
STAMP = "[12:34:56] "
NEW_ROWS = 60


def scores_of(first: int, count: int, last: int, metrics: int, seed: int = 1) -> Scores:
    """Random rows first … first + count - 1 of a job that ends at `last`."""
    chance = random.Random(seed)
    rows = {first + n: tuple(chance.uniform(20, 100) for _ in range(metrics)) for n in range(count)}
    return Scores("compare", 1001, last, KEYS[:metrics], "vmaf_v0.6.1", rows)


def log_lines(scores: Scores, stamp: str) -> Iterator[str]:
    """A log as rqd writes it, its footer still to come."""
    yield from (RULE, "RenderQ JobSpec", RULE)
    yield from (stamp + line for line in score_lines(scores))


def write_log(path: Path, scores: Scores, stamp: str) -> None:
    with open(path, "w") as file:
        file.writelines(line + "\n" for line in log_lines(scores, stamp))


class Watch:
    """Seconds by the clock, and of this process alone: others may use the machine, too."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.own: list[float] = []

    def time(self, work: Callable[[], T]) -> T:
        clock, own = time.perf_counter(), time.process_time()
        found = work()
        self.own.append(time.process_time() - own)
        self.clock.append(time.perf_counter() - clock)
        return found

    def told(self, what: str) -> str:
        clock, own = statistics.median(self.clock), statistics.median(self.own)
        return f"{what:28} median {clock:7.4f} s by the clock, {own:7.4f} s of the processor"


def times(work: Callable[[], object], rounds: int) -> Watch:
    watch = Watch()
    for _ in range(rounds):
        watch.time(work)
    return watch


def read_all(path: Path, count: int) -> None:
    scores = ScoreFollower([str(path)]).poll()
    assert scores is not None
    assert len(scores.rows) == count


def tail(path: Path, stamp: str, last: int, metrics: int, rounds: int) -> Watch:
    """Polls that find a few new rows each."""
    follower = ScoreFollower([str(path)])
    follower.poll()
    watch = Watch()
    for number in range(rounds):
        more = scores_of(last - (number + 1) * NEW_ROWS + 1, NEW_ROWS, last, metrics)
        with open(path, "a") as file:
            file.writelines(stamp + line + "\n" for line in list(score_lines(more))[1:-1])
        assert watch.time(follower.poll) is not None
    return watch


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--metrics", type=int, default=4, choices=range(1, 5))
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    last = 1000 + given.rows + NEW_ROWS * given.rounds
    for stamp in ("", STAMP):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "compare.rqlog")
            write_log(path, scores_of(1001, given.rows, last, given.metrics), stamp)
            size = path.stat().st_size / 1e6
            print(f"{given.rows} rows of {given.metrics} metrics, {size:.0f} MB{', with times' if stamp else ''}")
            crc = times(lambda path=path: zlib.crc32(path.read_bytes()), given.rounds)
            rows = times(lambda path=path: read_all(path, given.rows), given.rounds)
            ratio = statistics.median(rows.own) / statistics.median(crc.own)
            print(crc.told("  read and CRC in C"))
            print(rows.told("  read all rows") + f"; {ratio:.1f}x")
            print(tail(path, stamp, last, given.metrics, given.rounds).told(f"  poll with {NEW_ROWS} new rows"))


if __name__ == "__main__":
    main()
