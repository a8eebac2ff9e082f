# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The plugin in CueGUI: where CueGUI is, what it lacks, installing and removing the plugin."""
