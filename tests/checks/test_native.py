"""The CEL form of a check says the same as the check.

The oracle is Google's CEL for Python; where it is not installed the tests skip and say so.
"""

import importlib
import pkgutil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.checks import pod as area
from bartizan.checks.check import Check
from bartizan.model.resource import GroupKind
from tests.harness import container, pod, run

cel = pytest.importorskip("cel_expr_python.cel", reason="cel-expr-python is not installed")
optional = pytest.importorskip("cel_expr_python.ext.ext_optional", reason="cel-expr-python has no optionals")

ENVIRONMENT = cel.NewEnv(variables={"object": cel.Type.DYN}, extensions=[optional.ExtOptional()])
MODULES = [
    importlib.import_module(f"{area.__name__}.{found.name}") for found in pkgutil.iter_modules(area.__path__)
]
CHECKS: list[Check] = [m.check for m in MODULES if hasattr(m, "check") and m.check.native is not None]
COMPILED = {c.id: [ENVIRONMENT.compile(rule.expression) for rule in c.native.rules] for c in CHECKS if c.native}


def found_natively(check: Check, raw: dict[str, Any]) -> bool:
    values = [rule.eval(data={"object": raw}).value() for rule in COMPILED[check.id]]
    assert all(isinstance(value, bool) for value in values), values
    return not all(values)


def found(check: Check, raw: dict[str, Any]) -> bool:
    results = run(check, raw).results
    assert all(result.verdict == "fail" for result in results)
    return bool(results)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with some of the fields; none is null: the API server leaves such fields out."""
    return st.fixed_dictionaries({}, optional=fields)


FLAGS = st.booleans()
CONTAINERS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from("abc")},
        optional={
            "securityContext": some(
                privileged=FLAGS, allowPrivilegeEscalation=FLAGS, readOnlyRootFilesystem=FLAGS
            ),
            "ports": st.lists(some(containerPort=st.just(80), hostPort=st.sampled_from([0, 80])), max_size=2),
        },
    ),
    max_size=2,
)
SPECS = some(
    containers=CONTAINERS,
    initContainers=CONTAINERS,
    ephemeralContainers=CONTAINERS,
    hostNetwork=FLAGS,
    hostPID=FLAGS,
    hostIPC=FLAGS,
    hostUsers=FLAGS,
    os=some(name=st.sampled_from(["linux", "windows"])),
    securityContext=some(runAsNonRoot=FLAGS),
)

TABLE = [
    pod(),
    pod({}, container(securityContext={"privileged": True})),
    pod({}, container(securityContext={"allowPrivilegeEscalation": False}), container(name="b")),
    pod({"initContainers": [container(ports=[{"containerPort": 80, "hostPort": 80}])]}),
    pod({"ephemeralContainers": [container(securityContext={"privileged": True})]}),
    pod({"hostNetwork": True}),
    pod({"hostPID": True, "hostIPC": False}),
    pod({"hostIPC": True}),
    pod({"os": {"name": "windows"}}),
    pod({"os": {}}),
]


def test_there_are_native_checks_to_compare() -> None:
    """Each of them over pods, and the table holds one that passes and one that does not."""
    assert {"host-namespaces", "privilege-escalation", "privileged-container"} <= set(COMPILED)
    for check in CHECKS:
        assert check.native is not None
        assert check.native.kinds == (GroupKind("", "Pod"),)
        assert {found_natively(check, raw) for raw in TABLE} == {True, False}


@pytest.mark.parametrize("raw", TABLE, ids=range(len(TABLE)))
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_the_table_is_judged_alike(check: Check, raw: dict[str, Any]) -> None:
    assert found_natively(check, raw) == found(check, raw)


@given(SPECS)
def test_any_pod_is_judged_alike(spec: dict[str, Any]) -> None:
    raw = pod(spec)
    assert {c.id: found_natively(c, raw) for c in CHECKS} == {c.id: found(c, raw) for c in CHECKS}
