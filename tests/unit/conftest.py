"""What unit tests share: hypothesis without a time limit, since no test asserts times."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("polidex", deadline=None)
settings.load_profile("polidex")
