# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A job spec in XML as frozen dataclasses, refused in Cuebot's words."""
