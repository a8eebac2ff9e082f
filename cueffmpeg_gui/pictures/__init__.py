# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Exact frames of clips and sequences through PyAV, and judging a pair of them."""
