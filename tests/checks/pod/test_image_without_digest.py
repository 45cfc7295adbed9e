"""image-without-digest: only a digest is the image's content."""

import pytest

from bartizan.checks.pod.image_without_digest import Params, check
from bartizan.checks.pod.mutable_image_tag import check as mutable_image_tag
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, judge, pod, resource

DIGEST = "sha256:" + "ab" * 32
CASES = Cases(
    passes=[{"image": f"registry.example/app@{DIGEST}"}, {"image": f"registry.example/app:1@{DIGEST}"}],
    fails=[{"image": "registry.example:5000/app:1.2"}, {"image": "registry.example/app@sha256:ab"}],
    absent={"image": None},
    absent_fails=False,
    ill_typed=[{"image": 7}],
)


@pytest.mark.parametrize("digest", [DIGEST, "sha512:" + "0f" * 64, "blake3:" + "ab" * 32, "new+kind:aB_="])
def test_a_digest_of_any_algorithm_passes(digest: str) -> None:
    assert judge(check, pod({}, container(image=f"app@{digest}"))) == []


@pytest.mark.parametrize(
    "digest", ["", "sha256", DIGEST.upper(), DIGEST[:-1], f"{DIGEST}0", "sha512:" + "ab" * 32, "new kind:a"]
)
def test_what_has_not_the_form_of_a_digest_is_none(digest: str) -> None:
    (finding,) = judge(check, pod({}, container(image=f"app@{digest}")))
    assert "is no digest" in finding.message


@pytest.mark.parametrize(
    ("image", "advice"),
    [
        ("registry.example:5000/app", "`registry.example:5000/app:VERSION@sha256:…`"),
        ("registry.example:5000/app:1.2", "`registry.example:5000/app:1.2@sha256:…`"),
    ],
)
def test_the_advice_keeps_the_version(image: str, advice: str) -> None:
    (finding,) = judge(check, pod({}, container(image=image)))
    assert (finding.path, finding.persona) == (("spec", "containers", 0, "image"), "audit")
    assert advice in finding.message


@pytest.mark.parametrize(("image", "count"), [("inner/app:1", 0), ("inner:1", 1), ("inner-too/app:1", 1)])
def test_an_exempt_folder_ends_where_its_name_ends(image: str, count: int) -> None:
    found = judge(check, pod({}, container(image=image)), params=Params(exempt=("inner",)))
    assert len(found) == count


def test_a_tag_that_moves_is_told_once() -> None:
    read = resource(pod({}, container(image="app:latest")))
    judges = [Judge(mutable_image_tag, mutable_image_tag.params()), Judge(check, Params())]
    (finding,) = evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings
    assert finding.check == "mutable-image-tag"
