# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sound fitted to the picture by real ffmpeg: the onset and the length are right to the sample."""

import array
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cueffmpeg_gui.media.facts import AudioFacts, SoundFile
from cueffmpeg_gui.media.sound import Sound, sound_arguments, sound_filter
from cueffmpeg_gui.media.timing import STANDARD_RATES

SECONDS = 1
LAYOUTS = {"mono": 1, "stereo": 2, "5.1": 6}
PCM = {"audio_codec": "pcm_s24le"}


def ramp(folder: Path, ffmpeg: str, rate: int = 48000, layout: str = "stereo", starts: int = 0) -> Path:
    """A WAV in which sample n has the value n + 1 (modulo 30000) in every channel, so each sample says where it was."""
    path = folder / f"ramp_{rate}_{layout}_{starts}.wav"
    if not path.exists():
        expression = "|".join(["(mod(n,30000)+1)/32768"] * LAYOUTS[layout])
        graph = f"aevalsrc=exprs='{expression}':s={rate}:d={SECONDS}:c={layout}"
        run(ffmpeg, ["-f", "lavfi", "-i", graph, "-c:a", "pcm_s16le", "-y", str(path)])
    return path


def run(ffmpeg: str, arguments: list[str]) -> bytes:
    argv = [ffmpeg, "-nostdin", "-v", "error", *arguments]
    return subprocess.run(argv, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout


def sound_of(path: Path, delay: Fraction, length: Fraction, rate: int = 48000, layout: str = "stereo") -> Sound:
    stream = AudioFacts(0, "pcm_s16le", rate, LAYOUTS[layout], layout, Fraction(SECONDS))
    return Sound(SoundFile(str(path), 1, 1, (stream,)), delay, length)


def heard(ffmpeg: str, sound: Sound, channel: int = 0) -> array.array:
    """The samples of one channel of the fitted sound."""
    stream = sound.streams[0]
    chain = f"{sound_filter(sound, stream)},pan=mono|c0=c{channel}"
    return array.array("h", run(ffmpeg, ["-i", sound.path, "-af", chain, "-f", "s16le", "-"]))


def expected(rate: int, delay: Fraction, length: Fraction) -> list[int]:
    shift = round(delay * rate)
    places = range(-shift, round(length * rate) - shift)
    return [n % 30000 + 1 if 0 <= n < rate * SECONDS else 0 for n in places]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sound")


CASES = st.tuples(
    st.sampled_from([44100, 48000]),
    st.sampled_from(list(LAYOUTS)),
    st.fractions(Fraction(-5, 4), Fraction(5, 4), max_denominator=48000),
    st.sampled_from(STANDARD_RATES),
    st.integers(1, 40),
)


def check_every_sample(folder: Path, ffmpeg: str, case: tuple[int, str, Fraction, Fraction, int]) -> None:
    rate, layout, delay, frame_rate, frames = case
    length = frames / frame_rate
    sound = sound_of(ramp(folder, ffmpeg, rate, layout), delay, length, rate, layout)
    assert heard(ffmpeg, sound, LAYOUTS[layout] - 1).tolist() == expected(rate, delay, length)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=CASES)
def test_every_sample_is_where_it_should_be(
    folder: Path, ffmpeg: str, case: tuple[int, str, Fraction, Fraction, int]
) -> None:
    check_every_sample(folder, ffmpeg, case)


@pytest.mark.long
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=CASES)
def test_every_sample_is_where_it_should_be_at_length(
    folder: Path, ffmpeg: str, case: tuple[int, str, Fraction, Fraction, int]
) -> None:
    check_every_sample(folder, ffmpeg, case)


@pytest.mark.parametrize("delay", [Fraction(-1), Fraction(-2), Fraction(-1) + Fraction(1, 48000), Fraction(3)])
def test_sound_that_hardly_meets_the_picture_is_silence_of_its_length(
    delay: Fraction, folder: Path, ffmpeg: str
) -> None:
    length = Fraction(1, 2)
    found = heard(ffmpeg, sound_of(ramp(folder, ffmpeg), delay, length)).tolist()
    assert found == expected(48000, delay, length)


def test_every_stream_keeps_its_own_start(folder: Path, ffmpeg: str) -> None:
    early, late = (AudioFacts(i, "pcm_s16le", 48000, 1, "mono", Fraction(1), Fraction(i, 4)) for i in range(2))
    sound = Sound(SoundFile("/s.mov", 1, 1, (early, late)), Fraction(1, 8), Fraction(2))
    assert "adelay=6000S" in sound_filter(sound, early)
    assert "adelay=18000S" in sound_filter(sound, late)
    arguments = sound_arguments(sound, PCM, 1)
    assert [a for a in arguments if ":" in a and a[0].isdigit()] == ["1:0", "1:1"]
    assert arguments[-2:] == ["-c:a", "pcm_s24le"]


NOTES = [
    (Fraction(0), Fraction(1), None),
    (Fraction(0), Fraction(1, 2), "0.500 s of it are cut off"),
    (Fraction(0), Fraction(2), "1.000 s of silence are added"),
    (Fraction(1, 4), Fraction(1), "0.250 s of it are cut off"),
    (Fraction(-1, 4), Fraction(1), "0.250 s of silence are added"),
    (Fraction(0), Fraction(1) + Fraction(1, 2000), None),
]


@pytest.mark.parametrize(("delay", "length", "note"), NOTES)
def test_what_is_done_to_the_length_is_said(delay: Fraction, length: Fraction, note: str | None) -> None:
    found = sound_of(Path("/w.wav"), delay, length).note
    assert found is None if note is None else note in str(found)


def test_where_a_stream_ends_is_where_it_ends_however_late_it_begins() -> None:
    # `duration` is where a stream ends on the file's clock, `start` where it begins.
    stream = AudioFacts(0, "pcm_s16le", 48000, 1, "mono", Fraction(3, 2), Fraction(1, 2))
    sound = Sound(SoundFile("/c.mkv", 1, 1, (stream,)), Fraction(0), Fraction(3, 2))
    assert sound.note is None
