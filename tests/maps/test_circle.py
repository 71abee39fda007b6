"""The page of the 15-minute circle, as text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from maps import circle
from maps.parts.steps import step_labels, step_of, step_shares
from maps.words import Words
from tests.maps.browsing import seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene

    Maker = Callable[..., Scene]

ID = "circle_15min"


def with_category(scene: Scene, key: str, **changes: Any) -> Scene:
    """The same scene with some figures of one service changed."""
    figures = scene.summary["standards"][ID]
    categories = {**figures["categories"], key: {**figures["categories"][key], **changes}}
    standards = {**scene.summary["standards"], ID: {**figures, "categories": categories}}
    return replace(scene, summary={**scene.summary, "standards": standards})


@pytest.mark.parametrize("must_have", range(1, 20))
def test_only_all_services_are_the_last_step(must_have: int) -> None:
    steps = step_of(must_have)
    assert len(steps) == must_have + 1
    assert steps == sorted(steps)
    assert [met for met, step in enumerate(steps) if step == 4] == [must_have]
    assert steps[0] == 0


def test_steps_are_named_by_the_numbers_they_hold() -> None:
    labels = step_labels(Words("en"), 12)
    assert labels == {0: "0–2", 1: "3–5", 2: "6–8", 3: "9–11", 4: "all 12"}


def test_step_shares_add_up_with_the_unconnected(made: Maker) -> None:
    scene = made("en", unit="people")
    shares = step_shares(scene, ID)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[-1] == pytest.approx((scene.homes["status"] == "unconnected").mean())


def test_the_answer_is_that_of_the_summary(made: Maker) -> None:
    scene = made("en")
    figures = scene.summary["standards"][ID]
    page = seen(circle.page(scene))
    assert f"<strong>{100 * figures['complete']['share']:.1f} %</strong>" in page
    mean = figures["mean_share_met"] * 2
    assert (
        f"of homes have all 2 must-have services within reach; on average {mean:.1f} of 2" in page
    )


def test_the_scarcest_service_comes_first(made: Maker) -> None:
    figures = made("en").summary["standards"][ID]
    share = [one["share"] for _, one in circle.services(figures, must_have=True)]
    assert share == sorted(share)
    assert circle.services(figures, must_have=False) == []


def test_a_service_the_data_do_not_hold_is_said_to_be_absent(made: Maker) -> None:
    page = seen(circle.page(with_category(made("en"), "clinic", facilities=0, share=0.0)))
    assert "Not in the data: Clinic." in page
    assert "not in the data" in page


def test_hostile_names_are_text(made: Maker, hostile: tuple[str, ...]) -> None:
    named = with_category(made("en", names=list(hostile)), "market", en=hostile[0])
    page = seen(circle.page(named))
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;img src=x" in page
