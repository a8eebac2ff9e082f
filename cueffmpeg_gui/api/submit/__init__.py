# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a source and a preset to a job on a farm: source facts, requests, checks, estimates, sending."""
