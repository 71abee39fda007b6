"""How pages are to be published: over which base map, under which review number, for whom."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maps.page.basemap import Frame, base_of
from spatial.errors import InputError

if TYPE_CHECKING:
    from scripts.plan import Plan

KEY = "LIFECIRCLE_TIANDITU_KEY"
"""The variable of the environment that holds a base map's key, so that no plan need."""

AT_LEAST = 10
"""So many people stand together on public pages, unless more are asked for."""


@dataclass(frozen=True)
class Publishing:
    """What the command line says of the pages, beside the plan's ``[map]``.

    Attributes
    ----------
    review_number
        The map review number; None takes the plan's.
    publish_key
        Whether the base map's key may stand in the pages.
    public
        Whether single homes are left out.
    least
        The fewest people (or homes, where people are not known) that stand together then.
    """

    review_number: str | None = None
    publish_key: bool = False
    public: bool = False
    least: int = AT_LEAST


def frame_without_base(plan: Plan, publishing: Publishing | None = None) -> Frame:
    """Make the frame of pages that show no base map, and so need no key: reports and checks."""
    said = publishing or Publishing()
    return Frame(None, said.review_number or plan.map.review_number)


def frame_of(plan: Plan, publishing: Publishing | None = None) -> Frame:
    """Make the frame of a plan's pages.

    Raises
    ------
    InputError
        If the base map of the plan cannot be used, or may not.
    """
    asked, said = plan.map, publishing or Publishing()
    try:
        base = base_of(
            asked.base,
            key=asked.key or os.environ.get(KEY),
            publish_key=asked.publish_key or said.publish_key,
            attribution=asked.attribution,
            base_review_number=asked.base_review_number,
            subdomains=asked.subdomains,
            datum=asked.datum,
            max_zoom=asked.max_zoom,
        )
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=plan.path) from error
    return Frame(base, said.review_number or asked.review_number)
