"""Every message in English and Chinese: what is missing, what each mistake says, how runs end."""

from __future__ import annotations

import io
import logging
import re
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from maps.report.leftout import retold
from maps.twins import pieces
from maps.words import Words
from scripts.messages import language_of, said, translated
from scripts.messages.catalogue import MESSAGES
from scripts.messages.catalogue.phrases import KEPT, PHRASES
from scripts.messages.ending import Commands, ended
from scripts.plan import load_plan
from scripts.screen import Steps
from spatial.errors import InputError, LawError, LifecircleError
from tests.scripts.lines import LINES, TYPED
from tests.scripts.mistakes import MISTAKES
from tests.scripts.templates import messages, parts

LETTERS = re.compile(r"[A-Za-z]")
WORDS = re.compile(r"[a-z]{2}")  # not BD-09
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMPOSED = (
    *("limit the key to your site, then say", "[standards] {} asks for an unknown category"),
    *(
        "law broken: ",
        "{} at present is not",
        "draw a line across",
        "{}fetched",
        "{} (and {} more)",
    ),
    *("is no projected CRS", "stretches lengths", "is in degrees", "is in {}, not in metres"),
)
"""How parts begin that only stand inside messages which the catalogue has whole."""


def worded(template: str) -> bool:
    """Whether there is anything to translate in a template."""
    return bool(LETTERS.search(" ".join(pieces(template))))


# --- the catalogue --------------------------------------------------------------------------------


def test_every_message_of_the_source_has_a_chinese_twin() -> None:
    told = [one for one in messages() if worded(one.template)]
    assert len(told) > 500  # the reader of the source sees them
    missing = [f"{one.where}: {one.template!r}" for one in told if not known(one.template)]
    assert missing == [], "\n".join(missing)


def known(template: str) -> bool:
    """Whether the catalogue has a template, or what it is without ``(and 3 more)``."""
    return template.removesuffix(" (and {} more)") in MESSAGES or template == "{} (and {} more)"


def test_every_part_of_a_message_that_is_a_word_has_one_too() -> None:
    told = [one for one in parts() if WORDS.search(" ".join(pieces(one.template)))]
    assert len(told) > 40
    missing = [
        f"{one.where}: {one.template!r}"
        for one in told
        if one.template not in {*MESSAGES, *PHRASES, *KEPT}
        and not one.template.startswith(COMPOSED)
    ]
    assert missing == [], "\n".join(missing)


@pytest.mark.parametrize("book", [MESSAGES, PHRASES], ids=["messages", "phrases"])
def test_twins_hold_the_same_parts(book: dict[str, str]) -> None:
    for english, chinese in book.items():
        marks = [f"⟦{place}⟧" for place in range(len(pieces(english)) - 1)]
        filled = chinese.format(*marks)
        assert [filled.count(mark) for mark in marks] == [1] * len(marks), (english, chinese)
        assert CHINESE.search(chinese) or book is PHRASES, english


def test_each_message_finds_its_own_twin() -> None:
    """However like one another two templates are, the one that was filled is the one found."""
    for english, chinese in MESSAGES.items():
        marks = [900 + place for place in range(len(pieces(english)) - 1)]
        assert translated(english.format(*marks), "zh") == chinese.format(*marks), english


def test_an_unknown_text_and_english_stay_as_they_are() -> None:
    assert translated("quite  new", "zh") == "quite  new"
    assert translated("no geometry", "en") == "no geometry"


def test_what_a_planner_wrote_is_never_translated() -> None:
    street = "has no column 'no geometry'"
    assert translated(street, "zh") == "没有列 'no geometry'"
    assert translated("[layers] parks is an unknown key", "zh") == "[layers] parks 是未知的键"


def test_it_is_quick() -> None:
    translated("warm", "zh")
    begun = time.perf_counter()
    for number in range(500):
        translated(f"人口{number} is not a number (first: row {number})", "zh")
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "a has no " * 3000,
        f"{'a ' * 5000} means nothing to x",
        f"{'no choice of ' * 500}{'brings all ' * 500}",
        "{}" * 5000,
        f"{'x' * 10_000} is not a number (first: row 3)",
        f"{'smaller than ' * 2000}m²",
    ],
)
def test_a_text_that_somebody_made_to_hurt_does_not(text: str) -> None:
    begun = time.perf_counter()
    translated(text, "zh")
    retold(Words("zh"), text)
    assert time.perf_counter() - begun < 0.5


# --- planted mistakes -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_says_what_is_wrong_and_what_to_do(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file, content in MISTAKES[name].files.items():
        Path(file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(LifecircleError) as caught:
        MISTAKES[name].make()
    lines = [said(caught.value, language) for language in ("en", "zh")]
    assert tuple(line.replace(f"{tmp_path.resolve()}/", "") for line in lines) == LINES[name]


def test_at_least_sixty_mistakes_are_planted() -> None:
    assert len(MISTAKES) + len(TYPED) >= 60
    assert LINES.keys() == MISTAKES.keys()


@pytest.mark.parametrize("words", TYPED)
def test_words_typed_wrongly(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lifecircle: Callable[..., Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    for place, language in enumerate(("en_GB.UTF-8", "zh_CN.UTF-8")):
        monkeypatch.setenv("LC_ALL", language)
        typed = lifecircle(*words.split())
        assert (typed.code, typed.out) == (2, "")
        err = typed.err.replace(f"{tmp_path.resolve()}/", "")
        assert err == f"lifecircle: {TYPED[words][place]}\n"


@pytest.mark.parametrize("line", ["key = s3cret", "base = https://a.b/?tk=s3cret", "key: s3cret"])
def test_a_key_that_is_written_wrongly_is_not_repeated(line: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(f"[map]\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2") as caught:
        load_plan(plan)
    assert "s3cret" not in said(caught.value, "en")


# --- which language -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "words", "machine", "language"),
    [
        ('language = "en"\n', "", "zh_CN.UTF-8", "en"),
        ('language = "zh"\n', "", "en_US.UTF-8", "zh"),
        ("", "", "en_US.UTF-8", "zh"),  # the language of plans that do not say
        ("this is = = no TOML\nlanguage = 'en'\n", "", "zh_CN.UTF-8", "en"),
        ('language = "en"\n', "--lang zh", "en_US.UTF-8", "zh"),
        ('language = "zh"\n', "--lang=en", "zh_CN.UTF-8", "en"),
        ('language = "en"\n', "--lang both", "zh_CN.UTF-8", "en"),
        (None, "", "zh_CN.UTF-8", "zh"),
        (None, "", "en_US.UTF-8", "en"),
        (None, "--lang", "C", "en"),
    ],
)
def test_the_language_of_messages(
    plan: str | None,
    words: str,
    machine: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", machine)
    path = tmp_path / "plan.toml"
    if plan is not None:
        path.write_text(plan, encoding="utf-8")
    assert language_of(["measure", str(path), *words.split()]) == language


def test_a_whole_command_speaks_the_plans_language(
    tmp_path: Path, lifecircle: Callable[..., Any]
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('[place]\nlanguage = "zh"\n[layers]\nhomes = "没有.csv"\n', encoding="utf-8")
    typed = lifecircle("measure", plan)
    assert typed.code == 2
    assert typed.err.startswith("lifecircle: ")
    assert "不存在" in typed.err
    assert "not there" in lifecircle("measure", plan, "--lang", "en").err


def test_steps_speak_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    Steps(language="zh").say("maps: a/maps/index.html")
    Steps(language="zh").say("maps: a\nmaps: b")  # a table: its words are chosen where it is made
    Steps().say("maps: a/maps/index.html")
    shown = capsys.readouterr().out.splitlines()
    assert shown == ["地图：a/maps/index.html", "maps: a", "maps: b", "maps: a/maps/index.html"]


# --- how a command ends ---------------------------------------------------------------------------


def raising(error: BaseException) -> Callable[[], None]:
    def run() -> None:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "english", "chinese"),
    [
        (
            InputError("is empty", "give at least one record", file="h.csv", layer="homes", row=3),
            2,
            "h.csv, homes, row 3: is empty; give at least one record",
            "h.csv，住宅（homes），第 3 行：为空；请至少提供一条记录",
        ),
        (
            LawError("law broken: people; nothing was written, please report this"),
            2,
            "law broken: people; nothing was written, please report this",
            "违反必守规则：人口；没有写出任何结果，请反馈此问题",
        ),
        (
            KeyboardInterrupt(),
            130,
            "stopped; nothing was left half-written",
            "已停止；没有留下写到一半的文件",
        ),
        (
            PermissionError(13, "Permission denied", "a.csv"),
            2,
            "a.csv: cannot be used (Permission denied); check that it is there, free and allowed",
            "a.csv：无法使用（没有权限）；请确认它存在、未被占用且有权限",
        ),
    ],
)
def test_what_a_person_can_mend_is_one_line(
    error: BaseException,
    code: int,
    english: str,
    chinese: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert [ended(raising(error), "en"), ended(raising(error), "zh")] == [code, code]
    assert capsys.readouterr().err == f"lifecircle: {english}\nlifecircle: {chinese}\n"


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (ZeroDivisionError("by\nzero"), "an error of lifecircle itself", "lifecircle 自身出错"),
        (MemoryError(), "need more memory than there is", "内存不足"),
        (RecursionError("deep"), "nested too deeply", "嵌套过深"),
        (OSError("no file named"), "an error of lifecircle itself", "lifecircle 自身出错"),
    ],
)
def test_an_error_of_ours_is_one_line_that_names_a_file_with_the_traceback(
    error: Exception,
    english: str,
    chinese: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert ended(raising(error), "en", ["measure", "plan.toml"]) == 1
    line = capsys.readouterr().err
    assert (line.count("\n"), english in line, "Traceback" in line) == (1, True, False)
    (kept,) = tmp_path.glob("lifecircle-error-*.txt")
    assert str(kept) in line
    text = kept.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "measure plan.toml" in text
    assert ended(raising(error), "zh") == 1
    assert chinese in capsys.readouterr().err


def test_no_room_for_the_traceback_is_no_other_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert ended(raising(ValueError("x")), "en") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_terminal_that_cannot_show_a_letter_shows_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert ended(raising(InputError("has no column '人口'", "name it")), "zh") == 2
    terminal.flush()
    assert b"lifecircle: " in terminal.buffer.getvalue()  # type: ignore[attr-defined]


def test_a_reader_that_has_gone_is_met_with_silence(tmp_path: Path) -> None:
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("w") as shown, err.open("w") as wrong, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", shown)
        patch.setattr(sys, "stderr", wrong)
        assert ended(raising(BrokenPipeError(32, "Broken pipe")), "en") == 141
    assert err.read_text() == ""


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "lifecircle: stopped; nothing was left half-written\n"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
    ],
)
def test_click_adds_nothing(
    error: BaseException, code: int, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.group(cls=Commands)
    def commands() -> None: ...

    commands.command("wait")(raising(error))
    err = io.StringIO()
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        assert ended(lambda: commands.main(["wait"], standalone_mode=False), "en") == code
    assert err.getvalue() == line


def test_libraries_do_not_talk_between(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        library = logging.getLogger("some.library")
        library.propagate = False  # else pytest would hear it
        library.warning("GDAL says something")
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn("and so does NumPy", stacklevel=1)

    warned = logging.lastResort
    assert ended(run, "en") == 0
    assert capsys.readouterr().err == ""
    assert logging.lastResort is warned


def test_help_without_words(lifecircle: Callable[..., Any]) -> None:
    typed = lifecircle()
    assert typed.code == 2
    assert "Commands:" in typed.err
    assert lifecircle("--help").code == 0
