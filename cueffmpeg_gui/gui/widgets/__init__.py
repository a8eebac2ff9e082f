# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How the window shows it: widgets get their model by constructor and never talk to a farm."""
