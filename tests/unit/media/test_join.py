# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunks joined by real ffmpeg: the film holds their frames in order, evenly spaced, at every rate, and seeks well."""

import random
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from clips import RATES, Clips

from cueffmpeg_gui.media.chunks import chunk_ranges
from cueffmpeg_gui.media.encode import EncodeTask, build_chunk
from cueffmpeg_gui.media.join import build_join, build_sound, chunk_list
from cueffmpeg_gui.media.packets import read_packet_digests
from cueffmpeg_gui.media.sound import Sound
from cueffmpeg_gui.probe import probe_sequence, probe_sound
from cueffmpeg_gui.sequences.files import find_sequence

FRAMES, CHUNK = 35, 9
VALUES: dict[str, Any] = {
    "codec": "h264", "crf": 23, "speed": "ultrafast", "gop": 9, "pix_fmt": "yuv420p", "odd_size": "crop",
    "audio_codec": "aac", "audio_bitrate": "192k",
}  # fmt: skip
# B-frames make decode order differ from show order; ultrafast has none.
WITH_B_FRAMES = {**VALUES, "speed": "fast"}


class Films:
    """Films made of chunks, with what they were made of."""

    def __init__(self, folder: Path, clips: Clips) -> None:
        self.folder = folder
        self.clips = clips
        self.pictures = clips.sequence(folder / "dpx", ["-f", "lavfi", "-i", self.graph])

    graph = f"testsrc2=size=160x96:rate=24,trim=end_frame={FRAMES}"

    def encode(self, rate: str, values: dict[str, Any], sound: Path | None = None) -> EncodeTask:
        clip = probe_sequence(find_sequence(self.pictures), Fraction(rate))
        length = FRAMES / Fraction(rate)
        return EncodeTask(
            clip, clip.frames, values, "p@1", Sound(probe_sound(str(sound)), Fraction(0), length) if sound else None
        )

    def __call__(
        self, rate: str, values: dict[str, Any] = VALUES, *, chunk: int = CHUNK, sound: Path | None = None,
        folder: str = "film", ending: str = ".mp4",
    ) -> tuple[Path, list[Path]]:  # fmt: skip
        place = self.folder / folder
        place.mkdir(exist_ok=True)
        encode = self.encode(rate, values, sound)
        ranges = chunk_ranges(encode.frames, chunk)
        files = [place / f"encode.{frames.first}{ending}" for frames in ranges]
        for frames, file in zip(ranges, files, strict=True):
            silent = EncodeTask(encode.source, frames, {**values, "audio_codec": "none"}, encode.label)
            self.run(build_chunk(silent, str(file), self.clips.ffmpeg, 2))
        script = place / "chunks.ffconcat"
        script.write_text(chunk_list([str(file) for file in files], ranges, encode.source.video.rate))
        audio = ""
        if encode.sound:
            audio = str(place / "sound.mp4")
            self.run(build_sound(encode, encode.sound, audio, self.clips.ffmpeg))
        film = place / f"film{ending}"
        self.run(build_join(encode, str(script), audio, str(film), self.clips.ffmpeg))
        return film, files

    def run(self, argv: list[str]) -> None:
        subprocess.run(argv, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    def pictures_of(self, path: Path) -> list[str]:
        """A digest of each decoded picture."""
        argv = [self.clips.ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0"]
        done = subprocess.run(
            [*argv, "-fps_mode", "passthrough", "-f", "framemd5", "-"], check=True, capture_output=True, text=True
        )
        return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Films:
    return Films(tmp_path_factory.mktemp("films"), clips)


def times(path: Path) -> list[Fraction]:
    with av.open(str(path)) as container:
        return sorted(p.pts * p.time_base for p in container.demux(video=0) if p.size and not p.is_discard)


@pytest.mark.parametrize("rate", RATES)
def test_every_step_is_equal_also_across_joins_and_before_a_short_last_chunk(rate: str, films: Films) -> None:
    film, _ = films(rate, folder=f"rate_{rate.replace('/', '_')}")
    assert times(film) == [number / Fraction(rate) for number in range(FRAMES)]
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == stream.guessed_rate == Fraction(rate)
        assert stream.frames == FRAMES
        assert stream.duration * stream.time_base == FRAMES / Fraction(rate)
        assert Fraction(container.duration, av.time_base) == pytest.approx(FRAMES / Fraction(rate), abs=1e-3)


KINDS = {
    "h264": (VALUES, ".mp4"),
    "h264 with B-frames": (WITH_B_FRAMES, ".mp4"),
    "h265": ({**VALUES, "codec": "h265", "pix_fmt": "yuv420p10le"}, ".mp4"),
    "prores": ({"codec": "prores", "pix_fmt": "yuv422p10le", "odd_size": "crop", "audio_codec": "none"}, ".mov"),
    "4:4:4": ({**WITH_B_FRAMES, "pix_fmt": "yuv444p10le"}, ".mov"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rate", ["24", "60000/1001"])
def test_the_film_holds_the_frames_of_its_chunks_in_order(kind: str, rate: str, films: Films) -> None:
    values, ending = KINDS[kind]
    film, chunks = films(rate, values, folder=f"{kind} {rate.replace('/', '_')}".replace(":", "_"), ending=ending)
    assert films.pictures_of(film) == [digest for chunk in chunks for digest in films.pictures_of(chunk)]
    assert times(film) == [number / Fraction(rate) for number in range(FRAMES)]
    packets = [read_packet_digests(str(chunk), films.clips.ffmpeg) for chunk in chunks]
    joined = read_packet_digests(str(film), films.clips.ffmpeg)
    assert {chunk.header for chunk in packets} == {joined.header}
    assert list(joined.digests) == [digest for chunk in packets for digest in chunk.digests]


@pytest.mark.parametrize("length", [8, 9, 17, 34])
def test_chunks_of_any_length_give_all_frames(length: int, films: Films) -> None:
    film, _ = films("30", WITH_B_FRAMES, chunk=length, folder=f"length {length}")
    assert len(films.pictures_of(film)) == FRAMES
    assert times(film) == [Fraction(number, 30) for number in range(FRAMES)]


@pytest.mark.parametrize("rate", ["24", "30000/1001", "12"])
def test_random_seeks_find_the_right_picture(rate: str, films: Films) -> None:
    film, _ = films(rate, WITH_B_FRAMES, folder=f"seek_{rate.replace('/', '_')}")
    with av.open(str(film)) as container:
        whole = [(frame.pts, bytes(frame.planes[0])) for frame in container.decode(video=0)]
    choice = random.Random(4)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        for number in [choice.randrange(FRAMES) for _ in range(60)]:
            wanted, picture = whole[number]
            container.seek(wanted, stream=stream, backward=True)
            found = next(frame for frame in container.decode(stream) if frame.pts >= wanted)
            assert (found.pts, bytes(found.planes[0])) == (wanted, picture)


@pytest.mark.parametrize("rate", ["24", "24000/1001", "25"])
def test_a_player_that_seeks_by_seconds_gets_the_right_picture(rate: str, films: Films) -> None:
    film, _ = films(rate, WITH_B_FRAMES, folder=f"player_{rate.replace('/', '_')}")
    whole = films.pictures_of(film)
    for number in (0, 1, 8, 9, 10, 17, 18, 26, 27, FRAMES - 1):
        seconds = float((number - Fraction(1, 2)) / Fraction(rate))
        argv = [films.clips.ffmpeg, "-v", "error", "-ss", f"{max(0.0, seconds):.6f}", "-i", str(film), "-frames:v", "1"]
        done = subprocess.run([*argv, "-an", "-f", "framemd5", "-"], check=True, capture_output=True, text=True)
        assert done.stdout.rpartition(",")[2].strip() == whole[number]


HOSTILE = ["it's", "a b", "100%d", "\\back", "ünï-中文", "#hash", "'", "$(x)", "-dash", "a:b"]


@pytest.mark.parametrize("name", HOSTILE)
def test_chunk_lists_survive_hostile_paths(name: str, films: Films) -> None:
    film, _ = films("24", folder=name, chunk=18)
    assert len(times(film)) == FRAMES


def wav(films: Films, sample_rate: int, layout: str, seconds: float) -> Path:
    path = films.folder / f"{sample_rate}_{layout}_{seconds}.wav"
    channels = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    burst = "|".join(["if(between(t,0.4,0.404),0.8*sin(9000*t),0)"] * channels)
    graph = f"aevalsrc='{burst}':s={sample_rate}:d={seconds}:c={layout}"
    films.clips.run(["-f", "lavfi", "-i", graph, "-c:a", "pcm_s24le", str(path)])
    return path


def samples(films: Films, path: Path) -> bytes:
    argv = [films.clips.ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a:0", "-af", "pan=mono|c0=c0"]
    return subprocess.run([*argv, "-f", "s16le", "-"], check=True, capture_output=True).stdout


@pytest.mark.parametrize("rate", ["24", "24000/1001", "25", "60000/1001", "12"])
@pytest.mark.parametrize(("sample_rate", "layout"), [(48000, "stereo"), (44100, "mono"), (48000, "5.1")])
@pytest.mark.parametrize("seconds", [0.5, 4])
def test_the_sound_of_a_film_is_as_long_as_its_picture_to_the_sample(
    rate: str, sample_rate: int, layout: str, seconds: float, films: Films
) -> None:
    sound = wav(films, sample_rate, layout, seconds)
    name = f"sound_{rate}_{sample_rate}_{layout}_{seconds}".replace("/", "_")
    film, _ = films(rate, chunk=18, sound=sound, folder=name)
    assert len(samples(films, film)) // 2 == round(FRAMES / Fraction(rate) * sample_rate)
    assert times(film) == [number / Fraction(rate) for number in range(FRAMES)]
