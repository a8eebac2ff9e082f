# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Following jobs: lists, progress, logs, scores, and what may be done to them."""
