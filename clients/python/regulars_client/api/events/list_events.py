from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.event_page import EventPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    after: int | None | Unset = UNSET,
    limit: int | Unset = 100,
    types: str | Unset = "",
    guest: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_after: int | None | Unset
    if isinstance(after, Unset):
        json_after = UNSET
    else:
        json_after = after
    params["after"] = json_after

    params["limit"] = limit

    params["types"] = types

    json_guest: None | str | Unset
    if isinstance(guest, Unset):
        json_guest = UNSET
    else:
        json_guest = guest
    params["guest"] = json_guest

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/events",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EventPage | Problem | None:
    if response.status_code == 200:
        response_200 = EventPage.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

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
) -> Response[EventPage | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    after: int | None | Unset = UNSET,
    limit: int | Unset = 100,
    types: str | Unset = "",
    guest: None | str | Unset = UNSET,
) -> Response[EventPage | Problem]:
    """What happened, oldest first

     Events after a number, none left out, however late its transaction was.

    `next` is the `after` of the next page; the end is reached where it equals `last`. Without
    `after` it begins with the oldest event that is kept.

    Args:
        after (int | None | Unset):
        limit (int | Unset):  Default: 100.
        types (str | Unset):  Default: ''.
        guest (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EventPage | Problem]
    """

    kwargs = _get_kwargs(
        after=after,
        limit=limit,
        types=types,
        guest=guest,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    after: int | None | Unset = UNSET,
    limit: int | Unset = 100,
    types: str | Unset = "",
    guest: None | str | Unset = UNSET,
) -> EventPage | Problem | None:
    """What happened, oldest first

     Events after a number, none left out, however late its transaction was.

    `next` is the `after` of the next page; the end is reached where it equals `last`. Without
    `after` it begins with the oldest event that is kept.

    Args:
        after (int | None | Unset):
        limit (int | Unset):  Default: 100.
        types (str | Unset):  Default: ''.
        guest (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EventPage | Problem
    """

    return sync_detailed(
        client=client,
        after=after,
        limit=limit,
        types=types,
        guest=guest,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    after: int | None | Unset = UNSET,
    limit: int | Unset = 100,
    types: str | Unset = "",
    guest: None | str | Unset = UNSET,
) -> Response[EventPage | Problem]:
    """What happened, oldest first

     Events after a number, none left out, however late its transaction was.

    `next` is the `after` of the next page; the end is reached where it equals `last`. Without
    `after` it begins with the oldest event that is kept.

    Args:
        after (int | None | Unset):
        limit (int | Unset):  Default: 100.
        types (str | Unset):  Default: ''.
        guest (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EventPage | Problem]
    """

    kwargs = _get_kwargs(
        after=after,
        limit=limit,
        types=types,
        guest=guest,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    after: int | None | Unset = UNSET,
    limit: int | Unset = 100,
    types: str | Unset = "",
    guest: None | str | Unset = UNSET,
) -> EventPage | Problem | None:
    """What happened, oldest first

     Events after a number, none left out, however late its transaction was.

    `next` is the `after` of the next page; the end is reached where it equals `last`. Without
    `after` it begins with the oldest event that is kept.

    Args:
        after (int | None | Unset):
        limit (int | Unset):  Default: 100.
        types (str | Unset):  Default: ''.
        guest (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EventPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            after=after,
            limit=limit,
            types=types,
            guest=guest,
        )
    ).parsed
