# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What some programs write of a whole clip: no frame has a number of its own, so there is no curve of it.

ab-av1 prints a number, or a JSON object a line (sample-encode, crf-search: means of samples); easyVmaf a summary.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cueffmpeg_gui.errors import InputRefused

NUMBER = re.compile(r"-?\d+(?:\.\d+)?\s*")
KEYS = re.compile(r"(?:x?psnr|ssim|vmaf\w*|mean|score)", re.ASCII)
NESTED = ("scores", "results", "pooled_metrics", "aggregate", "global")


def fits(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return NUMBER.fullmatch(text) is not None


def refusal(path: str, data: Mapping[str, Any]) -> InputRefused:
    """The sentence about a JSON object without frames."""
    found = list(dict.fromkeys(_scores_in(data)))[:5]
    if not found:
        return InputRefused(f"{path} holds no scores: it is no JSON that is known here, or not whole.")
    return InputRefused(
        f"{path} holds scores of a whole clip ({', '.join(found)}) and none of its frames, so there is no curve; "
        "name the log that has every frame, or compare the clips (vmaf-compare)."
    )


def _scores_in(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, (int, float)) and not isinstance(value, bool) and KEYS.fullmatch(str(key)):
            yield f"{key} {value:.3f}"
        elif isinstance(value, dict) and (key in NESTED or KEYS.fullmatch(str(key))):
            yield from _scores_in(value)
