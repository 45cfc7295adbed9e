"""Change loosens its own gate.

A pull request is judged under the configuration, the exceptions and the ignore files of its base. When the
same change also loosens those, it asks for its own pardon: somebody else has to say yes.

**Looks at** what the head allows and the base does not: exceptions added, widened or prolonged, checks no
longer selected, severities lowered, a higher `fail-on`, a narrower persona or level, an older Kubernetes
version, parameters changed, more files excluded or ignored.

**Instead** bring the relaxation in a change of its own, reviewed by the owners of `bartizan.yaml` and
`.bartizan/`; or, where the reviewer of this change may decide it, run with `--trust-head-config`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.relaxation import Relaxation


def _find(relaxation: Relaxation, _context: Context) -> Iterable[Fault]:
    yield Fault(
        (),
        f"{relaxation.message}: this change is still judged by the rules of its base; "
        "bring the relaxation in a change of its own, or accept it with `--trust-head-config`",
        evidence=f"{relaxation.what}:{relaxation.name}",
    )


check = Check(id="gate-relaxed", judges="change", severity="high", find=_find)
