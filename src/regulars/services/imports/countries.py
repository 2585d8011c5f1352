"""The country of a time zone, for phone numbers that do not say theirs."""

from functools import lru_cache
from importlib import resources


def country_of_zone(zone: str) -> str | None:
    """ISO 3166, two letters; None for zones that are no place's."""
    return _countries().get(zone)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    found: dict[str, str] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found[zone.strip()] = country
    return found
