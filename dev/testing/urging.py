"""The short form of dev/urging: killed runs, two at once, mails read back."""

from . import installed
from .workshop import passed

UNITS, ROUNDS = 60, 2


def run(workshop):
    with workshop.database("urging", installed.database(workshop)) as database:
        output = workshop.require(
            "a killed or doubled run lost or doubled a mail",
            *(workshop.python, "dev/urging_trial.py", database),
            *("--units", UNITS, "--rounds", ROUNDS),
            log="test-urging.log",
        )
        yield passed("killed and doubled runs", output)
