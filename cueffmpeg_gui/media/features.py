# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the leading VMAF model looked at, picture by picture: detail kept (vif, adm) and motion."""

from dataclasses import dataclass, field

SCHEMA = "cueffmpeg.features/1"


@dataclass(frozen=True)
class Features:
    """Rows (frame → one number a name). Names are libvmaf's without prefix and suffix: "vif_scale0", "motion2"."""

    names: tuple[str, ...]
    rows: dict[int, tuple[float, ...]] = field(default_factory=dict)
