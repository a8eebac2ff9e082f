# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Lets a library read its settings at import from here instead of from the user's files and environment."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

# Where getpass looks first; a container's user may have no name at all, and pyoutline asks for one at import.
USER_VARIABLE = "LOGNAME"


@contextmanager
def private_environment(variable: str, config: str, hidden: tuple[str, ...]) -> Iterator[None]:
    """While it lasts, `variable` names a file holding `config`, and no variable beginning like `hidden` is there.

    The environment is left as it was.
    """
    with tempfile.TemporaryDirectory(prefix="cueffmpeg-") as folder:
        path = os.path.join(folder, "config")
        with open(path, "w", encoding="utf-8") as file:
            file.write(config)
        kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(hidden)}
        added = {variable: path} if USER_VARIABLE in os.environ else {variable: path, USER_VARIABLE: "cueffmpeg"}
        os.environ.update(added)
        try:
            yield
        finally:
            for name in added:
                os.environ.pop(name, None)
            os.environ.update(kept)
