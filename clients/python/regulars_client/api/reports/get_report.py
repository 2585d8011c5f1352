from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.report import Report
from ...types import UNSET, Response, Unset


def _get_kwargs(
    name: str,
    *,
    from_: None | str | Unset = UNSET,
    to: None | str | Unset = UNSET,
    as_of: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    date_kind: None | str | Unset = UNSET,
    center: None | str | Unset = UNSET,
    tier: None | str | Unset = UNSET,
    status: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    happening: None | str | Unset = UNSET,
    included: None | str | Unset = UNSET,
    has_rewards: None | str | Unset = UNSET,
    search: None | str | Unset = UNSET,
    expiring_until: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
    order: None | str | Unset = UNSET,
    columns: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_from_: None | str | Unset
    if isinstance(from_, Unset):
        json_from_ = UNSET
    else:
        json_from_ = from_
    params["from"] = json_from_

    json_to: None | str | Unset
    if isinstance(to, Unset):
        json_to = UNSET
    else:
        json_to = to
    params["to"] = json_to

    json_as_of: None | str | Unset
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of

    json_by: None | str | Unset
    if isinstance(by, Unset):
        json_by = UNSET
    else:
        json_by = by
    params["by"] = json_by

    json_date_kind: None | str | Unset
    if isinstance(date_kind, Unset):
        json_date_kind = UNSET
    else:
        json_date_kind = date_kind
    params["date_kind"] = json_date_kind

    json_center: None | str | Unset
    if isinstance(center, Unset):
        json_center = UNSET
    else:
        json_center = center
    params["center"] = json_center

    json_tier: None | str | Unset
    if isinstance(tier, Unset):
        json_tier = UNSET
    else:
        json_tier = tier
    params["tier"] = json_tier

    json_status: None | str | Unset
    if isinstance(status, Unset):
        json_status = UNSET
    else:
        json_status = status
    params["status"] = json_status

    json_source: None | str | Unset
    if isinstance(source, Unset):
        json_source = UNSET
    else:
        json_source = source
    params["source"] = json_source

    json_happening: None | str | Unset
    if isinstance(happening, Unset):
        json_happening = UNSET
    else:
        json_happening = happening
    params["happening"] = json_happening

    json_included: None | str | Unset
    if isinstance(included, Unset):
        json_included = UNSET
    else:
        json_included = included
    params["included"] = json_included

    json_has_rewards: None | str | Unset
    if isinstance(has_rewards, Unset):
        json_has_rewards = UNSET
    else:
        json_has_rewards = has_rewards
    params["has_rewards"] = json_has_rewards

    json_search: None | str | Unset
    if isinstance(search, Unset):
        json_search = UNSET
    else:
        json_search = search
    params["search"] = json_search

    json_expiring_until: None | str | Unset
    if isinstance(expiring_until, Unset):
        json_expiring_until = UNSET
    else:
        json_expiring_until = expiring_until
    params["expiring_until"] = json_expiring_until

    json_sort: None | str | Unset
    if isinstance(sort, Unset):
        json_sort = UNSET
    else:
        json_sort = sort
    params["sort"] = json_sort

    json_order: None | str | Unset
    if isinstance(order, Unset):
        json_order = UNSET
    else:
        json_order = order
    params["order"] = json_order

    json_columns: None | str | Unset
    if isinstance(columns, Unset):
        json_columns = UNSET
    else:
        json_columns = columns
    params["columns"] = json_columns

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/reports/{name}".format(
            name=quote(str(name), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Report | None:
    if response.status_code == 200:
        response_200 = Report.from_dict(response.json())

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
) -> Response[Problem | Report]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    name: str,
    *,
    client: AuthenticatedClient,
    from_: None | str | Unset = UNSET,
    to: None | str | Unset = UNSET,
    as_of: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    date_kind: None | str | Unset = UNSET,
    center: None | str | Unset = UNSET,
    tier: None | str | Unset = UNSET,
    status: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    happening: None | str | Unset = UNSET,
    included: None | str | Unset = UNSET,
    has_rewards: None | str | Unset = UNSET,
    search: None | str | Unset = UNSET,
    expiring_until: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
    order: None | str | Unset = UNSET,
    columns: None | str | Unset = UNSET,
) -> Response[Problem | Report]:
    """One report

     All its rows and totals, as of one moment; what each report takes is in `/reports`.

    Args:
        name (str):
        from_ (None | str | Unset): YYYY-MM-DD
        to (None | str | Unset): YYYY-MM-DD
        as_of (None | str | Unset): YYYY-MM-DD
        by (None | str | Unset):
        date_kind (None | str | Unset):
        center (None | str | Unset):
        tier (None | str | Unset):
        status (None | str | Unset):
        source (None | str | Unset):
        happening (None | str | Unset):
        included (None | str | Unset):
        has_rewards (None | str | Unset):
        search (None | str | Unset):
        expiring_until (None | str | Unset): YYYY-MM-DD
        sort (None | str | Unset):
        order (None | str | Unset):
        columns (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Report]
    """

    kwargs = _get_kwargs(
        name=name,
        from_=from_,
        to=to,
        as_of=as_of,
        by=by,
        date_kind=date_kind,
        center=center,
        tier=tier,
        status=status,
        source=source,
        happening=happening,
        included=included,
        has_rewards=has_rewards,
        search=search,
        expiring_until=expiring_until,
        sort=sort,
        order=order,
        columns=columns,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    name: str,
    *,
    client: AuthenticatedClient,
    from_: None | str | Unset = UNSET,
    to: None | str | Unset = UNSET,
    as_of: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    date_kind: None | str | Unset = UNSET,
    center: None | str | Unset = UNSET,
    tier: None | str | Unset = UNSET,
    status: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    happening: None | str | Unset = UNSET,
    included: None | str | Unset = UNSET,
    has_rewards: None | str | Unset = UNSET,
    search: None | str | Unset = UNSET,
    expiring_until: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
    order: None | str | Unset = UNSET,
    columns: None | str | Unset = UNSET,
) -> Problem | Report | None:
    """One report

     All its rows and totals, as of one moment; what each report takes is in `/reports`.

    Args:
        name (str):
        from_ (None | str | Unset): YYYY-MM-DD
        to (None | str | Unset): YYYY-MM-DD
        as_of (None | str | Unset): YYYY-MM-DD
        by (None | str | Unset):
        date_kind (None | str | Unset):
        center (None | str | Unset):
        tier (None | str | Unset):
        status (None | str | Unset):
        source (None | str | Unset):
        happening (None | str | Unset):
        included (None | str | Unset):
        has_rewards (None | str | Unset):
        search (None | str | Unset):
        expiring_until (None | str | Unset): YYYY-MM-DD
        sort (None | str | Unset):
        order (None | str | Unset):
        columns (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Report
    """

    return sync_detailed(
        name=name,
        client=client,
        from_=from_,
        to=to,
        as_of=as_of,
        by=by,
        date_kind=date_kind,
        center=center,
        tier=tier,
        status=status,
        source=source,
        happening=happening,
        included=included,
        has_rewards=has_rewards,
        search=search,
        expiring_until=expiring_until,
        sort=sort,
        order=order,
        columns=columns,
    ).parsed


async def asyncio_detailed(
    name: str,
    *,
    client: AuthenticatedClient,
    from_: None | str | Unset = UNSET,
    to: None | str | Unset = UNSET,
    as_of: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    date_kind: None | str | Unset = UNSET,
    center: None | str | Unset = UNSET,
    tier: None | str | Unset = UNSET,
    status: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    happening: None | str | Unset = UNSET,
    included: None | str | Unset = UNSET,
    has_rewards: None | str | Unset = UNSET,
    search: None | str | Unset = UNSET,
    expiring_until: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
    order: None | str | Unset = UNSET,
    columns: None | str | Unset = UNSET,
) -> Response[Problem | Report]:
    """One report

     All its rows and totals, as of one moment; what each report takes is in `/reports`.

    Args:
        name (str):
        from_ (None | str | Unset): YYYY-MM-DD
        to (None | str | Unset): YYYY-MM-DD
        as_of (None | str | Unset): YYYY-MM-DD
        by (None | str | Unset):
        date_kind (None | str | Unset):
        center (None | str | Unset):
        tier (None | str | Unset):
        status (None | str | Unset):
        source (None | str | Unset):
        happening (None | str | Unset):
        included (None | str | Unset):
        has_rewards (None | str | Unset):
        search (None | str | Unset):
        expiring_until (None | str | Unset): YYYY-MM-DD
        sort (None | str | Unset):
        order (None | str | Unset):
        columns (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Report]
    """

    kwargs = _get_kwargs(
        name=name,
        from_=from_,
        to=to,
        as_of=as_of,
        by=by,
        date_kind=date_kind,
        center=center,
        tier=tier,
        status=status,
        source=source,
        happening=happening,
        included=included,
        has_rewards=has_rewards,
        search=search,
        expiring_until=expiring_until,
        sort=sort,
        order=order,
        columns=columns,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    name: str,
    *,
    client: AuthenticatedClient,
    from_: None | str | Unset = UNSET,
    to: None | str | Unset = UNSET,
    as_of: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    date_kind: None | str | Unset = UNSET,
    center: None | str | Unset = UNSET,
    tier: None | str | Unset = UNSET,
    status: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    happening: None | str | Unset = UNSET,
    included: None | str | Unset = UNSET,
    has_rewards: None | str | Unset = UNSET,
    search: None | str | Unset = UNSET,
    expiring_until: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
    order: None | str | Unset = UNSET,
    columns: None | str | Unset = UNSET,
) -> Problem | Report | None:
    """One report

     All its rows and totals, as of one moment; what each report takes is in `/reports`.

    Args:
        name (str):
        from_ (None | str | Unset): YYYY-MM-DD
        to (None | str | Unset): YYYY-MM-DD
        as_of (None | str | Unset): YYYY-MM-DD
        by (None | str | Unset):
        date_kind (None | str | Unset):
        center (None | str | Unset):
        tier (None | str | Unset):
        status (None | str | Unset):
        source (None | str | Unset):
        happening (None | str | Unset):
        included (None | str | Unset):
        has_rewards (None | str | Unset):
        search (None | str | Unset):
        expiring_until (None | str | Unset): YYYY-MM-DD
        sort (None | str | Unset):
        order (None | str | Unset):
        columns (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Report
    """

    return (
        await asyncio_detailed(
            name=name,
            client=client,
            from_=from_,
            to=to,
            as_of=as_of,
            by=by,
            date_kind=date_kind,
            center=center,
            tier=tier,
            status=status,
            source=source,
            happening=happening,
            included=included,
            has_rewards=has_rewards,
            search=search,
            expiring_until=expiring_until,
            sort=sort,
            order=order,
            columns=columns,
        )
    ).parsed
