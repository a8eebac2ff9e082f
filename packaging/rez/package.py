# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The rez package: `rez-build --install` from this folder. The site has a package of Python."""

name = "cueffmpeg"
description = "Send ffmpeg work to an OpenCue render farm and see, frame by frame, what it did to the picture"
authors = ["Contributors to the cueffmpeg project"]
tools = ["cueffmpeg"]
requires = ["python-3.11+"]
build_command = "{root}/build.sh {install_path}"


@early()
def version():
    """The package's own, so that it stands in one place."""
    import os
    import re

    with open(os.path.join("..", "..", "cueffmpeg_gui", "__init__.py"), encoding="utf-8") as file:
        return re.search(r'__version__ = "(.+)"', file.read()).group(1)


def commands():
    """What rez-env sets."""
    env.PATH.prepend("{root}/bin")
    env.PYTHONPATH.prepend("{root}/python")
