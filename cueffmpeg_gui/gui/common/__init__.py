# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What every feature of the window stands on: background tasks, polling, the session, saved state. No widgets."""
