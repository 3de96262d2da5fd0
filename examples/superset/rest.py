"""Superset's REST API, as far as it is needed here, logged in as a user."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any

import httpx

from examples.superset.service import USER, Running
from schema.errors import PolidexError


class Rest:
    """A session of the user `admin`. Paths are those below `/api/v1/`."""

    def __init__(self, running: Running) -> None:
        self._client = httpx.Client(base_url=f"{running.address}/api/v1/", timeout=120, trust_env=False)
        login = {"username": USER, "password": running.password, "provider": "db"}
        token = self._client.post("security/login", json=login).raise_for_status().json()["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"
        self._client.headers["X-CSRFToken"] = self.get("security/csrf_token/")["result"]
        self._client.headers["Referer"] = running.address

    def __enter__(self) -> Rest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, path: str) -> Any:
        """What stands there. Raises PolidexError, with what Superset says, for any other status than success."""
        return _answer(self._client.get(path))

    def post(self, path: str, body: object) -> Any:
        """What it answers. Raises PolidexError like `get`."""
        return _answer(self._client.post(path, json=body))

    def put(self, path: str, body: object) -> Any:
        """What it answers. Raises PolidexError like `get`."""
        return _answer(self._client.put(path, json=body))

    def refused(self, path: str, body: object) -> str | None:
        """What it says when it refuses; None when it does as it is asked."""
        response = self._client.post(path, json=body)
        if response.is_success:
            return None
        said = response.json()
        return "; ".join(each["message"] for each in said["errors"]) if "errors" in said else str(said)

    def upload(self, path: str, archive: bytes, fields: Mapping[str, str]) -> Any:
        """Hand in a zip file."""
        return _answer(self._client.post(path, files={"formData": ("dashboard.zip", archive)}, data=fields))


def _answer(response: httpx.Response) -> Any:
    if not response.is_success:
        raise PolidexError(f"Superset answers {response.status_code} to {response.url.path}: {response.text[:2000]}")
    return response.json()
