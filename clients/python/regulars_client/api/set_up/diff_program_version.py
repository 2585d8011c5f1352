import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.program_change_page import ProgramChangePage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    effective_from: datetime.date,
    *,
    against: datetime.date | None | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_against: None | str | Unset
    if isinstance(against, Unset):
        json_against = UNSET
    elif isinstance(against, datetime.date):
        json_against = against.isoformat()
    else:
        json_against = against
    params["against"] = json_against

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/programs/{effective_from}/diff".format(
            effective_from=quote(str(effective_from), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ProgramChangePage | None:
    if response.status_code == 200:
        response_200 = ProgramChangePage.from_dict(response.json())

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
) -> Response[Problem | ProgramChangePage]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    effective_from: datetime.date,
    *,
    client: AuthenticatedClient,
    against: datetime.date | None | Unset = UNSET,
) -> Response[Problem | ProgramChangePage]:
    """What a version changes

     Setting by setting, with a sentence each; of a first version, from the defaults.

    Args:
        effective_from (datetime.date):
        against (datetime.date | None | Unset): The version in force on this day; else the one
            before.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ProgramChangePage]
    """

    kwargs = _get_kwargs(
        effective_from=effective_from,
        against=against,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    effective_from: datetime.date,
    *,
    client: AuthenticatedClient,
    against: datetime.date | None | Unset = UNSET,
) -> Problem | ProgramChangePage | None:
    """What a version changes

     Setting by setting, with a sentence each; of a first version, from the defaults.

    Args:
        effective_from (datetime.date):
        against (datetime.date | None | Unset): The version in force on this day; else the one
            before.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ProgramChangePage
    """

    return sync_detailed(
        effective_from=effective_from,
        client=client,
        against=against,
    ).parsed


async def asyncio_detailed(
    effective_from: datetime.date,
    *,
    client: AuthenticatedClient,
    against: datetime.date | None | Unset = UNSET,
) -> Response[Problem | ProgramChangePage]:
    """What a version changes

     Setting by setting, with a sentence each; of a first version, from the defaults.

    Args:
        effective_from (datetime.date):
        against (datetime.date | None | Unset): The version in force on this day; else the one
            before.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ProgramChangePage]
    """

    kwargs = _get_kwargs(
        effective_from=effective_from,
        against=against,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    effective_from: datetime.date,
    *,
    client: AuthenticatedClient,
    against: datetime.date | None | Unset = UNSET,
) -> Problem | ProgramChangePage | None:
    """What a version changes

     Setting by setting, with a sentence each; of a first version, from the defaults.

    Args:
        effective_from (datetime.date):
        against (datetime.date | None | Unset): The version in force on this day; else the one
            before.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ProgramChangePage
    """

    return (
        await asyncio_detailed(
            effective_from=effective_from,
            client=client,
            against=against,
        )
    ).parsed
