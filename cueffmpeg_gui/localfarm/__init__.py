# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The embedded farm: Cuebot's protocol on loopback, on this computer alone."""
