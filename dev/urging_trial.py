"""Kills the job that urges, runs it twice at once, and counts what came of it.

    python urging_trial.py DATABASE [--units N] [--rounds N]

In a database with the addon installed. Each round starts two runners and kills both
when some part of the work is done; then two run to their end. The mails are delivered
to a mail server on loopback, by a process that is killed as well. In the end every unit
has one row of the ledger and one mail, and got it, or got the same mail again.
"""

import argparse
import contextlib
import email
import email.policy
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psycopg2
from psycopg2.extras import RealDictCursor

DEV = Path(__file__).parent
SERVER = DEV.parent / "tests" / "smtp_server.py"

SETUP = """
import sys
sys.path.insert(0, {dev!r})
import bench_urging
env["res.lang"]._activate_lang("vi_VN")
env["ir.cron"].search([]).active = False
campaign = bench_urging.make_campaign(env, {units})
server = env["ir.mail_server"].create(
    {{"name": "L", "smtp_host": "127.0.0.1", "smtp_port": {port}}}
)
env.company.email = "vanphong@bench.example"
env.cr.commit()
"""
URGE = """
from odoo.addons.cadre_review.models.urging import urging_run
urging_run.BATCH = 10  # so that a kill finds some done and some not
print("READY", flush=True)
env["cadre.review.campaign"]._cron_urge()
print("DONE", flush=True)
"""
DELIVER = """
print("READY", flush=True)
env["mail.mail"].process_email_queue()
print("DONE", flush=True)
"""
COUNT = """
SELECT (SELECT count(*) FROM cadre_review_reminder WHERE kind = 'urge') AS rows,
       (SELECT count(DISTINCT address) FROM cadre_review_reminder) AS addresses,
       (SELECT count(mail_id) FROM cadre_review_reminder) AS with_mail,
       (SELECT count(*) FROM mail_message
         WHERE model = 'cadre.review.reminder') AS mails,
       (SELECT count(DISTINCT dossier_id) FROM cadre_review_reminder_line) AS dossiers,
       (SELECT count(*) FROM mail_mail WHERE state != 'sent') AS open
"""
ROWS = "SELECT count(*) FROM cadre_review_reminder"
IDS = """
SELECT message.message_id FROM cadre_review_reminder reminder
  JOIN mail_mail mail ON mail.id = reminder.mail_id
  JOIN mail_message message ON message.id = mail.mail_message_id
"""


class Trial:
    def __init__(self, database, units, seed):
        self.database, self.units = database, units
        self.random = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="cadre_review_trial_"))

    def start(self, script):
        """A process of its own, as a worker of Odoo is one."""
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "odoo", "shell", "-d", self.database),
                *("--no-http", "--log-level", "critical"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        process.stdin.write(script)
        process.stdin.close()
        return process

    def wait_for(self, process, word):
        for line in process.stdout:
            if word in line:
                return
        raise SystemExit(f"a runner ended without {word}")

    def run(self, script):
        process = self.start(script)
        self.wait_for(process, "DONE")
        process.wait()

    def query(self, sql):
        with (
            contextlib.closing(psycopg2.connect(dbname=self.database)) as connection,
            connection.cursor(cursor_factory=RealDictCursor) as cursor,
        ):
            cursor.execute(sql)
            return [dict(row) for row in cursor.fetchall()]

    def kill_at(self, share, done, processes):
        """Kill them as soon as this share of the units is done."""
        for process in processes:
            self.wait_for(process, "READY")
        wanted = share * self.units
        while done() < wanted and any(p.poll() is None for p in processes):
            time.sleep(0.001)
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()

    @contextlib.contextmanager
    def watching(self, sql):
        """A function that asks for one number, over and over."""
        with contextlib.closing(psycopg2.connect(dbname=self.database)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()

            def number():
                cursor.execute(sql)
                return cursor.fetchone()[0]

            yield number

    def counts(self):
        return self.query(COUNT)[0]

    def received(self):
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]


def main():
    parser = argparse.ArgumentParser(prog="dev/urging")
    parser.add_argument("database")
    parser.add_argument("--units", type=int, default=1200)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    trial = Trial(options.database, options.units, options.seed)
    print(f"seed {options.seed}")
    server = subprocess.Popen(
        [sys.executable, SERVER, trial.folder], stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(server.stdout.readline())
        trial.run(
            SETUP.format(dev=str(DEV), units=options.units, port=port)
            + '\nprint("DONE", flush=True)\n'
        )
        urge(trial, options.rounds)
        deliver(trial, options.rounds)
        again(trial)
    finally:
        server.kill()
        server.wait()
    print("passed")


def urge(trial, rounds):
    shares = sorted(trial.random.random() for _round in range(rounds))
    with trial.watching(ROWS) as rows:
        for number, share in enumerate(shares, 1):
            trial.kill_at(share, rows, [trial.start(URGE) for _runner in range(2)])
            counts = trial.counts()
            print(f"round {number}: two runners killed: {counts}")
            check_whole(counts)
    runners = [trial.start(URGE) for _runner in range(2)]
    for runner in runners:
        trial.wait_for(runner, "DONE")
        runner.wait()
    counts = trial.counts()
    print(f"two runners to the end: {counts}")
    check_whole(counts)
    check(counts["rows"] == trial.units, "every unit has its row")
    check(counts["dossiers"] == trial.units, "every dossier is urged")


def check_whole(counts):
    """What holds at any moment."""
    check(counts["rows"] == counts["addresses"], "one row an address")
    check(counts["rows"] == counts["mails"], "one mail a row, and none without")
    check(counts["rows"] == counts["with_mail"], "every row has its mail")


def deliver(trial, rounds):
    for share in sorted(trial.random.random() for _round in range(rounds)):
        trial.kill_at(share, lambda: len(trial.received()), [trial.start(DELIVER)])
        print(f"delivery killed: {len(trial.received())} received")
    while trial.counts()["open"]:
        trial.run(DELIVER)
    mails = trial.received()
    ids = Counter(mail["Message-Id"] for mail in mails)
    to = {mail["X-Recipients"]: mail["Message-Id"] for mail in mails}
    print(f"delivered: {len(mails)} received, {len(ids)} different")
    check(len(to) == trial.units, "every unit got its mail")
    check(len(ids) == trial.units, "nobody got two different mails")
    known = {row["message_id"] for row in trial.query(IDS)}
    check(set(ids) == known, "with the ledger's ids")
    twice = sum(ids.values()) - len(ids)
    check(twice <= rounds, "the same mail again at most once a kill")


def again(trial):
    before = trial.counts()
    trial.run(URGE)
    check(trial.counts() == before, "a run more sends nothing")


def check(holds, what):
    if not holds:
        raise SystemExit(f"FAILED: {what}")


main()
