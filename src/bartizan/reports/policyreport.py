"""Policy reports of the Kubernetes policy working group (`wgpolicyk8s.io/v1alpha2`), for Policy Reporter and others.

A List in JSON, which is YAML as well: a PolicyReport for each namespace, and a ClusterPolicyReport for
cluster-wide objects, for objects whose namespace is not written (`--namespace` says which they belong to) or is no
valid name, and for the run as a whole. Its first result, `coverage`, passes only where everything in scope was
looked at; what could not be read or judged is a result `error`. A suppressed finding is `skip` with the name of its
exception, a fixed one is `pass`. Passing results are among them with `--show pass`; each summary counts the results
of its own report. By which rules and as of when stands in the annotations; timestamps are the day of `--as-of`.

A report of more than 1,000,000 bytes would not fit into etcd: it goes on in `bartizan-2`, `bartizan-3`, …, with the
number and the count of its parts as labels. Server-side apply has no smaller limit of its own, and parts of an
earlier run have to go first:

```console
$ kubectl delete policyreports,clusterpolicyreports -A -l app.kubernetes.io/managed-by=bartizan
$ bartizan scan . -o policyreport | kubectl apply --server-side -f -
```

The same tools read the younger group `openreports.io`; of the two, this is the one that all of them read.
"""

from collections.abc import Iterator
from typing import Any

from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import shortened, visible
from bartizan.reports._policy_results import CLUSTER, COUNTED, results
from bartizan.reports._rows import in_rows, row
from bartizan.reports.format import Options, ReportFormat

_VERSION = "wgpolicyk8s.io/v1alpha2"
_LARGEST = 1_000_000
"""Bytes of the results of one report; etcd takes requests of 1.5 MiB."""
_LONGEST = 1_000


def _render(report: Report, options: Options) -> str:
    return "".join(_stream(report, options))


def _stream(report: Report, _options: Options) -> Iterator[str]:
    yield from in_rows('{"apiVersion":"v1","kind":"List","items":[', _reports(report), "]}")


def _reports(report: Report) -> Iterator[dict[str, Any]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for namespace, result in results(report):
        grouped.setdefault(namespace, []).append(result)
    annotations = _annotations(report)
    for namespace in sorted(grouped):
        parts = list(_parts(grouped[namespace]))
        for number, part in enumerate(parts, 1):
            yield _report(namespace, part, (number, len(parts)), annotations)


def _parts(listed: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The results in as many lists as it takes for each to fit into an object."""
    part: list[dict[str, Any]] = []
    size = 0
    for result in listed:
        own = len(row(result).encode()) + 1
        if part and size + own > _LARGEST:
            yield part
            part, size = [], 0
        part.append(result)
        size += own
    yield part


def _report(
    namespace: str, part: list[dict[str, Any]], place: tuple[int, int], annotations: dict[str, str]
) -> dict[str, Any]:
    number, count = place
    labels = {
        "app.kubernetes.io/managed-by": "bartizan",
        "bartizan.dev/part": str(number),
        "bartizan.dev/parts": str(count),
    }
    metadata = {
        "name": "bartizan" if number == 1 else f"bartizan-{number}",
        **({} if namespace == CLUSTER else {"namespace": namespace}),
        "labels": labels,
        "annotations": annotations,
    }
    told = [result["result"] for result in part]
    return {
        "apiVersion": _VERSION,
        "kind": "ClusterPolicyReport" if namespace == CLUSTER else "PolicyReport",
        "metadata": metadata,
        "summary": {verdict: told.count(verdict) for verdict in COUNTED},
        "results": part,
    }


def _annotations(report: Report) -> dict[str, str]:
    header = report.header
    facts = {
        "headline": summary.headline(report),
        "gate": report.gate,
        "exit-status": str(report.exit_status),
        "run": summary.title(report),
        "engine-version": header.version,
        "policy-set": header.policy_set,
        "kubernetes-version": header.kubernetes_version,
        "level": header.level,
        "persona": header.persona,
        "fail-on": header.fail_on,
        "as-of": header.as_of,
    }
    return {f"bartizan.dev/{name}": shortened(visible(text), _LONGEST) for name, text in facts.items() if text}


report = ReportFormat(name="policyreport", accepts=frozenset({"findings"}), render=_render, stream=_stream)
