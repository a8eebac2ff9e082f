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

from cueffmpeg_gui.farm.frame_scores import ScoreFollower
from cueffmpeg_gui.media.records import score_lines
from cueffmpeg_gui.media.scores import Scores

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


def times(work: Callable[[], object], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def told(what: str, seconds: list[float]) -> str:
    return f"{what:34} median {statistics.median(seconds):7.4f} s   best {min(seconds):7.4f} s"


def read_all(path: Path, count: int) -> None:
    scores = ScoreFollower([str(path)]).poll()
    assert scores is not None
    assert len(scores.rows) == count


def tail(path: Path, stamp: str, last: int, metrics: int, rounds: int) -> list[float]:
    """Seconds of polls that find a few new rows each."""
    follower = ScoreFollower([str(path)])
    follower.poll()
    found = []
    for number in range(rounds):
        more = scores_of(last - (number + 1) * NEW_ROWS + 1, NEW_ROWS, last, metrics)
        with open(path, "a") as file:
            file.writelines(stamp + line + "\n" for line in list(score_lines(more))[1:-1])
        start = time.perf_counter()
        scores = follower.poll()
        found.append(time.perf_counter() - start)
        assert scores is not None
    return found


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
            print(told("  read and CRC in C", crc))
            print(told("  read all rows", rows), f"  {statistics.median(rows) / statistics.median(crc):.1f}x")
            print(told(f"  poll with {NEW_ROWS} new rows", tail(path, stamp, last, given.metrics, given.rounds)))


if __name__ == "__main__":
    main()
