"""excessive-resources: more than was agreed."""

from typing import Any

import pytest

from bartizan.checks.pod._quantity import amount
from bartizan.checks.pod.excessive_resources import Params, check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run

CASES = Cases(
    passes=[{"resources": {"limits": {"cpu": 1, "memory": "1Gi"}, "requests": {"cpu": "1000m"}}}],
    fails=[
        {"resources": {"limits": {"cpu": "1001m"}}},
        {"resources": {"requests": {"memory": "1Gi", "cpu": 1.5}}},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"resources": {"limits": "2"}}, {"resources": {"limits": {"cpu": "much"}}}],
    params={"limits": {"cpu": "1"}, "requests": {"cpu": "1000m"}},
)


def asking(**resources: Any) -> dict[str, Any]:
    return pod({}, container(resources=resources))


def test_each_amount_is_one_finding() -> None:
    params = Params(limits={"cpu": "1", "memory": "1Gi"}, requests={"memory": "512Mi"})
    raw = asking(limits={"cpu": 2, "memory": "2G"}, requests={"memory": "1Gi", "cpu": 1})
    assert {f.path[-2:] for f in judge(check, raw, params=params)} == {
        ("limits", "cpu"),
        ("limits", "memory"),
        ("requests", "memory"),
    }


def test_a_limit_is_the_request_where_there_is_none() -> None:
    params = Params(requests={"cpu": "1"})
    (finding,) = judge(check, asking(limits={"cpu": 2}), params=params)
    assert finding.path[-2:] == ("requests", "cpu")
    assert judge(check, asking(limits={"cpu": 2}, requests={"cpu": 1}), params=params) == []


def test_without_parameters_everything_passes() -> None:
    assert judge(check, asking(limits={"cpu": 1000})) == []


def test_a_parameter_that_is_no_quantity_is_an_error() -> None:
    (result,) = run(check, asking(), params=Params(limits={"cpu": "much"})).results
    assert result.verdict == "error"
    assert "`limits.cpu: much` is no quantity" in result.message


@pytest.mark.parametrize(
    ("written", "billionths"),
    [
        ("500m", 5 * 10**8),
        (2, 2 * 10**9),
        (0.5, 5 * 10**8),
        ("1k", 10**12),
        ("1E", 10**27),
        ("1E3", 10**12),
        ("2e-3", 2 * 10**6),
        ("128Mi", 128 * 2**20 * 10**9),
        (".5Gi", 2**29 * 10**9),
        ("1.", 10**9),
        ("-1", -(10**9)),
        ("1u", 1000),
        ("0.1n", 1),
    ],
)
def test_amounts_are_read_as_kubernetes_reads_them(written: str | float, billionths: int) -> None:
    assert amount(written) == billionths


@pytest.mark.parametrize(
    "written", ["", "m", ".", "1 Gi", "1KI", "1mi", "0x1", "1e", "1e99999", "∞", "1.2.3", "\u0661"]
)
def test_other_texts_are_no_amounts(written: str) -> None:
    assert amount(written) is None
