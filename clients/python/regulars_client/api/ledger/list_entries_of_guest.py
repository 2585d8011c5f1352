import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.entry_page import EntryPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    id: str,
    *,
    after: str | Unset = "",
    limit: int | Unset = 50,
    as_of: datetime.date | None | Unset = UNSET,
    expand: None | str | Unset = UNSET,
    fields: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["after"] = after

    params["limit"] = limit

    json_as_of: None | str | Unset
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    elif isinstance(as_of, datetime.date):
        json_as_of = as_of.isoformat()
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of

    json_expand: None | str | Unset
    if isinstance(expand, Unset):
        json_expand = UNSET
    else:
        json_expand = expand
    params["expand"] = json_expand

    json_fields: None | str | Unset
    if isinstance(fields, Unset):
        json_fields = UNSET
    else:
        json_fields = fields
    params["fields"] = json_fields

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/guests/{id}/entries".format(
            id=quote(str(id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EntryPage | Problem | None:
    if response.status_code == 200:
        response_200 = EntryPage.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

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
) -> Response[EntryPage | Problem]:
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
    after: str | Unset = "",
    limit: int | Unset = 50,
    as_of: datetime.date | None | Unset = UNSET,
    expand: None | str | Unset = UNSET,
    fields: None | str | Unset = UNSET,
) -> Response[EntryPage | Problem]:
    """A guest's ledger

     In the order they were written. `expand`: lots it opened, draws it made.

    Args:
        id (str):
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        as_of (datetime.date | None | Unset): Only what is dated this business date or before.
        expand (None | str | Unset): Relations to put inside, by commas.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EntryPage | Problem]
    """

    kwargs = _get_kwargs(
        id=id,
        after=after,
        limit=limit,
        as_of=as_of,
        expand=expand,
        fields=fields,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    as_of: datetime.date | None | Unset = UNSET,
    expand: None | str | Unset = UNSET,
    fields: None | str | Unset = UNSET,
) -> EntryPage | Problem | None:
    """A guest's ledger

     In the order they were written. `expand`: lots it opened, draws it made.

    Args:
        id (str):
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        as_of (datetime.date | None | Unset): Only what is dated this business date or before.
        expand (None | str | Unset): Relations to put inside, by commas.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EntryPage | Problem
    """

    return sync_detailed(
        id=id,
        client=client,
        after=after,
        limit=limit,
        as_of=as_of,
        expand=expand,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    as_of: datetime.date | None | Unset = UNSET,
    expand: None | str | Unset = UNSET,
    fields: None | str | Unset = UNSET,
) -> Response[EntryPage | Problem]:
    """A guest's ledger

     In the order they were written. `expand`: lots it opened, draws it made.

    Args:
        id (str):
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        as_of (datetime.date | None | Unset): Only what is dated this business date or before.
        expand (None | str | Unset): Relations to put inside, by commas.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EntryPage | Problem]
    """

    kwargs = _get_kwargs(
        id=id,
        after=after,
        limit=limit,
        as_of=as_of,
        expand=expand,
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    as_of: datetime.date | None | Unset = UNSET,
    expand: None | str | Unset = UNSET,
    fields: None | str | Unset = UNSET,
) -> EntryPage | Problem | None:
    """A guest's ledger

     In the order they were written. `expand`: lots it opened, draws it made.

    Args:
        id (str):
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        as_of (datetime.date | None | Unset): Only what is dated this business date or before.
        expand (None | str | Unset): Relations to put inside, by commas.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EntryPage | Problem
    """

    return (
        await asyncio_detailed(
            id=id,
            client=client,
            after=after,
            limit=limit,
            as_of=as_of,
            expand=expand,
            fields=fields,
        )
    ).parsed
