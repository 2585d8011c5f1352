"""A file that appears whole or not at all, and once, however often it is written."""

import os
import threading
from pathlib import Path


def put_file(folder: Path, name: str, content: bytes) -> None:
    """Write a file under a name that is its message's own; a file that is there is replaced.

    The folder is made when missing, open to nobody else: guests' addresses are in it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}-{threading.get_ident()}"
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / name)
    finally:
        draft.unlink(missing_ok=True)
