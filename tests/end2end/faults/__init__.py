# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Attacks: what others wrote, broke or sent. Each has a quick sample, and a long run with a table of its losses."""
