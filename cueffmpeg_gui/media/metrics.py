# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of VMAF models and metrics: libvmaf's names, ours, and where each number lives in its log.

A new metric of libvmaf's is one row; one of another filter is also written into the graph in compare.py.

A confidence interval is not offered: ffmpeg's libvmaf filter loads no model that has one (vmaf_b_v0.6.3; the program
`vmaf` does), but what another program wrote of it is shown; see INTERVALS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Metric:
    """One metric: libvmaf's feature ("": it is none), its keys of each frame, and what a reader sees.

    `scale` is the lowest and the highest number it gives, `minimum` the shortest picture side it takes. Of
    `is_unbounded` ones identical planes have +infinity, which libvmaf writes as null. The mean of `is_distortion` ones
    is that of the distortion; see statistics.distortion_mean.
    """

    feature: str
    keys: tuple[str, ...]
    label: str
    scale: tuple[float, float]
    lower_is_better: bool = False
    minimum: int = 0
    is_unbounded: bool = False
    is_distortion: bool = False


@dataclass(frozen=True)
class Model:
    """One VMAF model: `minimum` is the shortest picture side it survives, `label` what stands beside its numbers."""

    label: str
    minimum: int = 64


# libvmaf caps PSNR of 8 bit at 60 dB.
METRICS: dict[str, Metric] = {
    "psnr": Metric("psnr", ("psnr_y", "psnr_cb", "psnr_cr"), "PSNR (dB)", (0, 60)),
    "ssim": Metric("float_ssim", ("float_ssim",), "SSIM", (0, 1)),
    "ms_ssim": Metric("float_ms_ssim", ("float_ms_ssim",), "MS-SSIM", (0, 1), minimum=176),
    "psnr_hvs": Metric(
        "psnr_hvs",
        ("psnr_hvs", "psnr_hvs_y", "psnr_hvs_cb", "psnr_hvs_cr"),
        "PSNR-HVS (dB)",
        (0, 100),
        is_unbounded=True,
    ),
    "ciede": Metric("ciede", ("ciede2000",), "CIEDE2000 (dB, higher is better)", (0, 100), is_unbounded=True),
    "xpsnr": Metric(
        "", ("xpsnr_y", "xpsnr_u", "xpsnr_v"), "XPSNR (dB)", (0, 100), is_unbounded=True, is_distortion=True
    ),
    "cambi": Metric("cambi", ("cambi",), "CAMBI banding (0-24, lower is better)", (0, 24), lower_is_better=True),
}
# What the files of other programs have; these are not measured here.
OTHERS: dict[str, Metric] = {
    "psnr_planes": Metric("", ("psnr_avg", "psnr_u", "psnr_v"), "PSNR (dB)", (0, 100), is_unbounded=True),
    "ssim_planes": Metric("", ("ssim_avg", "ssim_y", "ssim_u", "ssim_v"), "SSIM", (0, 1)),
    "mse": Metric("", ("mse_avg", "mse_y", "mse_u", "mse_v"), "Mean squared error", (0, 0), lower_is_better=True),
}
# Versions this libvmaf accepts; others are in the binary but fail to load.
MODELS: dict[str, Model] = {
    "vmaf_v0.6.1": Model("VMAF v0.6.1 (0-100)"),
    "vmaf_v0.6.1neg": Model("VMAF v0.6.1 NEG (0-100)"),
    "vmaf_4k_v0.6.1": Model("VMAF 4K v0.6.1 (0-100)"),
    "vmaf_4k_v0.6.1neg": Model("VMAF 4K v0.6.1 NEG (0-100)"),
    "vmaf_float_v0.6.1": Model("VMAF float v0.6.1 (0-100)"),
    "vmaf_v1.0.16_3d0h": Model("VMAF v1.0.16, 1080p at 3 heights (0-100)", 160),
    "vmaf_v1.0.16_5d0h": Model("VMAF v1.0.16, phone (0-100)", 266),
    "vmaf_v1.0.16_1d5h_2160": Model("VMAF v1.0.16, 4K at 1.5 heights (0-100)", 160),
    "vmaf_v1.0.16_3d0h_2160": Model("VMAF v1.0.16, 4K at 3 heights (0-110)", 318),
    "vmaf_v1.0.16_hfr_3d0h": Model("VMAF v1.0.16 50/60 fps, 1080p at 3 heights (0-100)", 160),
    "vmaf_v1.0.16_hfr_5d0h": Model("VMAF v1.0.16 50/60 fps, phone (0-100)", 266),
    "vmaf_v1.0.16_hfr_1d5h_2160": Model("VMAF v1.0.16 50/60 fps, 4K at 1.5 heights (0-100)", 160),
    "vmaf_v1.0.16_hfr_3d0h_2160": Model("VMAF v1.0.16 50/60 fps, 4K at 3 heights (0-110)", 318),
}
# What the program `vmaf` says of a model with a confidence interval, behind the model's name.
INTERVALS: dict[str, str] = {
    "bagging": "mean of its trees",
    "stddev": "standard deviation",
    "ci_p95_lo": "95 % interval, low",
    "ci_p95_hi": "95 % interval, high",
}
XPSNR = METRICS["xpsnr"]
EQUAL_PICTURES = "Equal pictures need not score 100, and the first frame, with no motion before it, may score lower."
SMALLEST_SIDE = 64
# Between the options of one model or feature, behind two levels of escaping.
BETWEEN = "\\\\:"
UNTOLD: Mapping[str, int] = {}


def is_v1(model: str) -> bool:
    """Whether a model is of the second generation, which looks for bands (CAMBI), too."""
    return model.startswith("vmaf_v1")


def model_height(model: str) -> int:
    """The height of the screen that a model was made for."""
    return 2160 if "4k" in model or "2160" in model else 1080


def model_label(model: str) -> str:
    """How a model is named beside its numbers; a model of another program's file keeps its own name."""
    known = MODELS.get(model)
    return known.label if known else model


def metric_label(key: str, vmaf_model: str) -> str:
    """The label of a per-frame key: "vmaf" is the main model's, further models' keys are their names."""
    if is_interval(key):
        return f"{model_label(vmaf_model)}: {INTERVALS[key[len('vmaf_') :]]}"
    return model_label(vmaf_model if key == "vmaf" else key)


def is_interval(key: str) -> bool:
    """Whether a per-frame key of another program is part of a confidence interval."""
    return key.startswith("vmaf_") and key[len("vmaf_") :] in INTERVALS


def metric_title(key: str, vmaf_model: str) -> str:
    """A per-frame key with the metric it belongs to: "VMAF v0.6.1 (0-100)", "PSNR (dB) psnr_y", "SSIM"."""
    metric = metric_of(key)
    if metric is None:
        return metric_label(key, vmaf_model)
    return metric.label if len(metric.keys) == 1 else f"{metric.label} {key}"


def metric_of(key: str) -> Optional[Metric]:
    """The metric a per-frame key belongs to; None for VMAF's, and for what nobody knows."""
    return next((metric for metric in (*METRICS.values(), *OTHERS.values()) if key in metric.keys), None)


def is_known(key: str) -> bool:
    """Whether it is known what a per-frame key means."""
    return key == "vmaf" or key in MODELS or metric_of(key) is not None or is_interval(key)


def is_lower_better(key: str) -> bool:
    """Whether a lower number of this per-frame key is the better one."""
    metric = metric_of(key)
    return metric is not None and metric.lower_is_better


def is_unbounded(key: str) -> bool:
    """Whether identical pictures have no finite number of this per-frame key."""
    metric = metric_of(key)
    return metric is not None and metric.is_unbounded


def has_xpsnr(metrics: Sequence[str]) -> bool:
    """Whether ffmpeg's own filter measures beside libvmaf."""
    return any(METRICS[name] is XPSNR for name in metrics)


def smallest_side(models: Sequence[str], metrics: Sequence[str]) -> dict[str, int]:
    """The shortest picture side that each of these takes, of those that cannot have every size."""
    sides = {model: MODELS[model].minimum for model in models}
    return {**sides, **{name: METRICS[name].minimum for name in metrics if METRICS[name].minimum}}


def metric_keys(models: Sequence[str], metrics: Sequence[str]) -> tuple[str, ...]:
    """The per-frame keys a compare gives: vmaf, further models by their names, then those of each metric."""
    return ("vmaf", *models[1:], *(key for name in metrics for key in METRICS[name].keys))


def libvmaf_options(models: Sequence[str], metrics: Sequence[str], coded: Mapping[str, int] = UNTOLD) -> list[str]:
    """Options of ffmpeg's libvmaf filter. Of several models each needs a name, or one result vanishes.

    `coded` are CAMBI's options, for itself and for the models that hold it.
    """
    names: Sequence[Optional[str]] = metric_keys(models, ()) if len(models) > 1 else [None]
    options = ["model=" + "|".join(_model_option(*pair, coded) for pair in zip(models, names))]
    features = [METRICS[name].feature for name in metrics if METRICS[name].feature]
    if features:
        options.append("feature=" + "|".join(_feature_option(feature, coded) for feature in features))
    return options


def _model_option(model: str, name: Optional[str], coded: Mapping[str, int]) -> str:
    named = [] if name is None else [f"name={name}"]
    told = [f"cambi.{option}={value}" for option, value in coded.items()] if is_v1(model) else []
    return BETWEEN.join([f"version={model}", *named, *told])


def _feature_option(feature: str, coded: Mapping[str, int]) -> str:
    told = [f"{option}={value}" for option, value in coded.items()] if feature == "cambi" else []
    return BETWEEN.join([f"name={feature}", *told])


def reading_note(metrics: Sequence[str]) -> str:
    """What a reader of VMAF's numbers should know; "" where there are none."""
    return EQUAL_PICTURES if any(key == "vmaf" or key in MODELS for key in metrics) else ""
