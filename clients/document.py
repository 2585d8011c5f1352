"""The document that clients are generated from: `python -m clients.document FOLDER`."""

import hashlib
import json
import sys
from pathlib import Path

PYTHON = Path(__file__).parent / "python"
HASH = PYTHON / "document.sha256"
"""Of the document that the committed client was generated from."""


def canonical() -> str:
    """The document that the server serves, as text that depends on its content alone."""
    import django

    django.setup()
    from regulars.faces.api.application import api

    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(document, sort_keys=True, indent=1, default=str) + "\n"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    text, folder = canonical(), Path(sys.argv[1])
    (folder / "openapi.json").write_text(text)
    (folder / HASH.name).write_text(f"{digest(text)}\n")
