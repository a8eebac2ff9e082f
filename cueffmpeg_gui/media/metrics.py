# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of VMAF models and metrics: libvmaf's names, ours, and where each number lives in its log."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Metric:
    """One libvmaf feature: its option, the keys it adds to each frame of the log, and what a reader sees.

    `scale` is the lowest and the highest number it gives.
    """

    feature: str
    keys: tuple[str, ...]
    label: str
    scale: tuple[float, float]
    lower_is_better: bool = False


@dataclass(frozen=True)
class Model:
    """One VMAF model: `minimum` is the shortest picture side it survives, `label` what stands beside its numbers."""

    label: str
    minimum: int = 64


# libvmaf caps PSNR of 8 bit at 60 dB.
METRICS: dict[str, Metric] = {
    "psnr": Metric("psnr", ("psnr_y", "psnr_cb", "psnr_cr"), "PSNR (dB)", (0, 60)),
    "ssim": Metric("float_ssim", ("float_ssim",), "SSIM", (0, 1)),
    "ms_ssim": Metric("float_ms_ssim", ("float_ms_ssim",), "MS-SSIM", (0, 1)),
    "cambi": Metric("cambi", ("cambi",), "CAMBI banding (0-24, lower is better)", (0, 24), lower_is_better=True),
}
# Versions this libvmaf accepts; others are in the binary but fail to load.
MODELS: dict[str, Model] = {
    "vmaf_v0.6.1": Model("VMAF v0.6.1 (0-100)"),
    "vmaf_v0.6.1neg": Model("VMAF v0.6.1 NEG (0-100)"),
    "vmaf_4k_v0.6.1": Model("VMAF 4K v0.6.1 (0-100)"),
    "vmaf_4k_v0.6.1neg": Model("VMAF 4K v0.6.1 NEG (0-100)"),
    "vmaf_float_v0.6.1": Model("VMAF float v0.6.1 (0-100)"),
    "vmaf_v1.0.16_3d0h": Model("VMAF v1.0.16, 1080p at 3 heights (0-100)"),
    "vmaf_v1.0.16_5d0h": Model("VMAF v1.0.16, phone (0-100)"),
    "vmaf_v1.0.16_1d5h_2160": Model("VMAF v1.0.16, 4K at 1.5 heights (0-100)"),
}
SMALLEST_SIDE = 64


def model_label(model: str) -> str:
    """How a model is named beside its numbers; a model of another program's file keeps its own name."""
    known = MODELS.get(model)
    return known.label if known else model


def metric_label(key: str, vmaf_model: str) -> str:
    """What a per-frame key means, for people: "vmaf" is the main model's, further models' keys are their names."""
    return model_label(vmaf_model if key == "vmaf" else key)


def metric_title(key: str, vmaf_model: str) -> str:
    """A per-frame key with the metric it belongs to: "VMAF v0.6.1 (0-100)", "PSNR (dB) psnr_y", "SSIM"."""
    metric = metric_of(key)
    if metric is None:
        return metric_label(key, vmaf_model)
    return metric.label if len(metric.keys) == 1 else f"{metric.label} {key}"


def metric_of(key: str) -> Optional[Metric]:
    """The metric a per-frame key belongs to; None for VMAF's, and for those of another program."""
    return next((metric for metric in METRICS.values() if key in metric.keys), None)


def is_known(key: str) -> bool:
    """Whether a per-frame key is one that a compare may give."""
    return key == "vmaf" or key in MODELS or metric_of(key) is not None


def is_lower_better(key: str) -> bool:
    """Whether a lower number of this per-frame key is the better one."""
    metric = metric_of(key)
    return metric is not None and metric.lower_is_better


def metric_keys(models: Sequence[str], metrics: Sequence[str]) -> tuple[str, ...]:
    """The per-frame keys a compare gives: vmaf, further models by their names, then those of each metric."""
    return ("vmaf", *models[1:], *(key for name in metrics for key in METRICS[name].keys))


def libvmaf_options(models: Sequence[str], metrics: Sequence[str]) -> list[str]:
    """Options of ffmpeg's libvmaf filter. Of several models each needs a name, or one result vanishes."""
    versions = [f"version={models[0]}"]
    if len(models) > 1:
        versions = [f"version={model}\\\\:name={name}" for model, name in zip(models, metric_keys(models, ()))]
    options = ["model=" + "|".join(versions)]
    if metrics:
        options.append("feature=" + "|".join(f"name={METRICS[name].feature}" for name in metrics))
    return options
