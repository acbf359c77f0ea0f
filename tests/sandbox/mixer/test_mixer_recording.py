"""What is written is real HLS: it decodes, shows the scene, sounds like its people, and its list is in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apps.sandbox.engine.mixer import audio, people
from apps.sandbox.engine.mixer.scene import Layer, Person, Scene
from apps.sandbox.engine.mixer.spawn import write_recording

av = pytest.importorskip("av")

RED, BLUE = Person("1", "Ann", color="#C82828"), Person("2", "Bo", color="#2850C8")
TWO = Scene(
    640,
    360,
    10,
    layers=(Layer("person", 0, 0, 320, 360, person=RED), Layer("person", 320, 0, 320, 360, person=BLUE)),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    directory = tmp_path_factory.mktemp("recording")
    return directory, write_recording(directory, TWO, 5.0, segment_seconds=2)


def test_the_list_is_whole_and_ends(written: tuple[Path, dict[str, Any]]) -> None:
    directory, said = written
    lines = (directory / "index.m3u8").read_text().splitlines()
    assert lines[-1] == "#EXT-X-ENDLIST" and "#EXT-X-PLAYLIST-TYPE:VOD" in lines
    segments = [line for line in lines if not line.startswith("#")]
    assert len(segments) == 3 and all((directory / name).stat().st_size > 0 for name in segments)
    lengths = [float(line[8:].rstrip(",")) for line in lines if line.startswith("#EXTINF:")]
    assert lengths[:2] == [2.0, 2.0] and sum(lengths) == pytest.approx(5.0, abs=0.15)
    assert said["duration"] == 5.0 and said["frames"] == 50
    assert said["bytes"] == sum(file.stat().st_size for file in directory.iterdir())
    assert {"index.m3u8", "poster.jpg", *segments} == {file["name"] for file in said["files"]}


def test_it_decodes_to_the_people_in_their_places(written: tuple[Path, dict[str, Any]]) -> None:
    with av.open(str(written[0] / "index.m3u8")) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 50
    for frame in frames[::10]:
        assert frame.shape == (360, 640, 3) and frame.mean() > 40
        assert np.abs(frame[60, 20].astype(int) - (200, 40, 40)).max() < 16
        assert np.abs(frame[60, 620].astype(int) - (40, 80, 200)).max() < 16
    assert np.abs(frames[0].astype(int) - frames[12]).max() > 60, "nobody moved"


def test_every_segment_starts_with_a_key_frame_and_plays_alone(written: tuple[Path, dict[str, Any]]) -> None:
    for segment in sorted(written[0].glob("*.ts")):
        with av.open(str(segment)) as container:
            assert container.streams.video[0].codec_context.name == "h264"
            first = next(container.decode(video=0))
            assert first.key_frame


def test_the_sound_is_the_tones_of_the_people(written: tuple[Path, dict[str, Any]]) -> None:
    with av.open(str(written[0] / "index.m3u8")) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("aac", 48_000, 2)
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    assert heard.shape[1] == pytest.approx(5 * 48_000, abs=4096)
    assert 0.005 < float(np.sqrt((heard**2).mean())) < 0.2
    spectrum = np.abs(np.fft.rfft(heard[0]))
    bins = np.fft.rfftfreq(heard.shape[1], 1 / 48_000)
    for person in (RED, BLUE):
        near = np.abs(bins - people.tone_of(person.user_id)) < 4
        assert spectrum[near].max() > 50 * np.median(spectrum)


def test_sound_joins_without_a_click_and_the_absent_are_silent() -> None:
    whole = audio.mix((RED, BLUE), 0, 4096, 48_000)
    halves = np.concatenate([audio.mix((RED, BLUE), at, 2048, 48_000) for at in (0, 2048)], axis=1)
    assert np.allclose(whole, halves, atol=1e-6)
    away = Person("1", "Ann", publishing=False)
    assert not audio.mix((away,), 0, 48_000, 48_000).any()


def test_a_scene_without_sound_has_no_audio_stream_and_large_ones_are_scaled(tmp_path: Path) -> None:
    said = write_recording(tmp_path, Scene(1921, 1081, color="#00FF00", audio=False), 0.4, fps=5)
    assert (said["width"], said["height"], said["frames"]) == (1280, 720, 2)
    with av.open(str(tmp_path / "index.m3u8")) as container:
        assert not container.streams.audio
        assert next(container.decode(video=0)).to_ndarray(format="rgb24")[300, 300, 1] > 240
