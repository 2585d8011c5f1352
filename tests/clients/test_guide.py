"""The guide's examples, run in their order against a served sandbox: shell, Python, answers."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.served import found_sandbox, serving

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(sh|python|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guides_examples_work_as_they_stand(sqlite_database, monkeypatch):
    key = found_sandbox()
    blocks = BLOCK.findall((ROOT / "docs" / "use" / "api-guide.md").read_text())
    assert len(blocks) > 30
    monkeypatch.syspath_prepend(str(ROOT / "clients" / "python"))
    with serving(sqlite_database.url) as url:
        monkeypatch.setenv("URL", f"{url}/api/v1")
        monkeypatch.setenv("KEY", key)
        names: dict[str, Any] = {}
        words = _words(blocks[0][1])
        told = ""
        for kind, text in blocks:
            if kind == "sh":
                told = _run(words + text)
            elif kind == "python":
                exec(compile(text, "the guide", "exec"), names)
            else:
                assert _as_far_as(json.loads(text), _last(told)) == json.loads(text)


def _words(first: str) -> str:
    """What the first block defines for all that follow."""
    lines = first.splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith(("export ", "api() ")))


def _run(script: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _last(told: str) -> Any:
    """The last of the JSON documents that stand one after another."""
    decoder, place, last = json.JSONDecoder(), 0, None
    while place < len(told):
        last, place = decoder.raw_decode(told, place)
        while told[place : place + 1].isspace():
            place += 1
    return last


def _as_far_as(shown: Any, found: Any) -> Any:
    """Of what was found, the fields that the guide shows."""
    if isinstance(shown, dict) and isinstance(found, dict):
        return {
            name: _as_far_as(inner, found[name])
            for name, inner in shown.items()
            if name in found
        }
    return found
