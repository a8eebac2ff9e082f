# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The whole scale of a metric: what an axis must show, or say that it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cueffmpeg_gui.media.metrics import METRICS, metric_label

STATED = re.compile(r"\((\d+)-(\d+)\b")
# Of metrics whose label states none. libvmaf caps PSNR of 8 bit at 60 dB.
KNOWN = {"psnr": (0.0, 60.0), "ssim": (0.0, 1.0), "ms_ssim": (0.0, 1.0)}


@dataclass(frozen=True)
class Scale:
    """Lowest and highest number a metric gives."""

    low: float
    high: float

    @property
    def digits(self) -> int:
        """Digits after the point that are worth reading."""
        return 3 if self.high > 2 else 5

    def widened(self, low: float, high: float) -> Scale:
        """One that holds these numbers too."""
        return Scale(min(self.low, low), max(self.high, high))


def metric_title(key: str, vmaf_model: str) -> str:
    """What a reader sees beside the numbers of a per-frame key: "VMAF v0.6.1 (0-100)", "PSNR (dB) psnr_y"."""
    for metric in METRICS.values():
        if key in metric.keys:
            return metric.label if len(metric.keys) == 1 else f"{metric.label} {key}"
    return metric_label(key, vmaf_model)


def scale_of(key: str, title: str) -> Scale:
    """The scale that the title states, or that is known of the key; 0-0 where only the numbers can tell."""
    stated = STATED.search(title)
    if stated:
        return Scale(float(stated[1]), float(stated[2]))
    name = next((name for name, metric in METRICS.items() if key in metric.keys), "")
    return Scale(*KNOWN.get(name, (0.0, 0.0)))
