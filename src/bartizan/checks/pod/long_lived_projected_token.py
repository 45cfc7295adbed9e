"""Projected token lives longer than a day.

A token that is read out of a pod works until it expires, from wherever its thief is. The API server hands out
tokens for an hour, and the kubelet renews them in time: a program that reads the file again never needs more.

**Looks at** `expirationSeconds` of `serviceAccountToken` sources in projected volumes. The parameter
`most_seconds` is the longest time that passes.

**Instead** leave the field out, or ask for an hour:

```yaml
volumes:
  - name: token
    projected:
      sources:
        - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 3600}
```

**Misses** the token that is mounted without being asked for, which `service-account-token` tells; a limit that
the API server sets for all tokens (`--service-account-max-token-expiration`).
"""

from collections.abc import Iterable

import msgspec

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import PodView

_DAY = 24 * 60 * 60


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a token may live."""

    most_seconds: int = _DAY


def _find(pod: PodView, context: Context) -> Iterable[Fault]:
    most = context.params.most_seconds
    for index, volume in enumerate(pod.spec.get("volumes", ())):
        for place, source in enumerate(volume.get("projected", {}).get("sources", ())):
            seconds = source.get("serviceAccountToken", {}).get("expirationSeconds", 0)
            if seconds > most:
                path = (
                    "volumes",
                    index,
                    "projected",
                    "sources",
                    place,
                    "serviceAccountToken",
                    "expirationSeconds",
                )
                yield Fault(
                    (*pod.spec_path, *path),
                    f"the token of volume `{volume.get('name', '')}` lives for {seconds} seconds: set "
                    f"`expirationSeconds` to 3600, and let the program read the file again",
                )


check = Check(
    id="long-lived-projected-token",
    judges="pod",
    severity="low",
    persona="strict",
    find=_find,
    params=Params,
    references=("https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken",),
)
