# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Python API: what every front end calls. No Qt, no argument parsing."""
