from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.get_report_response_200_columns_item import (
        GetReportResponse200ColumnsItem,
    )
    from ..models.get_report_response_200_figures import GetReportResponse200Figures
    from ..models.get_report_response_200_parameters import GetReportResponse200Parameters
    from ..models.get_report_response_200_rows_item import GetReportResponse200RowsItem
    from ..models.get_report_response_200_tables_item import (
        GetReportResponse200TablesItem,
    )
    from ..models.get_report_response_200_totals import GetReportResponse200Totals


T = TypeVar("T", bound="GetReportResponse200")


@_attrs_define
class GetReportResponse200:
    """
    Attributes:
        columns (list[GetReportResponse200ColumnsItem]):
        currency (str):
        figures (GetReportResponse200Figures):
        n_rows (int):
        notes (list[str]):
        organization (str):
        parameters (GetReportResponse200Parameters):
        report (str):
        rows (list[GetReportResponse200RowsItem]):
        tables (list[GetReportResponse200TablesItem]):
        title (str):
        totals (GetReportResponse200Totals):
    """

    columns: list[GetReportResponse200ColumnsItem]
    currency: str
    figures: GetReportResponse200Figures
    n_rows: int
    notes: list[str]
    organization: str
    parameters: GetReportResponse200Parameters
    report: str
    rows: list[GetReportResponse200RowsItem]
    tables: list[GetReportResponse200TablesItem]
    title: str
    totals: GetReportResponse200Totals

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
        from ..models.get_report_response_200_columns_item import (
            GetReportResponse200ColumnsItem,  # noqa: PLC0415
        )
        from ..models.get_report_response_200_figures import GetReportResponse200Figures  # noqa: PLC0415
        from ..models.get_report_response_200_parameters import (
            GetReportResponse200Parameters,  # noqa: PLC0415
        )
        from ..models.get_report_response_200_rows_item import (
            GetReportResponse200RowsItem,  # noqa: PLC0415
        )
        from ..models.get_report_response_200_tables_item import (
            GetReportResponse200TablesItem,  # noqa: PLC0415
        )
        from ..models.get_report_response_200_totals import GetReportResponse200Totals  # noqa: PLC0415

        d = dict(src_dict)
        columns = []
        _columns = d.pop("columns")
        for columns_item_data in _columns:
            columns_item = GetReportResponse200ColumnsItem.from_dict(columns_item_data)

            columns.append(columns_item)

        currency = d.pop("currency")

        figures = GetReportResponse200Figures.from_dict(d.pop("figures"))

        n_rows = d.pop("n_rows")

        notes = cast(list[str], d.pop("notes"))

        organization = d.pop("organization")

        parameters = GetReportResponse200Parameters.from_dict(d.pop("parameters"))

        report = d.pop("report")

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = GetReportResponse200RowsItem.from_dict(rows_item_data)

            rows.append(rows_item)

        tables = []
        _tables = d.pop("tables")
        for tables_item_data in _tables:
            tables_item = GetReportResponse200TablesItem.from_dict(tables_item_data)

            tables.append(tables_item)

        title = d.pop("title")

        totals = GetReportResponse200Totals.from_dict(d.pop("totals"))

        get_report_response_200 = cls(
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

        return get_report_response_200
