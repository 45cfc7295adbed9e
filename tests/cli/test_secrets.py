"""A secret's value is in no report, in no format, whatever else is wrong with its object."""

import base64
from pathlib import Path

import pytest

from tests.cli.terminal import FORMATS, bartizan, scan, write

VALUE = "hunter2-Zq8vXw3LkT9"
"""Not a word of the code, and nobody's."""
ENCODED = base64.b64encode(VALUE.encode()).decode()

ENVIRONMENT = f"[{{name: DB_PASSWORD, value: {VALUE}}}, {{name: API_TOKEN, value: {VALUE}}}]"
WORKLOAD = f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop}}
spec:
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
        - name: app
          image: registry.example/app:1
          env: {ENVIRONMENT}
          args: ["--password={VALUE}"]
          securityContext: {{privileged: true}}
"""
SECRETS = {
    "secret-data": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata: {{password: {ENCODED}}}\n",
    "secret-text": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{password: {VALUE}}}\n",
    "secret-ill-typed": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: [{VALUE}]\n",
    "secret-no-base64": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata: {{password: '{VALUE}'}}\n",
    "secret-broken": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData:\n  a: [{VALUE}\n b: }}\n",
    "secret-twice": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{a: {VALUE}, a: {VALUE}}}\n",
    "config-map": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{DB_PASSWORD: {VALUE}}}\n",
    "config-file": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  app.properties: |\n"
        f"    db.user = web\n    db.password = {VALUE}\n    url = https://web:{VALUE}@db.example/shop\n"
    ),
    "environment": WORKLOAD,
    "container-without-a-name": WORKLOAD.replace("- name: app\n          image", "- image"),
    "container-without-a-name-of-knative": WORKLOAD.replace("apps/v1", "serving.knative.dev/v1")
    .replace("Deployment", "Service")
    .replace("- name: app\n          image", "- image"),
    "environment-without-a-name": WORKLOAD.replace("{name: API_TOKEN, value", "{value"),
    "environment-ill-typed": WORKLOAD.replace(f"value: {VALUE}", f"value: [{VALUE}]"),
    "environment-twice": WORKLOAD.replace(f"value: {VALUE}", f"value: {VALUE}, value: {VALUE}"),
    "volumes-ill-typed": WORKLOAD + f"      volumes: [{VALUE}, {{hostPath: {{path: [{VALUE}]}}}}]\n",
    "patch-of-kustomize": f"$patch: merge\n{WORKLOAD}",
}


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("case", SECRETS)
def test_no_format_shows_a_secret(tmp_path: Path, case: str, output: str) -> None:
    write(tmp_path, {"a.yaml": SECRETS[case]})
    show = ("--persona", "audit", "--show", "pass", "--show", "skip", "--show", "suppressed")
    answer = bartizan(tmp_path, "scan", ".", *show, "-o", output)
    assert answer.status in (0, 1, 3, 4)
    assert [word for word in (VALUE, ENCODED) if word in answer.out + answer.err] == []


@pytest.mark.parametrize(
    ("case", "check"),
    [
        ("secret-data", "literal-secret"),
        ("secret-text", "literal-secret"),
        ("config-map", "credential-in-config-map"),
        ("environment", "secret-in-environment"),
        ("container-without-a-name", "secret-in-environment"),
    ],
)
def test_a_secret_is_found_all_the_same(tmp_path: Path, case: str, check: str) -> None:
    """Where it was silent, the test above would prove nothing."""
    write(tmp_path, {"a.yaml": SECRETS[case]})
    assert check in {item["check"] for item in scan(tmp_path, "--persona", "audit").findings}
