# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page: jobs, layers and frames, with logs, scores and actions."""
