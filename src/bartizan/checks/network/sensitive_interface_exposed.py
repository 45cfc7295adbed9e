"""Administrative interface is reachable from outside.

Dashboards, build servers, notebooks, model servers, databases and registries run what they are told, and
many ask for no password as they come. Scanners find a new one within hours, and it is then a miner or a door
into the cluster.

**Looks at** workloads whose own name, or one of whose images, is called like such a program, and the ways in
from outside that `workload-exposed-to-internet` knows: Services of type LoadBalancer or NodePort, Ingresses,
Gateways' routes and their like. A way in that asks for a login by an annotation of its Ingress does not
count. The parameter `names` lists the programs: whole words, as in `redis` or `my-redis-2`. Names that also
say `exporter`, `operator`, `proxy`, `backup` or `client` pass.

**Instead** keep the Service inside, and come by `kubectl port-forward` or a VPN, or put a login in front:

```yaml
kind: Ingress
metadata:
  annotations:
    nginx.ingress.kubernetes.io/auth-url: https://login.shop.example/oauth2/auth
```

**Misses** programs under other names; a login that the program or a mesh asks for, which an exception should
name; Services that are applied from elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.network._entry_points import entry_points
from bartizan.model.workload import PodView

_WORD = re.compile(r"[a-z0-9]+")
_SIDE = frozenset({"exporter", "operator", "proxy", "backup", "client", "adapter", "init", "migration"})
"""Words of programs that stand beside such a one."""
_NAMES = (
    "adminer",
    "airflow",
    "alertmanager",
    "argo-server",
    "argocd-server",
    "bentoml",
    "cassandra",
    "clickhouse",
    "code-server",
    "couchdb",
    "docker-registry",
    "elasticsearch",
    "etcd",
    "flink-jobmanager",
    "hubble-ui",
    "influxdb",
    "jenkins",
    "jupyter",
    "jupyterhub",
    "kafka",
    "kibana",
    "kserve",
    "kubeflow",
    "kubernetes-dashboard",
    "longhorn-ui",
    "mariadb",
    "memcached",
    "minio",
    "mlflow",
    "mongo",
    "mongodb",
    "mysql",
    "neo4j",
    "nifi",
    "ollama",
    "opensearch",
    "pgadmin",
    "phpmyadmin",
    "portainer",
    "postgres",
    "postgresql",
    "prometheus",
    "rabbitmq",
    "ray-dashboard",
    "ray-head",
    "redis",
    "scope-app",
    "seldon",
    "spark-master",
    "tritonserver",
    "triton-inference-server",
    "vllm",
    "weaviate",
    "zeppelin",
    "zookeeper",
)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What nobody outside should reach."""

    names: tuple[str, ...] = _NAMES
    """Names of programs: whole words of the workload's name or of an image's last part."""


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    program = _program(pod, context.params.names)
    if not program:
        return
    namespace, labels = pod.resource.namespace, dict(pod.metadata.get("labels", {}))
    points = context.lookups.derive(entry_points)
    open_ones = [entry for entry in points.to(namespace, labels) if not entry.login]
    if open_ones:
        ways = sorted({f"Service `{entry.service}` by {entry.way}" for entry in open_ones})
        yield Fault(
            pod.spec_path,
            f"looks like `{program}`, and can be reached from outside the cluster through {', '.join(ways)}: keep "
            "its Service inside with `type: ClusterIP`, or put a login in front",
        )
    else:
        points.must_be_all(namespace)


def _program(pod: PodView, programs: tuple[str, ...]) -> str:
    """The first of the programs that the pod is called like."""
    by_first_word = _by_first_word(programs)
    found = [
        (place, program)
        for words in map(_words, _own_names(pod))
        for word in by_first_word.keys() & words
        for place, program, wanted in by_first_word[word]
        if _holds(words, wanted) and _SIDE.isdisjoint(words)
    ]
    return min(found)[1] if found else ""


@lru_cache(maxsize=8)
def _by_first_word(programs: tuple[str, ...]) -> dict[str, list[tuple[int, str, tuple[str, ...]]]]:
    """The programs with their place in the list and their words, by the first of these: few pods have any."""
    found: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    for place, program in enumerate(programs):
        if wanted := _words(program):
            found.setdefault(wanted[0], []).append((place, program, wanted))
    return found


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """Many pods ask about the same names."""
    return tuple(_WORD.findall(name.lower()))


def _own_names(pod: PodView) -> Iterator[str]:
    yield pod.resource.name
    for container in pod.containers:
        if container.role == "regular":
            image = container.raw.get("image", "")
            yield image.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether the wanted words stand there one after the other."""
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


check = Check(
    id="sensitive-interface-exposed",
    judges="pod",
    severity="high",
    confidence="medium",
    find=_find,
    needs=("inventory",),
    params=Params,
    references=("https://kubernetes.io/docs/concepts/security/security-checklist/",),
)
