# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colours as pictures have them, on which tables are measured: always the same ones."""

import numpy as np

from cueffmpeg_gui.ocio.tables import Pixels

COUNT, SEED = 20000, 17
GRAY, STOPS = 0.18, 7.0


def samples_of(is_linear: bool) -> Pixels:
    """Grays, colours and strong colours, of light over 14 stops around mid gray or of codes from 0 to 1."""
    random = np.random.default_rng(SEED)
    strength = np.repeat([0.0, 0.5, 0.5, 1.0], COUNT // 4)[:, None]
    if is_linear:
        light = GRAY * 2.0 ** random.uniform(-STOPS, STOPS, (COUNT, 1))
        made: Pixels = light * 2.0 ** (random.normal(0, 1, (COUNT, 3)) * strength)
    else:
        made = np.clip(random.random((COUNT, 1)) + random.normal(0, 0.08, (COUNT, 3)) * strength, 0, 1)
    return made
