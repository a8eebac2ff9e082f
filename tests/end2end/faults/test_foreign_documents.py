# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Documents from anybody: whatever stands in them, they are refused in a sentence, or are jobs that harm nothing.

What is not refused is run, with the real ffmpeg, in a folder that is looked at before and after.
"""

import copy
import json
import os
import random
import resource
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from clips import AAC, H264, PRORES, Clips, click, picture
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from worker_jobs import Job, Jobs

from cueffmpeg_gui.api.monitor.job_folder import read_job_details
from cueffmpeg_gui.api.review.load import load_review
from cueffmpeg_gui.errors import CueffmpegError, InputRefused
from cueffmpeg_gui.jobs.folder import job_folder, read_job
from cueffmpeg_gui.jobs.plan import plan_job, preview_commands
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.compare import XPSNR_LOG
from cueffmpeg_gui.media.features import read_features
from cueffmpeg_gui.media.foreign.read import read_foreign
from cueffmpeg_gui.media.presets import read_preset
from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.settings import load_settings

from .hostile import Scratch, changed, near, places, put, texts, value_at, values
from .losses import Losses

QUICK, LONG = 60, 5000
# The share of changes to values that may well be good.
NEAR = 0.6
LONGEST_SENTENCE = 6000
# What our own graphs write beside the usual: for clips with alpha, for some metrics, for two passes.
SELDOM = ("pair.alpha", XPSNR_LOG, "pass-0.log", "pass-0.log.mbtree", "pass-0.log.temp", "pass-0.log.mbtree.temp")
SECONDS = 20
MOST_WRITTEN = 64 << 20
SMALL = "64x64"


@dataclass
class Attack:
    """Good jobs whose documents are changed, where they lie, and what came of it."""

    scratch: Scratch
    jobs: list[Job]
    ffmpeg: str
    table: Counter[str] = field(default_factory=Counter)
    ran: set[str] = field(default_factory=set)
    usual: set[str] = field(default_factory=lambda: set(SELDOM))

    def on(self, job: Job, document: Any) -> None:
        """Gives the changed document to every use, and runs what it makes of ffmpeg."""
        Path(job.folder, "job.json").write_text(json.dumps(document))
        self.table["documents"] += 1
        try:
            spec = read_job(job.folder).spec
        except InputRefused as refused:
            self._say(refused)
            return
        self.table["accepted"] += 1
        self._use(job, spec)
        for argv in self._commands(job, spec):
            self._run(argv)

    def _say(self, refused: InputRefused) -> None:
        self.table["refused"] += 1
        check_length(refused)

    def _use(self, job: Job, spec: JobSpec) -> None:
        folder = job_folder("/jobs", spec)
        assert os.path.normpath(folder) == folder
        assert folder.startswith("/jobs/")
        details = read_job_details(job.folder)
        for layer in plan_job(spec).layers:
            details.ffmpeg_commands(layer.name)
        try:
            load_review(job.folder, load_settings())
        except CueffmpegError:
            self.table["no scores"] += 1

    def _commands(self, job: Job, spec: JobSpec) -> Iterator[list[str]]:
        """What the layers would run, but into a folder of its own."""
        out = self.scratch.folder / "out"
        for layer in plan_job(spec).layers:
            for argv in preview_commands(spec, layer.name, self.ffmpeg)[:2]:
                inside = {spec.output: str(out / "o.mov")}
                own = [inside.get(word, word) for word in argv]
                yield [str(out / "c.mov") if word.startswith(("chunks/", "audio/")) else word for word in own]

    def learn(self) -> None:
        """Runs the good jobs, whose commands show what is written."""
        for job in self.jobs:
            for argv in self._commands(job, job.spec):
                self._run(argv, is_good=True)

    def _run(self, argv: list[str], *, is_good: bool = False) -> None:
        """Runs a command once; all it writes lies in its own folder, under the usual names."""
        out = self.scratch.folder / "out"
        if json.dumps(argv) in self.ran:
            return
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        before = self.scratch.tree(str(out))
        try:
            subprocess.run(argv, cwd=out, capture_output=True, timeout=SECONDS, check=False, preexec_fn=_limited)
        except subprocess.TimeoutExpired:
            self.table["stopped"] += 1
        self.table["commands run"] += 1
        assert self.scratch.tree(str(out)) == before
        made = {path.name for path in out.iterdir()}
        if is_good:
            self.usual |= made
        assert made <= self.usual
        assert self.scratch.calls == 0
        self.ran.add(json.dumps(argv))


def check_length(refused: InputRefused) -> None:
    assert len(str(refused)) < LONGEST_SENTENCE


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory, ffmpeg: str, clips: Clips) -> Attack:
    folder = tmp_path_factory.mktemp("scratch")
    media, home = folder / "media", folder / "home"
    media.mkdir()
    clips.run([*picture(16, size=SMALL), *click(0.7), *H264, *AAC, str(media / "s.mp4")])
    clips.run([*picture(16, size=SMALL), *PRORES, str(media / "r.mov")])
    clips.run([*picture(16, size="67x65"), "-start_number", "1001", str(media / "p.%04d.dpx")])
    clips.run([*click(1), str(media / "w.wav")])
    place = {"CUEFFMPEG_HOME": str(home), "CUEFFMPEG_SITE": f"{home}/site", "CUEFFMPEG_USER": "alice"}
    jobs = Jobs(load_settings(place), ffmpeg)
    made = [
        jobs(media / "s.mp4", "h264-review-vmaf", output=str(folder / "a.mp4")),
        jobs(media / "s.mp4", "vmaf-compare", reference=str(media / "r.mov"), frames="3-12"),
        jobs(media / "p.####.dpx", "dpx-h264-vmaf", output=str(folder / "b.mp4"), audio=str(media / "w.wav"),
             frame_rate="24", chunk="8", values={"gop": "8"}),
        jobs(media / "r.mov", "h264-web", output=str(folder / "c.mp4"), frames="2-9"),
    ]  # fmt: skip
    attack = Attack(Scratch(folder), made, ffmpeg)
    attack.learn()
    return attack


def fuzz(attack: Attack, examples: int, losses: Losses) -> None:
    good = [json.loads(Path(job.folder, "job.json").read_text()) for job in attack.jobs]
    all_places = [[path for path in places(one) if path[0] in ("spec", "plan")] for one in good]

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def each(data: st.DataObject) -> None:
        # Hypothesis makes the texts; where they stand is left to chance alone, so that every place gets its share.
        chance = random.Random(data.draw(st.integers(0, 2**64)))
        number = chance.randrange(len(good))
        document = copy.deepcopy(good[number])
        for _ in range(chance.choice((1, 1, 2))):
            path = chance.choice(all_places[number])
            if path not in list(places(document)):  # gone with the first change
                continue
            old = value_at(document, path)
            if chance.random() < NEAR:
                put(document, path, near(old, chance))
                continue
            new = data.draw(values if not isinstance(old, str) else st.one_of(texts, values))
            how = chance.choice(("alone", "before", "behind"))
            put(document, path, changed(old, attack.scratch.filled(new), how))
        attack.on(attack.jobs[number], document)

    with losses.attack("fuzzed job documents") as tally:
        each()
        tally.held("refused", attack.table["refused"])
        tally.held("accepted and run", attack.table["accepted"])


def test_a_sample_of_fuzzed_jobs_harms_nothing(attack: Attack, losses: Losses) -> None:
    fuzz(attack, QUICK, losses)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_five_thousand_fuzzed_jobs_harm_nothing(attack: Attack, losses: Losses) -> None:
    fuzz(attack, LONG, losses)


SCORES = {
    "schema": "cueffmpeg.scores/1", "layer": "compare", "first": 1, "last": 2, "vmaf_model": "vmaf_v0.6.1",
    "metrics": {"vmaf": {"mean": 1.0}}, "thresholds": ["vmaf.mean>=93"],
    "frames": [{"frame": 1, "vmaf": 90.0}, {"frame": 2, "vmaf": None}],
}  # fmt: skip
FEATURES = {"schema": "cueffmpeg.features/1", "first": 1, "last": 2, "features": {"motion": [1.0, None]}}
PRESET = {
    "schema": "cueffmpeg.preset/1", "name": "a", "version": 1, "kind": "encode-compare", "title": "t",
    "description": "d", "values": {"codec": "h264", "crf": 18, "thresholds": ["mean>=93"], "models": ["vmaf_v0.6.1"]},
}  # fmt: skip
LOG = {"version": "3", "frames": [{"frameNum": 0, "metrics": {"vmaf": 1.0, "integer_motion": 0.0}}]}
READERS: dict[str, tuple[Any, Callable[[str], object]]] = {
    "scores": (SCORES, read_scores),
    "features": (FEATURES, read_features),
    "preset": (PRESET, lambda path: read_preset(path, "user")),
    "libvmaf's log": (LOG, read_foreign),
}


def read_settings(path: str) -> object:
    return load_settings({"CUEFFMPEG_HOME": str(Path(path).parents[1])})


TEXT_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "settings": ('farm = "local"\nshow = "a"\n', read_settings),
    "CSV log": ("Frame,vmaf,motion,\n0,90.5,1,\n1,91,2,\n", read_foreign),
    "XML log": ('<VMAF><frames><frame frameNum="0" vmaf="90"/></frames></VMAF>', read_foreign),
    "JSON log": (json.dumps(LOG), read_foreign),
    "scores": (json.dumps(SCORES), read_scores),
    "preset": (json.dumps(PRESET), lambda path: read_preset(path, "user")),
}  # fmt: skip


def read(reader: Callable[[str], object], path: Path, content: bytes) -> str:
    path.write_bytes(content)
    try:
        reader(str(path))
    except InputRefused as refused:
        check_length(refused)
        return "refused"
    return "read"


def fuzz_values(path: Path, examples: int) -> Counter[str]:
    table: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(st.data())
    def each(data: st.DataObject) -> None:
        good, reader = READERS[data.draw(st.sampled_from(sorted(READERS)))]
        document = copy.deepcopy(good)
        place = data.draw(st.sampled_from(list(places(document))))
        put(document, place, data.draw(values))
        table[read(reader, path, json.dumps(document).encode())] += 1

    each()
    return table


def fuzz_bytes(path: Path, examples: int) -> Counter[str]:
    table: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(st.data())
    def each(data: st.DataObject) -> None:
        good, reader = TEXT_READERS[data.draw(st.sampled_from(sorted(TEXT_READERS)))]
        start = data.draw(st.integers(0, len(good)))
        end = data.draw(st.integers(start, min(len(good), start + 8)))
        new = data.draw(st.one_of(st.binary(max_size=6), texts.map(lambda text: text.encode("utf-8", "surrogatepass"))))
        table[read(reader, path, good.encode()[:start] + new + good.encode()[end:])] += 1

    each()
    return table


@pytest.mark.parametrize("examples", [200, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(1800)])])
@pytest.mark.parametrize("kind", [fuzz_values, fuzz_bytes])
def test_fuzzed_documents_of_all_kinds_are_read_or_refused(
    kind: Callable[[Path, int], Counter[str]], examples: int, tmp_path: Path, losses: Losses
) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    with losses.attack(f"{kind.__name__.replace('fuzz_', 'fuzzed ')} of other documents") as tally:
        for end, count in kind(folder / "settings.toml", examples).items():
            tally.held(end, count)
