from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.kept_status_page import KeptStatusPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["after"] = after

    params["limit"] = limit

    json_fields: None | str | Unset
    if isinstance(fields, Unset):
        json_fields = UNSET
    else:
        json_fields = fields
    params["fields"] = json_fields

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/statuses",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> KeptStatusPage | Problem | None:
    if response.status_code == 200:
        response_200 = KeptStatusPage.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

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
) -> Response[KeptStatusPage | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Response[KeptStatusPage | Problem]:
    """All statuses

     In the order of their ids.

    Args:
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[KeptStatusPage | Problem]
    """

    kwargs = _get_kwargs(
        after=after,
        limit=limit,
        fields=fields,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> KeptStatusPage | Problem | None:
    """All statuses

     In the order of their ids.

    Args:
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        KeptStatusPage | Problem
    """

    return sync_detailed(
        client=client,
        after=after,
        limit=limit,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Response[KeptStatusPage | Problem]:
    """All statuses

     In the order of their ids.

    Args:
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[KeptStatusPage | Problem]
    """

    kwargs = _get_kwargs(
        after=after,
        limit=limit,
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> KeptStatusPage | Problem | None:
    """All statuses

     In the order of their ids.

    Args:
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        KeptStatusPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            after=after,
            limit=limit,
            fields=fields,
        )
    ).parsed
