# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a client sees: Cuebot's interfaces, its messages, who may call."""
