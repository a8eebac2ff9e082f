# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""pyoutline, imported with this program's configuration and without the user's, plugins and module paths included."""

from cueffmpeg_gui.farm.private_environment import private_environment

SPEC_VERSION = "1.15"
# home and user_dir must be there; session_dir is never used, see build_spec_xml.
CONFIG = f"""\
[outline]
home =
user_dir =
session_dir = /nonexistent
backend = cue
spec_version = {SPEC_VERSION}
facility = local
domain = localhost
maxretries = 1
default_show = none
default_shot = none
"""

with private_environment("OUTLINE_CONFIG_FILE", CONFIG, ("OUTLINE_", "OL_CONFIG")):
    import outline
    import outline.modules

__all__ = ["outline"]

# Where OUTLINE_MODULES_PATHS is not set, pyoutline looks for its modules in the current directory first.
outline.modules.__path__ = [path for path in outline.modules.__path__ if path]
