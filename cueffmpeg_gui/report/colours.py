# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colours and dashes of curves, for eyes of every kind: after Okabe & Ito (2008), dashed from the fourth on."""

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f", "#b5a800")
# Lengths of stroke and gap in pixels; none is a whole line.
DASHES = ("", "", "", "6 3", "2 2", "8 3 2 3", "4 4", "12 4")
