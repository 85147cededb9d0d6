"""Started as a program: does one thing with one file, and says what it cost above what
was taken before the file was opened, its own processes included."""

import json
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from cadre_review.scans import binding, kinds, photographs


def judge(content):
    return kinds.judge("a", content, 50).refused


def bind(content):
    try:
        binding.as_pdf("a", content, kinds.kind_of(content))
    except binding.Unbindable as error:
        return error.why
    return ""


def combine(content):
    try:
        photographs.combine([("1", content), ("2", content)])
    except photographs.UnreadablePhotograph as error:
        return error.why or "broken"
    return ""


def main(way, path):
    content = Path(path).read_bytes()
    start = resource.getrusage(resource.RUSAGE_SELF)
    answer = globals()[way](content)
    used = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    cost = {
        "answer": answer,
        "megabytes": (sum(one.ru_maxrss for one in used) - start.ru_maxrss) / 1024,
        "seconds": seconds - start.ru_utime - start.ru_stime,
    }
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    main(*sys.argv[1:])
