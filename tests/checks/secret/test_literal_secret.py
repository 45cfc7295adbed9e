"""literal-secret: a Secret with its value in a file. No value is shown."""

from base64 import b64encode
from typing import Any

import msgspec
import pytest

from bartizan.checks.secret.literal_secret import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, judge, resource, run

KEY = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0z"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\naB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0z"


def secret(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "login"}, **fields}


def coded(text: str) -> str:
    return b64encode(text.encode()).decode()


CASES = Cases(
    passes=[secret(stringData={"password": "${DB_PASSWORD}"})],
    fails=[secret(stringData={"password": "hunter2"}), secret(data={"tls.key": coded(KEY)})],
    absent=secret(),
    absent_fails=False,
    ill_typed=[secret(data="x"), secret(stringData={"password": 1})],
)


@pytest.mark.parametrize(
    ("fields", "severity", "path"),
    [
        ({"stringData": {"password": "hunter2"}}, "medium", "stringData"),
        ({"data": {"password": coded("hunter2")}}, "medium", "data"),
        ({"data": {"password": "!not base64!"}}, "medium", "data"),
        ({"data": {"tls.crt": coded(CERTIFICATE), "tls.key": coded(KEY)}}, "high", "data"),
        ({"stringData": {"tls.key": KEY}}, "high", "stringData"),
        ({"stringData": {"password": "changeme"}}, "low", "stringData"),
        ({"stringData": {"password": "changeme", "user": "shop"}}, "medium", "stringData"),
    ],
)
def test_a_value_is_found(fields: dict[str, Any], severity: str, path: str) -> None:
    (finding,) = judge(check, secret(**fields))
    assert (finding.severity, finding.path) == (severity, (path,))


def test_one_finding_names_the_keys_and_no_value() -> None:
    keys = {"password": coded("hunter2"), "user": coded("shop"), "empty": ""}
    (finding,) = judge(check, secret(data=keys, stringData={"pin": "1234"}))
    assert "`password`, `user`, `pin`" in finding.message
    assert "`empty`" not in finding.message
    written = msgspec.json.encode(finding)
    assert not any(text.encode() in written for text in ("hunter2", coded("hunter2"), "1234"))


def test_a_long_list_of_keys_is_cut() -> None:
    (finding,) = judge(check, secret(stringData={f"k{i}": "value" for i in range(9)}))
    assert "`k4` and others" in finding.message
    assert "`k5`" not in finding.message


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"data": None},
        {"data": {}},
        {"data": {"password": ""}},
        {"data": {"password": None}},
        {"type": "kubernetes.io/service-account-token"},
        {"stringData": {"password": "${DB_PASSWORD}"}},
        {"stringData": {"password": "<path:shop/db#password>"}},
        {"data": {"password": coded("<path:shop/db#password>")}},
        {"data": {"password": "ENC[AES256_GCM,data:q,iv:w,tag:e,type:str]"}, "sops": {"version": "3.9"}},
        {"data": {"ca.crt": coded(CERTIFICATE)}},
    ],
)
def test_nothing_to_hide_passes(fields: dict[str, Any]) -> None:
    assert judge(check, secret(**fields)) == []


def test_the_word_sops_alone_hides_nothing() -> None:
    """What counts is that the value is encrypted."""
    assert len(judge(check, secret(stringData={"password": "hunter2"}, sops={}))) == 1


def test_other_kinds_are_not_looked_at() -> None:
    sealed = {"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "spec": {"encryptedData": {"a": "Ag"}}}
    assert judge(check, sealed) == []


@pytest.mark.parametrize("kind", ["cluster", "request"])
def test_a_secret_of_a_cluster_is_where_it_belongs(kind: str) -> None:
    read = resource(secret(stringData={"password": "hunter2"}))
    read = msgspec.structs.replace(read, origin=msgspec.structs.replace(read.origin, kind=kind))
    assert evaluate([Judge(check, check.params())], [Review(read)], Inventory([read]), TODAY).findings == ()


def test_standard_input_is_no_file_that_others_read() -> None:
    """`kubectl get secrets -o yaml | bartizan scan -`: there is no history that keeps it."""
    for file, count in (("-", 0), ("./-", 1)):
        read = resource(secret(stringData={"password": "hunter2"}), file=file)
        evaluation = evaluate([Judge(check, check.params())], [Review(read)], Inventory([read]), TODAY)
        assert len(evaluation.findings) == count


@pytest.mark.parametrize("fields", [{"data": "x"}, {"data": {"a": 1}}, {"stringData": ["a"]}])
def test_ill_typed_data_is_an_error(fields: dict[str, Any]) -> None:
    (result,) = run(check, secret(**fields)).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")
