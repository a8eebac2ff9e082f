# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Finds every room by itself, which pyproject.toml cannot do beside the two folders that lie outside the package."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["cueffmpeg_gui*"]), "cueffmpeg_gui._plugins", "cueffmpeg_gui._resources"])
