# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The bundle's one program: cueffmpeg, and the Python that cueffmpeg starts.

The local farm, its frames' ``python3`` and doctor start ``sys.executable`` as an interpreter, with a module, a zip
application or a text; in a bundle that is this program.
"""

import os
import runpy
import sys
from collections.abc import Callable


def run_module(name: str) -> None:
    """``-m NAME ARGS…``"""
    sys.argv = [name, *sys.argv[3:]]
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def run_text(text: str) -> None:
    """``-c TEXT``"""
    exec(compile(text, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102  this is what -c means


def run_zip(path: str) -> None:
    """``PATH.pyz ARGS…``: what lies in the zip comes before what lies in the bundle, so versions never mix."""
    sys.argv = sys.argv[1:]
    for name in [name for name in sys.modules if name.partition(".")[0] == "cueffmpeg_gui"]:
        del sys.modules[name]
    runpy.run_path(path, run_name="__main__")


INTERPRETER: dict[str, Callable[[str], None]] = {"-m": run_module, "-c": run_text}


def main() -> None:
    """Runs what the arguments ask for."""
    first, second = [*sys.argv[1:], "", ""][:2]
    if first in INTERPRETER and second:
        INTERPRETER[first](second)
    elif first.endswith(".pyz") and os.path.isfile(first):
        run_zip(first)
    else:
        from cueffmpeg_gui.cli import main as run_cueffmpeg  # noqa: PLC0415  an interpreter's errand needs none of it

        run_cueffmpeg()


if __name__ == "__main__":
    main()
