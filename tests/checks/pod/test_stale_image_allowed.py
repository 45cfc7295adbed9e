"""stale-image-allowed: a node keeps what it once had."""

import pytest

from bartizan.checks.pod.stale_image_allowed import Params, check
from tests.checks.cases import Cases
from tests.harness import container, fixed, judge, pod

CASES = Cases(
    passes=[{"image": "app:stable", "imagePullPolicy": "Always"}, {"image": "app:1", "imagePullPolicy": "Never"}],
    fails=[{"image": "app:latest", "imagePullPolicy": "IfNotPresent"}, {"image": "app:stable"}],
    absent={"image": "app"},
    absent_fails=False,
    ill_typed=[{"image": "app", "imagePullPolicy": True}, {"image": 1}],
)


@pytest.mark.parametrize("image", ["app", "app:latest", "registry.example:5000/app"])
def test_the_default_of_latest_and_of_no_tag_is_always(image: str) -> None:
    assert judge(check, pod({}, container(image=image))) == []
    assert len(judge(check, pod({}, container(image=image, imagePullPolicy="IfNotPresent")))) == 1


def test_the_default_of_another_tag_is_not() -> None:
    (finding,) = judge(check, pod({}, container(image="app:nightly")))
    assert finding.path == ("spec", "containers", 0, "imagePullPolicy")
    assert "`IfNotPresent`" in finding.message


@pytest.mark.parametrize("image", [f"app:latest@sha256:{'ab' * 32}", "app:1.2.3", "auto", ""])
def test_what_does_not_move_may_be_kept(image: str) -> None:
    assert judge(check, pod({}, container(image=image, imagePullPolicy="IfNotPresent"))) == []


def test_the_fix_asks_each_time_but_not_for_what_was_put_there_by_hand() -> None:
    assert judge(check, fixed(check, pod({}, container(image="app:stable")))) == []
    (finding,) = judge(check, pod({}, container(image="app", imagePullPolicy="Never")))
    assert finding.fix is None


@pytest.mark.parametrize(("tags", "count"), [(("1.2",), 1), (("*",), 1), ((), 0)])
def test_the_parameter_names_the_tags_that_move(tags: tuple[str, ...], count: int) -> None:
    assert len(judge(check, pod({}, container(image="app:1.2")), params=Params(tags=tags))) == count
    assert len(judge(check, pod({}, container(imagePullPolicy="Never", image="app")), params=Params(tags=()))) == 1
