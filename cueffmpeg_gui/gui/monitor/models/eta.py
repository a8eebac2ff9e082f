# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How long a job still takes, from how far it came in the last minutes."""

from collections import deque

WINDOW_SECONDS = 180.0
LEAST_SECONDS = 4.0
LEAST_FRACTION = 0.004


class Eta:
    """Takes (time, fraction) samples of one job."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque()

    def add(self, now: float, fraction: float) -> None:
        """A sample; a fraction that falls (a retry) begins anew."""
        if self._samples and fraction < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((now, fraction))
        while now - self._samples[0][0] > WINDOW_SECONDS:
            self._samples.popleft()

    def remaining(self) -> float | None:
        """Seconds, None while nothing can be status."""
        if len(self._samples) < 2:
            return None
        (start, first), (end, last) = self._samples[0], self._samples[-1]
        if end - start < LEAST_SECONDS or last - first < LEAST_FRACTION:
            return None
        return (1 - last) * (end - start) / (last - first)
