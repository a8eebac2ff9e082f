# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""CueGUI's colours of states, and no others; a job's state has the colour of the frame state it is most like."""

from qtpy.QtGui import QColor

STATE_COLOURS = {
    "SUCCEEDED": QColor(55, 200, 55),
    "RUNNING": QColor(200, 200, 55),
    "WAITING": QColor(135, 207, 235),
    "DEPEND": QColor(160, 32, 240),
    "SETUP": QColor(160, 32, 240),
    "DEAD": QColor(255, 0, 0),
    "EATEN": QColor(150, 0, 0),
    "CHECKPOINT": QColor(61, 98, 247),
    # A paused job is blue in CueGUI.
    "PAUSED": QColor(88, 163, 209),
}
JOB_STATES = {"failed": "DEAD", "stopped": "EATEN"}
UNKNOWN = QColor(120, 120, 120)


def state_colour(state: str) -> QColor:
    """The colour of a job's, layer's or frame's state."""
    return STATE_COLOURS.get(JOB_STATES.get(state, state.upper()), UNKNOWN)
