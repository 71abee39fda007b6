"""Runs that are killed at the k-th thing they ask of the system; prints what was left each time.

Called as ``python killing.py FOLDER MODE``: MODE is ``exchange``, ``moves`` (a disk that cannot
exchange folders) or ``first`` (no results before). Each run is a child of its own, killed by
SIGKILL. On standard output one line of JSON: what an onlooker saw after each kill, what was there
after the next command, and how many kills there were.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from scripts.writing import swapping
from scripts.writing.write import beside, settled

FILES = ("summary.json", "results.gpkg", "maps/index.html", "maps/park.html")


def write(folder: Path, what: str) -> None:
    """Write a set of files that all say the same."""
    (folder / "maps").mkdir(parents=True)
    for name in FILES:
        (folder / name).write_text(what, encoding="utf-8")


def lay_out(out: Path) -> None:
    """Put old results, and things of the planner's, into a folder."""
    write(out, "old")
    (out / "maps" / "gone.html").write_text("old", encoding="utf-8")
    (out / "mine" / "deep").mkdir(parents=True)
    (out / "mine" / "deep" / "notes.txt").write_text("the planner's own", encoding="utf-8")
    (out / "list.csv").write_text("the planner's own", encoding="utf-8")


def seen(out: Path) -> dict[str, Any]:
    """Say what an onlooker sees."""
    if not out.exists():
        return {"is": "absent"}
    said = {(out / name).read_text("utf-8") if (out / name).exists() else "-" for name in FILES}
    own = [out / "mine" / "deep" / "notes.txt", out / "list.csv"]
    return {
        "is": said.pop() if len(said) == 1 else "mixed",
        "gone": (out / "maps" / "gone.html").exists(),
        "own": sum(path.exists() for path in own),
    }


def killed(out: Path, at: int) -> bool:
    """Run in a child that is killed at one of its calls; False if it ended before."""
    child = os.fork()
    if not child:
        asked = 0

        def hook(event: str, _: tuple[Any, ...]) -> None:
            nonlocal asked
            if event.startswith(("os.", "open", "shutil.", "ctypes.dlsym", "fcntl.")):
                asked += 1
                if asked == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        with beside(out) as folder:
            write(folder, "new")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def cannot(*_: Path) -> None:
    """Stand in for a disk that knows no exchange."""
    raise OSError(errno.EINVAL, "no exchange")


def main(base: Path, mode: str) -> None:
    """Kill at every call there is."""
    if mode == "moves":
        swapping.exchange = cannot
    found, after, at = [], [], 1
    while True:
        out = base / "results"
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir()
        if mode != "first":
            lay_out(out)
        if not killed(out, at):
            break
        found.append(seen(out))
        settled(out)
        after.append(seen(out))
        with beside(out) as folder:
            write(folder, "next")
        after.append(seen(out) | {"litter": [one.name for one in base.iterdir()]})
        at += 1
    print(json.dumps({"found": found, "after": after, "kills": at - 1}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
