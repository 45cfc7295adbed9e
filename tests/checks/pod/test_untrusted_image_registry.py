"""untrusted-image-registry: only from where we agreed."""

import pytest

from bartizan.checks.pod.untrusted_image_registry import Params, check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"image": "registry.example/app:1"}],
    fails=[{"image": "nginx"}, {"image": "registry.example:5000/app:1"}, {"image": "registry.example/bad/app:1"}],
    absent={"image": None},
    absent_fails=False,
    ill_typed=[{"image": 7}],
    params={"allowed": ["registry.example"], "refused": ["registry.example/bad"]},
)


def is_found(image: str, **lists: tuple[str, ...]) -> bool:
    return bool(judge(check, pod({}, container(image=image)), params=Params(**lists)))


@pytest.mark.parametrize(
    ("entry", "image"),
    [
        ("docker.io", "nginx"),
        ("docker.io", "shop/nginx:1"),
        ("docker.io", "index.docker.io/shop/nginx"),
        ("index.docker.io", "nginx"),
        ("docker.io/library/nginx", "nginx:1"),
        ("library", "nginx"),
        ("library/nginx", "docker.io/nginx"),
        ("shop", "shop/nginx"),
        ("registry.example", "registry.example/a/b/c@sha256:ab"),
        ("registry.example/", "registry.example/a"),
        ("registry.example/a", "registry.example/a"),
        ("registry.example/a", "registry.example/a/b:1"),
        ("Registry.Example", "registry.example/a"),
        ("registry.example:5000", "registry.example:5000/a:1"),
        ("localhost", "localhost/a"),
        ("*.registry.example", "eu.west.registry.example/a"),
        ("*.registry.example/a", "eu.registry.example/a/b"),
    ],
)
def test_what_lies_below_an_entry_belongs_to_it(entry: str, image: str) -> None:
    assert not is_found(image, allowed=(entry,))
    assert is_found(image, refused=(entry,))


@pytest.mark.parametrize(
    ("entry", "image"),
    [
        ("docker.io", "docker.io.example/a"),
        ("nginx", "nginx"),
        ("shop", "shopping/nginx"),
        ("shop", "registry.example/shop/nginx"),
        ("registry.example", "registry.example.evil/a"),
        ("registry.example", "registryXexample/a"),
        ("registry.example", "registry.example:5000/a"),
        ("registry.example", "evil/registry.example/a"),
        ("registry.example", "registry.example"),
        ("registry.example/a", "registry.example/ab"),
        ("*.registry.example", "registry.example/a"),
        ("*.registry.example", "evilregistry.example/a"),
        ("", "nginx"),
    ],
)
def test_what_only_looks_alike_does_not(entry: str, image: str) -> None:
    assert is_found(image, allowed=(entry,))
    assert not is_found(image, refused=(entry,))


def test_without_lists_every_image_passes() -> None:
    assert not is_found("nginx")


def test_what_is_refused_is_refused_below_what_is_allowed() -> None:
    lists = {"allowed": ("registry.example",), "refused": ("registry.example/old",)}
    assert not is_found("registry.example/new/a", **lists)
    assert is_found("registry.example/old/a", **lists)


def test_the_finding_names_the_whole_repository_and_the_list() -> None:
    (finding,) = judge(check, pod({}, container(image="nginx")), params=Params(allowed=("registry.example",)))
    assert finding.path == ("spec", "containers", 0, "image")
    assert "`docker.io/library/nginx` is not among `registry.example`" in finding.message
