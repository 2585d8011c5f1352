from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_import_files_body import CreateImportFilesBody
from ...models.import_ import Import
from ...models.problem import Problem
from ...types import UNSET, File, Response, Unset


def _get_kwargs(
    *,
    body: File | CreateImportFilesBody | File | Unset = UNSET,
    kind: str,
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

    params["kind"] = kind

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
        "url": "/api/v1/imports",
        "params": params,
    }

    if isinstance(body, File):
        _kwargs["content"] = body.payload
        headers["Content-Type"] = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    if isinstance(body, CreateImportFilesBody):
        _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, File):
        _kwargs["content"] = body.payload
        headers["Content-Type"] = "text/csv"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | Import | Problem | None:
    if response.status_code == 200:
        response_200 = cast(Any, None)
        return response_200

    if response.status_code == 201:
        response_201 = Import.from_dict(response.json())

        return response_201

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
) -> Response[Any | Import | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: File | CreateImportFilesBody | File | Unset = UNSET,
    kind: str,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Any | Import | Problem]:
    """Send in a file of another system

     CSV or XLSX, as the body or as the part `file` of a form; answered with what it seems to
    hold. Nothing is taken in yet.

    Args:
        kind (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (CreateImportFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Import | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        kind=kind,
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
    *,
    client: AuthenticatedClient,
    body: File | CreateImportFilesBody | File | Unset = UNSET,
    kind: str,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Any | Import | Problem | None:
    """Send in a file of another system

     CSV or XLSX, as the body or as the part `file` of a form; answered with what it seems to
    hold. Nothing is taken in yet.

    Args:
        kind (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (CreateImportFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Import | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        kind=kind,
        name=name,
        sheet=sheet,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: File | CreateImportFilesBody | File | Unset = UNSET,
    kind: str,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Any | Import | Problem]:
    """Send in a file of another system

     CSV or XLSX, as the body or as the part `file` of a form; answered with what it seems to
    hold. Nothing is taken in yet.

    Args:
        kind (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (CreateImportFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Import | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        kind=kind,
        name=name,
        sheet=sheet,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: File | CreateImportFilesBody | File | Unset = UNSET,
    kind: str,
    name: str | Unset = "",
    sheet: None | str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Any | Import | Problem | None:
    """Send in a file of another system

     CSV or XLSX, as the body or as the part `file` of a form; answered with what it seems to
    hold. Nothing is taken in yet.

    Args:
        kind (str):
        name (str | Unset):  Default: ''.
        sheet (None | str | Unset):
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (File):
        body (CreateImportFilesBody):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Import | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            kind=kind,
            name=name,
            sheet=sheet,
            idempotency_key=idempotency_key,
            x_staff=x_staff,
        )
    ).parsed
