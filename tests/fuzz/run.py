"""Break files at random and read them: ``python -m tests.fuzz.run --files 10000 --seed 1``.

Each file is broken, then read in a child process that may use 2 GB more than it starts with, and
for 10 seconds. A reading or one line that refuses it is right; anything else is a fault: another
exception, a warning, words on stderr that nobody asked for, a crash, too long, too much memory.
The same seed and number always give the same file; ``--keep`` saves those with a fault.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Self

from spatial.errors import InputError
from tests.fuzz.mutations import mutated
from tests.fuzz.subjects import SUBJECTS, Subject, sound

MOST_SECONDS: Final = 10.0
MOST_BYTES: Final = 2 * 1024**3
READ, REFUSED = "read", "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of a broken file: `what` is `READ`, `REFUSED`, or the fault in words."""

    number: int
    subject: str
    what: str
    seconds: float

    @property
    def is_fault(self) -> bool:
        """Whether it was neither read nor refused in one line."""
        return self.what not in (READ, REFUSED)


def break_file(subject: Subject, folder: Path, seed: int, number: int) -> None:
    """Write the sound file into an empty folder, and break one of the files there."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  the same file again, no secret
    subject.write(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    unlucky = chance.choice(files)
    unlucky.write_bytes(mutated(unlucky.read_bytes(), chance))


def read_broken(subject: Subject, folder: Path) -> str:
    """Read a broken file; gives `READ`, `REFUSED` or what went wrong."""
    try:
        with warnings.catch_warnings(), _stderr() as heard:
            warnings.simplefilter("error")
            subject.read(folder)
        what = READ
    except InputError as error:
        what = REFUSED if "\n" not in str(error) else f"more than one line: {error}"
    except BaseException:  # noqa: BLE001  whatever it is, it is what the fuzzer looks for
        what = traceback.format_exc()
    return f"said on stderr: {heard.text}" if heard.text and what in (READ, REFUSED) else what


class _stderr:  # noqa: N801  used like a function
    """What C libraries write to the error stream."""

    text = ""

    def __enter__(self) -> Self:
        self._file = tempfile.TemporaryFile()
        self._before = os.dup(2)
        os.dup2(self._file.fileno(), 2)
        return self

    def __exit__(self, *_: object) -> None:
        os.dup2(self._before, 2)
        os.close(self._before)
        self._file.seek(0)
        self.text = self._file.read(2000).decode(errors="replace").strip()
        self._file.close()


class Reader:
    """A child process that reads broken files, started anew when one of them kills it."""

    def __init__(self, subjects: tuple[Subject, ...], seed: int) -> None:
        self._subjects, self._seed = subjects, seed
        self._start()

    def _start(self) -> None:
        forking = multiprocessing.get_context("fork")
        self._pipe, other = forking.Pipe()
        self._process = forking.Process(
            target=_serve, args=(other, self._subjects, self._seed), daemon=True
        )
        self._process.start()
        other.close()

    def read(self, number: int) -> Outcome:
        """Read the broken file of a number."""
        start = time.monotonic()
        self._pipe.send(number)
        what = f"took longer than {MOST_SECONDS:g} s"
        try:
            if self._pipe.poll(MOST_SECONDS):
                what = self._pipe.recv()
            else:
                self._again()
        except EOFError:
            self._process.join()
            what = f"crashed with exit code {self._process.exitcode}"
            self._again()
        subject = self._subjects[number % len(self._subjects)].name
        return Outcome(number, subject, what, time.monotonic() - start)

    def _again(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the child."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, subjects: tuple[Subject, ...], seed: int) -> None:
    """Read what numbers say, until nobody asks."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    while True:
        try:
            number = pipe.recv()
        except EOFError:
            return
        subject = subjects[number % len(subjects)]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            break_file(subject, folder, seed, number)
            pipe.send(read_broken(subject, folder))


def fuzz(numbers: range, seed: int, subjects: tuple[Subject, ...] = SUBJECTS) -> list[Outcome]:
    """Break and read the files of some numbers, subjects taken in turn."""
    with tempfile.TemporaryDirectory() as name:
        ready = []
        for at, subject in enumerate(subjects):
            folder = Path(name) / str(at)
            folder.mkdir()
            ready.append(sound(subject, folder))
        reader = Reader(tuple(ready), seed)
        try:
            return [reader.read(number) for number in numbers]
        finally:
            reader.stop()


def _keep(outcome: Outcome, seed: int, keep: Path) -> None:
    """Save the broken file of a fault, with what went wrong."""
    subject = SUBJECTS[outcome.number % len(SUBJECTS)]
    folder = keep / f"{outcome.number}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    break_file(subject, folder, seed, outcome.number)
    (folder / "fault.txt").write_text(f"{outcome.subject}\n{outcome.what}", encoding="utf-8")


def main() -> None:
    """Break, read, count."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=10_000)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", help="subjects whose name holds this")
    asked.add_argument("--keep", type=Path)
    said = asked.parse_args()
    numbers = range(said.first, said.first + said.files)
    if said.only:
        chosen = [at for at, one in enumerate(SUBJECTS) if said.only in one.name]
        numbers = [n for n in numbers if n % len(SUBJECTS) in chosen]
    found = fuzz(numbers, said.seed)
    counts = Counter((one.subject, "fault" if one.is_fault else one.what) for one in found)
    print(f"{'subject':20} {'read':>6} {'refused':>8} {'faults':>7}  slowest s")
    for name in dict.fromkeys(one.subject for one in found):
        slowest = max(one.seconds for one in found if one.subject == name)
        row = (counts[name, READ], counts[name, REFUSED], counts[name, "fault"])
        print(f"{name:20} {row[0]:6} {row[1]:8} {row[2]:7}  {slowest:.2f}")
    faults = [one for one in found if one.is_fault]
    for one in faults:
        if said.keep:
            _keep(one, said.seed, said.keep)
        last = one.what.strip().splitlines()[-1]
        print(f"#{one.number} {one.subject}: {last[:160]}")
    print(f"{len(found)} files, {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
