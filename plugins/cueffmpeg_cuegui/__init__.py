# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Thin shims between CueGUI and cueffmpeg's own widgets: the only code that knows CueGUI."""

# Also the dock's title. No "::" may be in it: CueGUI could not start again.
PLUGIN_NAME = "ffmpeg / VMAF"
