# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a job is. Standard library only, Python 3.9 syntax: this room also runs on render hosts."""
