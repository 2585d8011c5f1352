"""A run of rewards whose process is killed half-way leaves nothing; made again, it is whole."""

import json
import os
import signal
import subprocess
import sys

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services import commands, reward_sales, verifying
from regulars.services.organizations import find_organization, load_company
from tests.books import faults
from tests.races.desk import Desk
from tests.services.short_histories import START, command, guest, invoice, program

VIP = {
    "type": "status",
    "id": "vip",
    "name": "VIP",
    "include_in_loyalty_rewards": True,
    "at": "2026-01-01",
}
GUESTS = [f"guest{number:02}" for number in range(30)]
HISTORY = [
    *START,
    program(),
    VIP,
    *(guest(ref, status="vip", at="2026-01-12") for ref in GUESTS),
    *(invoice(f"of-{ref}", ref, "1250.00", "2026-01-15") for ref in GUESTS),
]
RUN = command("process_rewards/spring", "2026-02-02T12:00", threshold="500.00", amount="25.00")

# Makes the run ten guests at a time, and waits after each step until it is killed or let go.
WORKER = """
import json, sys
from regulars.site.setup import configure
configure()
from regulars.records.scope import organization_scope
from regulars.services import commands, reward_sales, setting_up
from regulars.services.formats.context import ReadingContext
from regulars.services.formats.parsing import Reader
from regulars.services.organizations import find_organization, load_company
reward_sales.CHUNK = 10

def told(n_guests):
    print(n_guests, flush=True)
    sys.stdin.readline()

row = find_organization(None)
with organization_scope(row.id):
    company = load_company(row)
    context = ReadingContext()
    setting_up.teach(context, company)
    record = Reader(context).parse(json.loads(sys.argv[1]))
    print(commands.execute(company, record, progress=told).status, flush=True)
"""


def start(url: str):
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, json.dumps(RUN)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"REGULARS_DATABASE_URL": url},
        text=True,
    )


def killed_after(url: str, n_guests: int) -> None:
    process = start(url)
    line = process.stdout.readline()
    while int(line) < n_guests:
        process.stdin.write("\n")
        process.stdin.flush()
        line = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


def test_killed_half_way_it_leaves_nothing_and_made_again_it_is_whole(each_database):
    till = Desk(*HISTORY, closed="2026-02-01")
    for n_guests in (10, 20, 30):
        killed_after(each_database.url, n_guests)
        assert till.rows(models.Reward) == []
        assert till.rows(models.RewardRun) == []
        consumed = [one.consumed_cents for one in till.rows(models.Account)]
        assert consumed == [0] * len(GUESTS)

    answers = [till.command(RUN)().status for _ in range(2)]

    assert answers == ["applied", "unchanged"]
    assert len(till.rows(models.Reward, state="issued")) == 2 * len(GUESTS)
    [run] = till.rows(models.RewardRun)
    assert (run.n_guests, run.n_rewards) == (len(GUESTS), 2 * len(GUESTS))
    assert faults() == []
    with organization_scope(till.company.id):
        company = load_company(find_organization(None))
        assert verifying.verify(company, deep=True).is_clean
        assert list(reward_sales.preview(company, threshold_cents=500_00, on=run.run_on)) == [
            []
        ]
        again = commands.execute(company, till.read(RUN | {"id": "summer"}))
    assert again.detail == {"guests": 0, "rewards": 0, "amount": "0.00"}
