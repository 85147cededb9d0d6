"""A mail server on loopback that keeps what it gets, in a process of its own.

    python smtp_server.py FOLDER

Writes its port; each mail becomes a file ``N.eml`` with the recipient in a header of
ours. Mailboxes that begin with ``refused`` do not exist here (550); those that begin
with ``busy`` are asked to come again, until FOLDER holds a file named ``free``.
"""

import asyncio
import itertools
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.startswith("refused"):
            return "550 5.1.1 No such mailbox here"
        if address.startswith("busy") and not (self.folder / "free").exists():
            return "450 4.2.0 Greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        path = self.folder / f"{next(self.numbers):06}"
        head = f"X-Recipients: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        path.with_suffix(".part").write_bytes(head + envelope.content)
        path.with_suffix(".part").rename(path.with_suffix(".eml"))
        return "250 Kept"


async def main(folder):
    keeper = Keeper(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
