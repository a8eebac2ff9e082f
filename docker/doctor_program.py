#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""doctor_program.py PATH: the worker as the image's ``cueffmpeg doctor``; jobs bring their own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from cueffmpeg_gui.jobs.folder import build_worker

program = Path(sys.argv[1])
program.write_bytes(b"#!/usr/bin/env python3\n" + build_worker())
program.chmod(0o755)
