# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Rows of jobs, layers and frames as the Monitor and the dock show them."""
