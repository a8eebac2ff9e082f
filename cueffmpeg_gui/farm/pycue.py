# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""pycue, imported blind to configuration files that could break it. Inside CueGUI it is there already and stays as is.

Nothing here or elsewhere in this room changes pycue's own hosts, timeout or channel.
"""

from cueffmpeg_gui.farm.private_environment import private_environment

with private_environment("OPENCUE_CONFIG_FILE", "{}\n", ("OPENCUE_CONF", "CUEBOT_FACILITY")):
    import opencue

__all__ = ["opencue"]
