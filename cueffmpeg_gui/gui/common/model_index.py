# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What Qt passes to methods of models and delegates that take an index."""

from typing import Union

from qtpy.QtCore import QModelIndex, QPersistentModelIndex

AnyIndex = Union[QModelIndex, QPersistentModelIndex]
