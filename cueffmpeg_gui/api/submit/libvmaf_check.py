# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether this computer's libvmaf can score such pictures by a preset's models and metrics; asked before sending."""

from collections.abc import Sequence

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.metrics import has_xpsnr, libvmaf_options, smallest_side
from cueffmpeg_gui.media.run import run_quietly

PICTURES = 3


def check_libvmaf(ffmpeg: str, models: Sequence[str], metrics: Sequence[str], size: str) -> None:
    """Scores a few generated pictures of `size` ("1920x1080"); raises InputRefused naming what does not work."""
    _check_sides(models, metrics, size)
    if _works(ffmpeg, models, metrics, size):
        return
    for model in models:
        if not _works(ffmpeg, [model], [], size):
            raise InputRefused(f"{ffmpeg} cannot score {size} pictures with the model {model}; set another in models.")
    for metric in metrics:
        if not _works(ffmpeg, models[:1], [metric], size):
            raise InputRefused(f"{ffmpeg} cannot score {size} pictures by {metric}; leave it out of metrics.")
    raise InputRefused(f"{ffmpeg} cannot score by {', '.join([*models, *metrics])} at once; ask for fewer.")


def _check_sides(models: Sequence[str], metrics: Sequence[str], size: str) -> None:
    for name, side in smallest_side(models, metrics).items():
        if min(map(int, size.split("x"))) < side:
            way = "set vmaf_v0.6.1 in models" if name in models else "leave it out of metrics"
            raise InputRefused(
                f"Pictures of {size} are too small for {name}, which needs at least {side} pixels on each side; {way}."
            )


def _works(ffmpeg: str, models: Sequence[str], metrics: Sequence[str], size: str) -> bool:
    picture = f"testsrc2=size={size}:rate=24:duration=1,trim=end_frame={PICTURES},format=yuv420p"
    sides = "split=3[a][b][c];[a][b]xpsnr[a];[a][c]" if has_xpsnr(metrics) else "split[a][b];[a][b]"
    graph = f"{picture},{sides}libvmaf={':'.join(libvmaf_options(models, metrics))}"
    arguments = ["-nostdin", "-v", "error", "-filter_complex", graph, "-f", "null", "-"]
    return run_quietly([ffmpeg, *arguments]).returncode == 0
