"""How every ending is told: one line, one hint, one exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidex import cli
from schema.errors import LockedError


@pytest.fixture(autouse=True)
def _an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_error_is_one_line_and_a_hint_with_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(["db", "check"]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines() == [
        "polidex: There is no database at polidex.duckdb.",
        "`polidex run` makes it, and so does `polidex db upgrade`.",
    ]


def test_the_exit_code_is_that_of_the_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked(url: str) -> None:
        raise LockedError()

    monkeypatch.setattr("polidex.publish.upgrade", locked)
    assert cli.run_command(["db", "upgrade"]) == 5
    assert "Another process is writing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["quary"], "Did you mean 'query'?"),
        (["query", "--jsno"], "Did you mean '--json'?"),
        (["query", "SELECT", "1"], "`1` is no parameter."),
        (["query", "who_held_ofice"], "who_held_office"),
        (["run"], "Missing argument"),
    ],
)
def test_a_mistyped_command_line_ends_with_2_and_says_what_is_near(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run_command(arguments) == 2
    assert said in capsys.readouterr().err


def test_an_unknown_setting_stops_before_anything_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "polidex.toml").write_text('modle = "openai/x"', encoding="utf-8")
    assert cli.run_command(["db", "upgrade"]) == 2
    assert "modle" in capsys.readouterr().err
    assert not (tmp_path / "polidex.duckdb").exists()


def test_ctrl_c_says_that_what_was_committed_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(url: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("polidex.publish.upgrade", interrupted)
    assert cli.run_command(["db", "upgrade"]) == 130
    assert "kept" in capsys.readouterr().err


def test_debug_lets_the_traceback_through() -> None:
    with pytest.raises(LockedError), pytest.MonkeyPatch.context() as patch:
        patch.setattr("polidex.publish.upgrade", lambda url: (_ for _ in ()).throw(LockedError()))
        cli.run_command(["db", "upgrade", "--debug"])


def test_an_error_that_nobody_foresaw_shows_its_kind_and_none_of_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = ValueError("key sk-hunter2")
    cli._unexpected(ValueError, error, None)
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "--debug" in said
    assert "hunter2" not in said
