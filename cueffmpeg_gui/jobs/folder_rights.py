# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Who may write where in a job root, whatever the umask: what hosts execute is its owner's alone.

Hosts write into the folders inside a job folder, maybe as other users; so those keep the rights the umask gives. The
job folder itself, with the worker and job.json, can be changed by its owner only. Folders that several users make jobs
in are sticky, as /tmp is, or anybody there could put another folder in a job's place.
"""

import os
import stat

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def make_parents(folder: str) -> None:
    """Makes the folders above a job folder that are not there. Raises OSError."""
    parent = os.path.dirname(folder)
    if os.path.isdir(parent):
        return
    make_parents(parent)
    try:
        os.mkdir(parent)
    except FileExistsError:  # by another submit at this moment
        return
    rights = stat.S_IMODE(os.stat(parent).st_mode)
    if rights & OTHERS_WRITE:
        os.chmod(parent, rights | stat.S_ISVTX)


def is_open(folder: str) -> bool:
    """Whether any user could put another folder in the place of one in it."""
    try:
        rights = os.stat(folder).st_mode
    except OSError:
        return False
    return bool(rights & stat.S_IWOTH) and not rights & stat.S_ISVTX


def make_own(folder: str) -> None:
    """Makes a folder in which only its owner can make, replace and remove. Raises OSError."""
    os.mkdir(folder)
    os.chmod(folder, stat.S_IMODE(os.stat(folder).st_mode) & ~OTHERS_WRITE)


def keep_own(path: str) -> None:
    """Takes the right to write a file from all but its owner. Raises OSError."""
    os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) & ~OTHERS_WRITE)
