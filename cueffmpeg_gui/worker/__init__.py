# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Runs one frame on a render host. Standard library only, Python 3.9 syntax."""
