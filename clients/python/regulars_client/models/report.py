from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.report_columns_item import ReportColumnsItem
    from ..models.report_figures import ReportFigures
    from ..models.report_parameters import ReportParameters
    from ..models.report_rows_item import ReportRowsItem
    from ..models.report_tables_item import ReportTablesItem
    from ..models.report_totals import ReportTotals


T = TypeVar("T", bound="Report")


@_attrs_define
class Report:
    """
    Attributes:
        columns (list[ReportColumnsItem]):
        currency (str):
        figures (ReportFigures):
        n_rows (int):
        notes (list[str]):
        organization (str):
        parameters (ReportParameters):
        report (str):
        rows (list[ReportRowsItem]):
        tables (list[ReportTablesItem]):
        title (str):
        totals (ReportTotals):
    """

    columns: list[ReportColumnsItem]
    currency: str
    figures: ReportFigures
    n_rows: int
    notes: list[str]
    organization: str
    parameters: ReportParameters
    report: str
    rows: list[ReportRowsItem]
    tables: list[ReportTablesItem]
    title: str
    totals: ReportTotals

    def to_dict(self) -> dict[str, Any]:
        columns = []
        for columns_item_data in self.columns:
            columns_item = columns_item_data.to_dict()
            columns.append(columns_item)

        currency = self.currency

        figures = self.figures.to_dict()

        n_rows = self.n_rows

        notes = self.notes

        organization = self.organization

        parameters = self.parameters.to_dict()

        report = self.report

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        tables = []
        for tables_item_data in self.tables:
            tables_item = tables_item_data.to_dict()
            tables.append(tables_item)

        title = self.title

        totals = self.totals.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "columns": columns,
                "currency": currency,
                "figures": figures,
                "n_rows": n_rows,
                "notes": notes,
                "organization": organization,
                "parameters": parameters,
                "report": report,
                "rows": rows,
                "tables": tables,
                "title": title,
                "totals": totals,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.report_columns_item import ReportColumnsItem  # noqa: PLC0415
        from ..models.report_figures import ReportFigures  # noqa: PLC0415
        from ..models.report_parameters import ReportParameters  # noqa: PLC0415
        from ..models.report_rows_item import ReportRowsItem  # noqa: PLC0415
        from ..models.report_tables_item import ReportTablesItem  # noqa: PLC0415
        from ..models.report_totals import ReportTotals  # noqa: PLC0415

        d = dict(src_dict)
        columns = []
        _columns = d.pop("columns")
        for columns_item_data in _columns:
            columns_item = ReportColumnsItem.from_dict(columns_item_data)

            columns.append(columns_item)

        currency = d.pop("currency")

        figures = ReportFigures.from_dict(d.pop("figures"))

        n_rows = d.pop("n_rows")

        notes = cast(list[str], d.pop("notes"))

        organization = d.pop("organization")

        parameters = ReportParameters.from_dict(d.pop("parameters"))

        report = d.pop("report")

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = ReportRowsItem.from_dict(rows_item_data)

            rows.append(rows_item)

        tables = []
        _tables = d.pop("tables")
        for tables_item_data in _tables:
            tables_item = ReportTablesItem.from_dict(tables_item_data)

            tables.append(tables_item)

        title = d.pop("title")

        totals = ReportTotals.from_dict(d.pop("totals"))

        report = cls(
            columns=columns,
            currency=currency,
            figures=figures,
            n_rows=n_rows,
            notes=notes,
            organization=organization,
            parameters=parameters,
            report=report,
            rows=rows,
            tables=tables,
            title=title,
            totals=totals,
        )

        return report
