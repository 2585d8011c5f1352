import datetime
from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_rewards_status_type_0 import ListRewardsStatusType0
from ...models.problem import Problem
from ...models.reward_page import RewardPage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    guest: None | str | Unset = UNSET,
    run: None | str | Unset = UNSET,
    status: ListRewardsStatusType0 | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_guest: None | str | Unset
    if isinstance(guest, Unset):
        json_guest = UNSET
    else:
        json_guest = guest
    params["guest"] = json_guest

    json_run: None | str | Unset
    if isinstance(run, Unset):
        json_run = UNSET
    else:
        json_run = run
    params["run"] = json_run

    json_status: None | str | Unset
    if isinstance(status, Unset):
        json_status = UNSET
    elif isinstance(status, ListRewardsStatusType0):
        json_status = status.value
    else:
        json_status = status
    params["status"] = json_status

    json_as_of: None | str | Unset
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    elif isinstance(as_of, datetime.date):
        json_as_of = as_of.isoformat()
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of

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
        "url": "/api/v1/rewards",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | RewardPage | None:
    if response.status_code == 200:
        response_200 = RewardPage.from_dict(response.json())

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
) -> Response[Problem | RewardPage]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    run: None | str | Unset = UNSET,
    status: ListRewardsStatusType0 | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Response[Problem | RewardPage]:
    """Rewards, of a guest, a run or a status

     In the order of their codes; outstanding is issued or held, and not expired.

    Args:
        guest (None | str | Unset):
        run (None | str | Unset):
        status (ListRewardsStatusType0 | None | Unset):
        as_of (datetime.date | None | Unset): Those issued by this day, expired as of it; not in
            the future.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | RewardPage]
    """

    kwargs = _get_kwargs(
        guest=guest,
        run=run,
        status=status,
        as_of=as_of,
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
    guest: None | str | Unset = UNSET,
    run: None | str | Unset = UNSET,
    status: ListRewardsStatusType0 | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Problem | RewardPage | None:
    """Rewards, of a guest, a run or a status

     In the order of their codes; outstanding is issued or held, and not expired.

    Args:
        guest (None | str | Unset):
        run (None | str | Unset):
        status (ListRewardsStatusType0 | None | Unset):
        as_of (datetime.date | None | Unset): Those issued by this day, expired as of it; not in
            the future.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | RewardPage
    """

    return sync_detailed(
        client=client,
        guest=guest,
        run=run,
        status=status,
        as_of=as_of,
        after=after,
        limit=limit,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    run: None | str | Unset = UNSET,
    status: ListRewardsStatusType0 | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Response[Problem | RewardPage]:
    """Rewards, of a guest, a run or a status

     In the order of their codes; outstanding is issued or held, and not expired.

    Args:
        guest (None | str | Unset):
        run (None | str | Unset):
        status (ListRewardsStatusType0 | None | Unset):
        as_of (datetime.date | None | Unset): Those issued by this day, expired as of it; not in
            the future.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | RewardPage]
    """

    kwargs = _get_kwargs(
        guest=guest,
        run=run,
        status=status,
        as_of=as_of,
        after=after,
        limit=limit,
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    run: None | str | Unset = UNSET,
    status: ListRewardsStatusType0 | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Problem | RewardPage | None:
    """Rewards, of a guest, a run or a status

     In the order of their codes; outstanding is issued or held, and not expired.

    Args:
        guest (None | str | Unset):
        run (None | str | Unset):
        status (ListRewardsStatusType0 | None | Unset):
        as_of (datetime.date | None | Unset): Those issued by this day, expired as of it; not in
            the future.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | RewardPage
    """

    return (
        await asyncio_detailed(
            client=client,
            guest=guest,
            run=run,
            status=status,
            as_of=as_of,
            after=after,
            limit=limit,
            fields=fields,
        )
    ).parsed
