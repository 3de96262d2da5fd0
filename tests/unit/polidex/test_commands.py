"""What every command takes."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from polidex.commands import commands


def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for each, inner in command.commands.items():
            yield from walk(inner, f"{name} {each}".strip())
        if not command.invoke_without_command:
            return
    yield name, command


COMMANDS = dict(walk(commands, ""))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_common_options_and_shows_examples(name: str) -> None:
    command = COMMANDS[name]
    assert {"--database", "--model", "--json", "--debug"} <= {option for each in command.params for option in each.opts}
    assert f"polidex {name}" in (command.epilog or "")
    assert command.help
