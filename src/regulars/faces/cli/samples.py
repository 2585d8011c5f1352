"""`regulars sample`: published purchase histories and the demo, as records."""

import sys
from enum import StrEnum
from importlib import import_module
from typing import Annotated

import typer

from regulars.faces.cli.running import Trouble


class Sample(StrEnum):
    CDNOW = "cdnow"
    COMPLETEJOURNEY = "completejourney"
    DEMO = "demo"


def sample(
    which: Annotated[
        Sample,
        typer.Argument(
            metavar="cdnow|completejourney|demo",
            help="An online music shop of 1997; a year of a grocery chain; the demo company.",
        ),
    ],
) -> None:
    """Write a purchase history as records, one JSON object a line.

    `regulars sample cdnow | regulars import -` takes it in. The first two come with the extra
    "datasets" of the package.
    """
    import msgspec

    from regulars.services.samples.common import MissingDataset

    encode = msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    try:
        for record in import_module(f"regulars.services.samples.{which.value}").records():
            out.write(encode(record) + b"\n")
    except MissingDataset as missing:
        raise Trouble(missing.message) from None
    out.flush()
