# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Clips that are made once."""

import pytest
from clips import Clips
from seek_pairs import Pairs

from cueffmpeg_gui.settings import load_settings


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Pairs:
    place = tmp_path_factory.mktemp("pairs")
    places = {"CUEFFMPEG_HOME": f"{place}/home", "CUEFFMPEG_SITE": f"{place}/site", "CUEFFMPEG_USER": "alice"}
    return Pairs(place, clips, load_settings(places))
