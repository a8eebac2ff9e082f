# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The command line: thin commands over the api."""


def main() -> None:
    """Entry point."""
