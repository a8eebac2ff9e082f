# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The most memory a piece of Python took, in a process of its own.

`ru_maxrss` cannot tell it: a process begins with the peak of the one that started it (Linux carries it over exec),
so that a test's value would depend on the tests before it. `VmHWM` belongs to the new program alone.
"""

import subprocess
import sys

TELL = """
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM")))
"""


def run_and_measure(code: str, *args: str, seconds: float = 60) -> tuple[list[str], int, str]:
    """Lines `code` printed, its peak in bytes, and what it said on stderr."""
    command = [sys.executable, "-c", code + TELL, *args]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    *lines, peak = done.stdout.splitlines()
    return lines, int(peak), done.stderr
