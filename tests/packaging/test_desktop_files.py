# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a desktop is told."""

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

PACKAGING = Path(__file__).parent.parent.parent / "packaging"
LINUX = PACKAGING / "linux"
SHARED = "{http://www.freedesktop.org/standards/shared-mime-info}"


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_desktop_file_is_valid() -> None:
    check = tool("desktop-file-validate")

    assert subprocess.run([check, LINUX / "cueffmpeg.desktop"], capture_output=True, check=False).stdout == b""


def test_the_store_s_description_is_valid(tmp_path: Path) -> None:
    text = (LINUX / "cueffmpeg.metainfo.xml").read_text().replace("@VERSION@", "1.2.3").replace("@DATE@", "2026-01-02")
    path = tmp_path / "cueffmpeg.metainfo.xml"
    path.write_text(text)

    # The project has no domain of its own to be named by.
    check = [tool("appstreamcli"), "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info", path]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_scores_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    (magic,) = ElementTree.parse(LINUX / "cueffmpeg-mime.xml").getroot().iter(f"{SHARED}match")

    head = '{\n "schema": "cueffmpeg.scores/1"'
    first, last = map(int, magic.attrib["offset"].split(":"))
    assert first <= head.index(magic.attrib["value"]) <= last


def test_a_bundle_enters_the_menu_and_leaves_it_without_a_trace(tmp_path: Path) -> None:
    bundle, data = tmp_path / "a bundle & more", tmp_path / "data"
    shares = {
        "applications/cueffmpeg.desktop": LINUX / "cueffmpeg.desktop",
        "icons/hicolor/scalable/apps/cueffmpeg.svg": PACKAGING.parent / "resources/icons/cueffmpeg.svg",
        "metainfo/cueffmpeg.metainfo.xml": LINUX / "cueffmpeg.metainfo.xml",
        "mime/packages/cueffmpeg-mime.xml": LINUX / "cueffmpeg-mime.xml",
    }
    for name, source in shares.items():
        (bundle / "share" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, bundle / "share" / name)
    shutil.copy(LINUX / "install-desktop", bundle)
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(data), "PATH": os.environ["PATH"]}

    subprocess.run([bundle / "install-desktop"], env=environment, check=True, capture_output=True)
    entry = (data / "applications/cueffmpeg.desktop").read_text()
    assert f'Exec="{bundle}/cueffmpeg" gui\n' in entry
    assert all((data / name).is_file() for name in shares)

    subprocess.run([bundle / "install-desktop", "--remove"], env=environment, check=True, capture_output=True)
    assert not any((data / name).exists() for name in shares)
