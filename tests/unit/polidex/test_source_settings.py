"""What `[[sources]]` may say, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidex import settings
from polidex.source_settings import SourceSetting, source_settings
from schema.errors import SettingsError
from schema.vocabulary import SourceKind


def test_the_file_names_sources_of_every_kind(tmp_path: Path) -> None:
    file = tmp_path / "polidex.toml"
    file.write_text("\n".join(f'[[sources]]\nkind = "{kind}"\nlocation = "{kind}"' for kind in SourceKind))
    found = settings.load(file=file, environment={}).sources
    assert [each.kind for each in found] == list(SourceKind)
    assert len({each.id for each in found}) == len(found)
    assert settings.load(file=tmp_path / "absent.toml", environment={}).sources == ()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"location": "a"}, "kind is missing: give one of folder, feed"),
        ({"kind": "feed"}, "location is missing: give a path or an address"),
        ({"kind": "rss", "location": "a"}, "(a): kind is none of folder, feed"),
        ({"kind": "feed", "location": "a", "naem": "x"}, "there is no naem: it may have kind, location, name"),
        ({"kind": "folder", "location": "https://x.example/"}, "a folder is a path on this machine"),
        ({"kind": "feed", "location": "ftp://x.example/"}, "only http and https"),
        ({"kind": "feed", "location": "a", "fields": {"uri": "x"}}, "a feed has none"),
        ({"kind": "jsonl", "location": "a", "fields": {"url": "x"}}, "it may have uri, text"),
        ({"kind": "jsonl", "location": "a", "most": 5}, "a jsonl is read whole"),
        ({"kind": "feed", "location": "a", "most": 0}, "most: Input should be greater than 0"),
        (
            {"kind": "feed", "location": "a", "name": "Courier", "pause_seconds": -1},
            "Source 2 in polidex.toml (Courier)",
        ),
    ],
)
def test_a_source_that_is_wrong_is_named_with_what_to_do(table: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        source_settings([{"kind": "folder", "location": "right"}, table])
    assert said in str(raised.value)
    assert "Source 2" in str(raised.value)


def test_sources_are_tables_and_none_stands_there_twice() -> None:
    for wrong in ("articles", [1], {"kind": "folder"}):
        with pytest.raises(SettingsError, match="are tables"):
            source_settings(wrong)
    one = {"kind": "folder", "location": "a"}
    with pytest.raises(SettingsError, match="twice"):
        source_settings([one, one])
    with pytest.raises(SettingsError, match="of another"):
        source_settings([one, one | {"name": "b"}])


def test_patterns_are_for_whole_addresses() -> None:
    chosen = SourceSetting(kind=SourceKind.FEED, location="a", include=("https://x.example/*",), exclude=("*/sport/*",))
    assert chosen.wants("https://x.example/a/b")
    assert not chosen.wants("https://x.example/sport/b")
    assert not chosen.wants("http://evil.example/?https://x.example/")
