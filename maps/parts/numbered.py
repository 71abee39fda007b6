"""What bears a number on the map and in the list: changes of a scenario, proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps.page.markup import Html, name, tag
from maps.page.quantise import Block, areas, lines, spots

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


def block(table: gpd.GeoDataFrame, *, goes: list[bool] | None = None) -> dict[str, Any]:
    """Give where each row is and what it looks like; its number is its place in the table, from 1.

    Parameters
    ----------
    goes
        Whether each row is taken away rather than built; by default none is.

    Rows without a geometry keep their number and have no place on the map.
    """
    shapes = table.geometry.reset_index(drop=True)
    somewhere = shapes[shapes.notna() & ~shapes.is_empty]
    kinds = somewhere.geom_type
    flat, long = kinds.str.endswith("Polygon"), kinds.str.endswith(("LineString", "LinearRing"))
    at = somewhere.index.to_numpy()
    return {
        "count": len(table),
        "row": at.tolist(),
        **spots(somewhere),
        "areas": _of_rows(areas(somewhere[flat]), at[flat.to_numpy(dtype=bool)]),
        "lines": _of_rows(lines(somewhere[long]), at[long.to_numpy(dtype=bool)]),
        "goes": [int(one) for one in goes or [False] * len(table)],
    }


def _of_rows(encoded: Block, rows: NDArray[np.int64]) -> Block:
    """Let parts tell the row of the whole table they belong to."""
    return {**encoded, "of": rows[encoded["of"]].astype(np.int32)}


def item(number: int, title: str, figure: str, *more: Html, goes: bool = False) -> Html:
    """Write one row of the list: a button that flies there and opens its card.

    Parameters
    ----------
    figure
        What it is worth, with its sign.
    more
        The lines under the title.
    goes
        Whether it is taken away rather than built.
    """
    return tag(
        "button",
        tag("span", str(number), class_="rank goes" if goes else "rank"),
        tag("span", name(title), class_="where"),
        tag("span", figure, class_="size less" if figure.startswith("−") else "size"),
        *more,
        type="button",
        data_numbered=number - 1,
    )


def detail(number: int, title: str, *inside: Html) -> Html:
    """Write what the card of a numbered place says, to wait in the list until it is opened."""
    body = tag("div", *inside)
    heading = tag("h3", name(title))
    return tag("div", heading, body, class_="detail", id=f"numbered-{number - 1}", hidden=True)


def facts(pairs: list[tuple[str, str | None]]) -> Html:
    """Write pairs of a word and a value; pairs without a value are left out."""
    each = [
        part
        for word, value in pairs
        if value
        for part in (tag("dt", word), tag("dd", value if isinstance(value, Html) else name(value)))
    ]
    return tag("dl", *each, class_="facts") if each else Html()
