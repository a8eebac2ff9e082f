# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A local farm of a test's own, which runs while it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cueffmpeg_gui.api.farm import connect_farm, stop_local_farm
from cueffmpeg_gui.settings import Settings, load_settings


@contextmanager
def own_farm(home: Path) -> Iterator[Settings]:
    """The settings of user alice, whose local farm runs with this home."""
    settings = load_settings({"CUEFFMPEG_HOME": str(home), "CUEFFMPEG_USER": "alice"})
    connect_farm(settings).close()
    yield settings
    stop_local_farm(settings)
