# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The page that shows it all."""

import base64
import json
import math
import re
import shutil
import struct
import subprocess
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cueffmpeg_gui.media.pair_facts import PairFacts
from cueffmpeg_gui.media.pair_single import Slip
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.thresholds import Threshold
from cueffmpeg_gui.report.items import Picture, ReportItem
from cueffmpeg_gui.report.page import page_of

THRESHOLDS = (Threshold("vmaf", "mean", 93), Threshold("vmaf", "min", 10))
ROWS = {1001: (95.5,), 1002: (80.25,), 1004: (90.0,)}
ITEM = ReportItem(
    "v012",
    "/shows/job",
    Scores("compare", 1001, 1004, ("vmaf",), "vmaf_v0.6.1", ROWS, THRESHOLDS),
    pictures=(Picture(1002, b"left", b"right"), Picture(1004, trouble="/shows/a.mov is not there.")),
    rate=Fraction(24),
    timecode="01:00:00:00",
)
COMPLETE = replace(ITEM, scores=replace(ITEM.scores, rows={**ROWS, 1003: (91.0,)}))
HOSTILE = '</script><script>alert(1)</script>"&'


class Page(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def page(*items: ReportItem) -> str:
    return page_of(items, "2026-01-02 03:04 UTC")


def data_of(text: str) -> Any:
    return json.loads(text.partition('id="data">')[2].partition("</script>")[0])


def test_it_asks_for_nothing_from_outside() -> None:
    text = page(ITEM)

    addresses = [v for _, attrs in Page(text).tags for k, v in attrs.items() if k in ("src", "href", "data", "action")]
    assert addresses
    assert all(address and address.startswith("data:") for address in addresses)
    assert not re.search(r"url\((?!#)", text)
    assert "default-src 'none'" in text


def test_the_verdict_comes_first_with_each_value_beside_its_threshold() -> None:
    text = page(COMPLETE)

    assert text.index('<span class="badge">Fail</span>') < text.index("<canvas")
    assert '<li class="missed">VMAF v0.6.1 (0-100): mean 89.19 is below 93</li>' in text
    assert '<li class="met">VMAF v0.6.1 (0-100): min 80.25 meets 10</li>' in text


def test_missing_scores_leave_the_verdict_open_and_are_counted() -> None:
    text = page(ITEM)

    assert "Open: scores are missing" in text
    assert "partial: 3 of 4 frames" in text


def test_without_thresholds_there_is_no_verdict() -> None:
    assert 'class="badge"' not in page(replace(ITEM, scores=replace(ITEM.scores, thresholds=())))


def test_a_worst_frame_has_its_time_its_number_and_both_pictures() -> None:
    text = page(ITEM)

    assert "01:00:00:01" in text
    assert "<b>80.250</b>" in text
    sources = [attrs["src"] for tag, attrs in Page(text).tags if tag == "img"]
    assert sources == [f"data:image/jpeg;base64,{base64.b64encode(side).decode()}" for side in (b"left", b"right")]


def test_a_picture_that_cannot_be_had_leaves_its_sentence() -> None:
    assert "/shows/a.mov is not there." in Page(page(ITEM)).texts


def test_the_curve_s_numbers_are_in_the_page() -> None:
    (curve,) = data_of(page(ITEM))

    values = struct.unpack("<4f", base64.b64decode(curve["metrics"][0]["values"]))
    assert (values[0], values[1], values[3]) == (95.5, 80.25, 90.0)
    assert math.isnan(values[2])
    assert curve["first"] == 1001


def test_hostile_names_stay_text() -> None:
    item = replace(ITEM, label=HOSTILE, origin=HOSTILE, trouble=HOSTILE)

    text = page(item)
    assert data_of(text)[0]["label"] == HOSTILE
    assert [tag for tag, _ in Page(text).tags].count("script") == 2


def test_a_browser_draws_the_curve(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here")
    path = tmp_path / "report.html"
    path.write_text(page(ITEM, replace(ITEM, label=HOSTILE)), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

    done = subprocess.run(
        [browser, *options, f"--user-data-dir={tmp_path}/profile", "--dump-dom", path.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert '<div id="still" hidden' in done.stdout
    assert re.search(r'<canvas id="curve"[^>]* width="[1-9]', done.stdout)


def test_what_is_wrong_with_the_pair_stands_beside_the_verdict() -> None:
    late = PairFacts(1001, 1004, slips=(Slip(1002, 1004, -1),))
    shown = Page(page(replace(COMPLETE, scores=replace(COMPLETE.scores, pair=late)))).texts
    assert "The encode is 1 frame late in frames 1002-1004: its picture 1002 shows the reference's 1001." in shown
    assert "Fail" in shown
    good = Page(page(replace(COMPLETE, scores=replace(COMPLETE.scores, pair=PairFacts(1001, 1004))))).texts
    assert "In step, of one range and matrix as far as can be seen; 4 of 4 frames tell." in good
