"""The calendar's names of one language leave Babel's own data as it is."""

from __future__ import annotations

from babel import Locale, localedata

from polidex.calendar_names import calendar_names


def test_babel_still_gives_whole_locales_to_others() -> None:
    localedata._cache.clear()
    calendar_names.cache_clear()
    assert calendar_names("ru").months
    assert Locale("ru").days["stand-alone"]["abbreviated"]
