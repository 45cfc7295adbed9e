"""The one table of the programs that the lab can make: a frozen value each, with its pinned version.

A group is what one word of the command line builds.
To add a program, add a value to a group; to add a group, add a line to ``GROUPS``.
A program that ``go install`` or ``pip`` cannot make gets a recipe of its own in ``recipes.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tools.lab.recipes import GoInstall, GoModule, PythonVenv, Recipe


@dataclass(frozen=True)
class Program:
    """A program of someone else's, at the version that our figures are about."""

    name: str
    version: str
    recipe: Recipe
    proof: tuple[str, ...]
    """Arguments with which the built program must exit 0, offline, before we believe in it."""


PEERS = (
    Program("kube-score", "v1.20.0", GoInstall("github.com/zegl/kube-score/cmd/kube-score"), ("version",)),
    Program(
        "trivy",
        "v0.74.0",
        # Its code uses the second JSON package of Go's standard library, which is still an experiment.
        GoInstall("github.com/aquasecurity/trivy/cmd/trivy", experiment="jsonv2"),
        ("--version",),
    ),
    Program("checkov", "3.3.30", PythonVenv("checkov"), ("--version",)),
)
"""Scanners of Kubernetes manifests that Bartizan is measured beside."""

_KUBERNETES = "1.36.3"
_MINOR = _KUBERNETES.split(".")[1]

_STAGING = (
    "api",
    "apiextensions-apiserver",
    "apimachinery",
    "apiserver",
    "cli-runtime",
    "client-go",
    "cloud-provider",
    "cluster-bootstrap",
    "code-generator",
    "component-base",
    "component-helpers",
    "controller-manager",
    "cri-api",
    "cri-client",
    "cri-streaming",
    "csi-translation-lib",
    "dynamic-resource-allocation",
    "endpointslice",
    "externaljwt",
    "kms",
    "kube-aggregator",
    "kube-controller-manager",
    "kube-proxy",
    "kube-scheduler",
    "kubectl",
    "kubelet",
    "metrics",
    "mount-utils",
    "pod-security-admission",
    "sample-apiserver",
    "streaming",
)
"""Modules that Kubernetes keeps in its own tree: its `go.mod` asks for each at `v0.0.0`.

They are published as `v0.x` beside each `v1.x`. `kube-openapi`, `klog` and `utils` are not among them.
"""


def _kubernetes(name: str) -> Program:
    """A program of the control plane. Without the linker's variables its clients would see version 0.0."""
    told = "k8s.io/component-base/version."
    recipe = GoModule(
        name,
        "k8s.io/kubernetes",
        f"k8s.io/kubernetes/cmd/{name}",
        replaced=tuple((f"k8s.io/{module}", f"v0{_KUBERNETES[1:]}") for module in _STAGING),
        variables=(
            (f"{told}gitVersion", f"v{_KUBERNETES}"),
            (f"{told}gitMajor", "1"),
            (f"{told}gitMinor", _MINOR),
        ),
    )
    return Program(name, f"v{_KUBERNETES}", recipe, ("--version",))


ENVTEST = (
    Program(
        "etcd",
        "v3.6.16",
        GoModule("etcd", "go.etcd.io/etcd/server/v3", "go.etcd.io/etcd/server/v3"),
        ("--version",),
    ),
    _kubernetes("kube-apiserver"),
)
"""A real Kubernetes API server and its database, for the tests in `tests/cluster`."""

ACTIONLINT = Program(
    "actionlint", "v1.7.12", GoInstall("github.com/rhysd/actionlint/cmd/actionlint"), ("-version",)
)
HELM = Program("helm", "v4.3.1", GoInstall("helm.sh/helm/v4/cmd/helm"), ("version", "--short"))
CI = (ACTIONLINT, HELM)
"""A linter of what we give to others' CI, and the program that renders charts where the library is missing."""

GROUPS: Mapping[str, tuple[Program, ...]] = MappingProxyType({"peers": PEERS, "envtest": ENVTEST, "ci": CI})
"""What each command builds."""


def named(group: tuple[Program, ...], names: list[str]) -> tuple[Program, ...]:
    """The programs of ``group`` with these names, or all of them when none is named.

    Raises ``KeyError`` with the first name that the group does not have.
    """
    known = {program.name: program for program in group}
    return tuple(known[name] for name in names) if names else group
