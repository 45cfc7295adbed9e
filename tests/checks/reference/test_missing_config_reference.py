"""missing-config-reference: the pod does not start."""

from typing import Any

import pytest

from bartizan.checks.reference.missing_config_reference import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item
from tests.harness import container, judge, pod, run

MAP = item("v1", "ConfigMap", "settings", data={"greeting": "hello"}, binaryData={"logo": "AA=="})
SECRET = item("v1", "Secret", "keys", data={"token": "eA=="}, stringData={"user": "web"})


def env(source: str, **fields: Any) -> dict[str, Any]:
    return {"containers": [container(env=[{"name": "A", "valueFrom": {source: fields}}])]}


def env_from(source: str, **fields: Any) -> dict[str, Any]:
    return {"containers": [container(envFrom=[{source: fields}])]}


def volume(**source: Any) -> dict[str, Any]:
    return {"volumes": [{"name": "v", **source}]}


def projected(**source: Any) -> dict[str, Any]:
    return volume(projected={"sources": [source]})


CASES = Cases(
    passes=[
        env("configMapKeyRef", name="settings", key="greeting"),
        env("configMapKeyRef", name="settings", key="logo"),
        env("secretKeyRef", name="keys", key="user"),
        env("secretKeyRef", name="ghost", key="user", optional=True),
        env("secretKeyRef", name="keys", key="ghost", optional=True),
        env("fieldRef", fieldPath="metadata.name"),
        env_from("configMapRef", name="settings"),
        env_from("secretRef", name="sealed"),
        volume(configMap={"name": "settings"}),
        volume(configMap={"name": "kube-root-ca.crt"}),
        volume(secret={"secretName": "keys"}),
        volume(secret={"secretName": "certificate-files"}),
        volume(secret={"secretName": "ghost", "optional": True}),
        projected(configMap={"name": "settings"}),
        projected(serviceAccountToken={"path": "token"}),
    ],
    fails=[
        env("configMapKeyRef", name="ghost", key="greeting"),
        env("configMapKeyRef", name="settings", key="ghost"),
        env("secretKeyRef", name="ghost", key="user"),
        env("secretKeyRef", name="keys", key="ghost", optional=False),
        env_from("configMapRef", name="ghost"),
        env_from("secretRef", name="settings"),
        volume(configMap={"name": "ghost"}),
        volume(secret={"secretName": "certificate"}),
        projected(configMap={"name": "ghost"}),
        projected(secret={"name": "ghost"}),
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        env("configMapKeyRef", name=1, key="greeting"),
        env("secretKeyRef", name="keys", key="user", optional="yes"),
        env_from("configMapRef", name=[]),
        volume(configMap="settings"),
        volume(secret={"secretName": 1}),
        projected(secret=[]),
    ],
    beside=[
        MAP,
        SECRET,
        item("bitnami.com/v1alpha1", "SealedSecret", "sealed", spec={}),
        item("cert-manager.io/v1", "Certificate", "certificate", spec={"secretName": "certificate-files"}),
    ],
)


@pytest.mark.parametrize(
    ("spec", "path", "confidence"),
    [
        (volume(secret={"secretName": "ghost"}), ("spec", "volumes", 0, "secret", "secretName"), "low"),
        (
            env("configMapKeyRef", name="settings", key="ghost"),
            ("spec", "containers", 0, "env", 0, "valueFrom", "configMapKeyRef", "key"),
            "medium",
        ),
    ],
)
def test_a_key_is_surer_than_an_object(spec: dict[str, Any], path: Any, confidence: str) -> None:
    (finding,) = judge(check, pod(spec), MAP, SECRET)
    assert (finding.path, finding.confidence) == (path, confidence)


def test_each_missing_thing_is_told_once_per_pod() -> None:
    names = [{"name": name, "valueFrom": {"secretKeyRef": {"name": "ghost", "key": name}}} for name in "ab"]
    keys = [{"name": name, "valueFrom": {"secretKeyRef": {"name": "keys", "key": name}}} for name in "cd"]
    found = judge(check, pod({}, container(env=[*names, *keys, keys[0]])), SECRET)
    assert sorted(finding.message.split(",")[0] for finding in found) == [
        "Secret `keys` has no key `c`",
        "Secret `keys` has no key `d`",
        "no Secret `ghost` is among the scanned objects of the namespace",
    ]


@pytest.mark.parametrize(("complete", "count"), [(True, 1), (False, 0)])
def test_config_maps_say_nothing_of_secrets(complete: bool, count: int) -> None:
    params = check.params(complete=complete)
    assert len(judge(check, pod(env_from("secretRef", name="ghost")), MAP, params=params)) == count


def test_what_is_yet_to_be_made_may_have_any_key() -> None:
    target = item("external-secrets.io/v1", "ExternalSecret", "far", spec={"target": {"name": "keys"}})
    assert judge(check, pod(env("secretKeyRef", name="keys", key="any")), target) == []


def test_an_object_that_cannot_be_read_is_an_error() -> None:
    broken = item("v1", "ConfigMap", "settings", data=["greeting"])
    (result,) = run(check, pod(env("configMapKeyRef", name="settings", key="greeting")), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
