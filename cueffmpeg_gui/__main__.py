# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``python -m cueffmpeg_gui`` is the same as ``cueffmpeg``."""

from cueffmpeg_gui.cli import main

if __name__ == "__main__":
    main()
