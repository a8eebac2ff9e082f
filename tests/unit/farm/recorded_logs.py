# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Logs as both rqds wrote them."""

from pathlib import Path

RECORDED = Path(__file__).parents[2] / "data" / "rqlogs"
RQDS = ("rust", "python")


def recorded(rqd: str, name: str) -> Path:
    return RECORDED / rqd / f"0001-{name}.rqlog"
