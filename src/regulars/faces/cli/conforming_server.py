"""A server that speaks the API, asked as any other program would ask it."""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from regulars.faces.cli.running import Trouble

if TYPE_CHECKING:
    import httpx

_TIMEOUT = 120
_PATIENCE = 20
"""How often a server may say 429 or 503 to one request before that is its answer."""


class Different(Exception):
    """Where an answer is not what the contract says: the path, what was wanted, what came."""

    def __init__(self, path: str, expected: object, found: object) -> None:
        written = [
            json.dumps(one, ensure_ascii=False, default=str) for one in (expected, found)
        ]
        super().__init__(f"{path}: expected {written[0]}, got {written[1]}")


def same(path: str, expected: object, found: object) -> None:
    """Raises `Different` unless both are equal."""
    if expected != found:
        raise Different(path, expected, found)


class Server:
    """A sandbox behind an address and a key. `ref` is the organization's id there."""

    def __init__(self, http: "httpx.Client") -> None:
        self._http = http
        said = self.told("GET", "/organization")
        self.ref = str(said["id"])

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> "httpx.Response":
        """The response; `body` goes as JSON, bytes as they are."""
        import httpx

        content = body if isinstance(body, bytes | None) else json.dumps(body, default=str)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if content is not None:
            given.setdefault("Content-Type", "application/json")
        for _ in range(_PATIENCE):
            try:
                answer = self._http.request(method, path, content=content, headers=given)
            except httpx.HTTPError as problem:
                raise Trouble(f"{self._http.base_url} does not answer: {problem}.") from None
            if answer.status_code not in (429, 503):
                break
            time.sleep(_seconds(answer.headers))
        return answer

    def told(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """What a request is answered with, which must be a 200."""
        answer = self.ask(method, path, body, **headers)
        if answer.status_code != 200:
            raise Different(
                f"{method} {path}", 200, f"{answer.status_code} {answer.text[:500]}"
            )
        try:
            return answer.json()
        except ValueError:
            raise Different(f"{method} {path}", "JSON", answer.text[:200]) from None

    def empty(self, said: Mapping[str, str]) -> None:
        """The sandbox as new, with this name, currency and time zone."""
        self.told("POST", "/sandbox/reset", dict(said))

    def state(self, kind: str, ref: str, on: str) -> dict[str, Any] | None:
        """Where a guest or an invoice stood at the end of a day; None if not known by then."""
        path = f"/{kind}s/{ref}/loyalty?as_of={on}"
        answer = self.ask("GET", path)
        if answer.status_code == 404:
            return None
        same(f"GET {path}", 200, answer.status_code)
        found: dict[str, Any] = answer.json()
        return found


def connect(url: str, key: str) -> Server:
    """The server at this address: its root, or where its API begins."""
    import httpx

    root = url.rstrip("/")
    base = root if root.endswith("/api/v1") else f"{root}/api/v1"
    try:
        http = httpx.Client(
            base_url=base, headers={"Authorization": f"Bearer {key}"}, timeout=_TIMEOUT
        )
        return Server(http)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as problem:
        raise Trouble(f"{url} is no address of a server: {problem}.") from None
    except Different as problem:
        raise Trouble(f"{url} does not tell its organization. {problem}") from None


def _seconds(headers: Mapping[str, str]) -> float:
    said = headers.get("Retry-After", "")
    return min(float(said), 10.0) if said.isdigit() else 1.0
