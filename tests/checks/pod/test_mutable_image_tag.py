"""mutable-image-tag: the same name may be another image tomorrow."""

import pytest

from bartizan.checks.pod.mutable_image_tag import Params, check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

DIGEST = "sha256:" + "ab" * 32

CASES = Cases(
    passes=[{"image": "registry.example/app:1.2"}, {"image": f"registry.example/app@{DIGEST}"}],
    fails=[{"image": "registry.example/app"}, {"image": "registry.example/app:latest"}],
    absent={"image": None},
    absent_fails=False,
    ill_typed=[{"image": 7}, {"image": ["registry.example/app:1.2"]}],
)


@pytest.mark.parametrize(
    "image",
    [
        "nginx:1.27.3",
        "registry.example:5000/shop/web:1.0",
        f"nginx@{DIGEST}",
        f"nginx:latest@{DIGEST}",
        f"registry.example:5000/nginx@{DIGEST}",
        "nginx:latest-alpine",
        "nginx:stable",
        "",
        None,
    ],
)
def test_a_version_or_a_digest_passes(image: str | None) -> None:
    assert judge(check, pod({}, container(image=image))) == []


@pytest.mark.parametrize(
    ("image", "advice"),
    [
        ("nginx", "`nginx:VERSION@"),
        ("nginx:latest", "`nginx:VERSION@"),
        ("registry.example:5000/shop/web", "`registry.example:5000/shop/web:VERSION@"),
        ("registry.example:5000/shop/web:latest", "`registry.example:5000/shop/web:VERSION@"),
        ("latest/nginx", "`latest/nginx:VERSION@"),
    ],
)
def test_latest_or_nothing_is_found(image: str, advice: str) -> None:
    """The port of a registry is no tag."""
    (finding,) = judge(check, pod({}, container(image=image)))
    assert finding.path == ("spec", "containers", 0, "image")
    assert finding.value == image
    assert advice in finding.message


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    (finding,) = judge(check, pod({field: [container(image="nginx")]}))
    assert finding.path[:2] == ("spec", field)


def test_an_ill_typed_image_is_an_error() -> None:
    (result,) = run(check, pod({}, container(image=7))).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")


def test_the_placeholder_of_an_injected_image_is_no_image() -> None:
    """Istio's webhook replaces `auto`; an image that is called so has a registry or a tag beside it."""
    assert judge(check, pod({}, container(image="auto"))) == []
    assert len(judge(check, pod({}, container(image="registry.example/auto")))) == 1


@pytest.mark.parametrize(("tag", "count"), [("stable", 1), ("latest", 0), ("1.2", 0)])
def test_the_parameter_names_the_tags_that_move(tag: str, count: int) -> None:
    found = judge(check, pod({}, container(image=f"app:{tag}")), params=Params(tags=("stable",)))
    assert ["tag `stable`" in finding.message for finding in found] == [True] * count
    assert len(judge(check, pod({}, container(image="app")), params=Params(tags=()))) == 1
