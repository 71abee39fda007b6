"""Tables of web pages under an Excel name."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from layers.tables.grid import Block
from layers.tables.webtable import WebBook
from spatial.errors import InputError


def page(folder: Path, text: str, encoding: str = "utf-8") -> WebBook:
    path = folder / "page.xls"
    path.write_bytes(text.encode(encoding))
    return WebBook(path)


def rows(book: WebBook, name: str = "table 1") -> list[list[object]]:
    return [list(row) for row in book.grid(name).rows]


def test_cells_and_merged_cells(tmp_path: Path) -> None:
    book = page(
        tmp_path,
        "<table><tr><th rowspan=2>a<th colspan='2'>b</tr><tr><td>c</td><td>d</td></tr>"
        "<TR><TD>1<BR>2</TD><td> &lt;x&gt;&nbsp;y </td></table>",
    )
    assert rows(book) == [["a", "b", None], [None, "c", "d"], ["1 2", "<x> y"]]
    assert book.grid("table 1").merged == [Block(0, 0, 1, 0), Block(0, 1, 0, 2)]


def test_a_cell_over_two_rows_and_columns_keeps_its_place_free(tmp_path: Path) -> None:
    text = "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>"
    assert rows(page(tmp_path, text)) == [["a", None, "b"], [None, None, "c"], ["d", "e", "f"]]


def test_what_nobody_sees_is_no_text(tmp_path: Path) -> None:
    text = "<table><!-- <tr><td>1 --><style>td{}</style><script>'<td>2'</script><tr><td>3</table>"
    assert rows(page(tmp_path, text)) == [["3"]]


def test_each_table_is_a_sheet_and_one_within_another_is_text(tmp_path: Path) -> None:
    book = page(
        tmp_path, "<table><tr><td>a<table><tr><td>b</table></table><table><tr><td>c</table>"
    )
    assert book.names == ["table 1", "table 2"]
    assert [rows(book), rows(book, "table 2")] == [[["a b"]], [["c"]]]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_the_encoding_is_found_or_said_in_the_page(encoding: str, tmp_path: Path) -> None:
    text = f"<meta charset={encoding}><table><tr><td>中文</table>"
    assert rows(page(tmp_path, text, encoding)) == [["中文"]]


def test_a_row_without_end(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a row of more than 16384 cells"):
        page(tmp_path, "<table><tr>" + "<td colspan=9999>" * 9)


def test_cells_that_reach_down_for_ever(tmp_path: Path) -> None:
    start = time.process_time()
    with pytest.raises(InputError, match="a table of more than 5000000 cells"):
        page(tmp_path, "<table><tr>" + "<td rowspan=99999>" * 16_000 + "<tr><td>" * 9_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("part", ["<", "<a ", "<!--", "<table>", "<td>", "<tr>", "&lt"])
def test_marks_without_end_are_read_in_no_time(part: str, tmp_path: Path) -> None:
    start = time.process_time()
    page(tmp_path, "<table><tr><td>" + part * 15_000)
    assert time.process_time() - start < 5
