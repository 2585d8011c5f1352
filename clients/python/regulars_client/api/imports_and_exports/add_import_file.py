from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.add_import_file_files_body import AddImportFileFilesBody
from ...models.import_ import Import
from ...models.problem import Problem
from ...types import UNSET, File, Response, Unset


def _get_kwargs(
    id: str,
    *,
    body: File | AddImportFileFilesBody | File | Unset = UNSET,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(x_staff, Unset):
        headers["X-Staff"] = x_staff

    params: dict[str, Any] = {}

    params["name"] = name

    json_sheet: None | str | Unset
    if isinstance(sheet, Unset):
        json_sheet = UNSET
    else:
        json_sheet = sheet
    params["sheet"] = json_sheet

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/imports/{id}/files".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }

    if isinstance(body, File):
        _kwargs["content"] = body.payload
        headers["Content-Type"] = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    if isinstance(body, AddImportFileFilesBody):
        _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, File):
        _kwargs["content"] = body.payload
        headers["Content-Type"] = "text/csv"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Import | Problem | None:
    if response.status_code == 200:
        response_200 = Import.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = Problem.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 413:
        response_413 = Problem.from_dict(response.json())

        return response_413

    if response.status_code == 415:
        response_415 = Problem.from_dict(response.json())

        return response_415

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Problem.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Import | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
    body: File | AddImportFileFilesBody | File | Unset = UNSET,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Import | Problem]:
    """Add lines or payments of the same invoices

     Joined with the first file by the number of the invoice.

    Args:
        id (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (AddImportFileFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Import | Problem]
    """

    kwargs = _get_kwargs(
        id=id,
        body=body,
        name=name,
        sheet=sheet,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: AuthenticatedClient,
    body: File | AddImportFileFilesBody | File | Unset = UNSET,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Import | Problem | None:
    """Add lines or payments of the same invoices

     Joined with the first file by the number of the invoice.

    Args:
        id (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (AddImportFileFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Import | Problem
    """

    return sync_detailed(
        id=id,
        client=client,
        body=body,
        name=name,
        sheet=sheet,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
    body: File | AddImportFileFilesBody | File | Unset = UNSET,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Import | Problem]:
    """Add lines or payments of the same invoices

     Joined with the first file by the number of the invoice.

    Args:
        id (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (AddImportFileFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Import | Problem]
    """

    kwargs = _get_kwargs(
        id=id,
        body=body,
        name=name,
        sheet=sheet,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient,
    body: File | AddImportFileFilesBody | File | Unset = UNSET,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Import | Problem | None:
    """Add lines or payments of the same invoices

     Joined with the first file by the number of the invoice.

    Args:
        id (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (AddImportFileFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Import | Problem
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            body=body,
            name=name,
            sheet=sheet,
            idempotency_key=idempotency_key,
            x_staff=x_staff,
        )
    ).parsed
