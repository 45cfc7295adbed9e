"""Who asks for his own pardon needs somebody else's yes."""

from bartizan.checks.gate.gate_relaxed import check
from bartizan.model.relaxation import Relaxation
from tests.checks.gate.uses import faults


def test_every_relaxation_is_a_finding_of_its_own() -> None:
    """Two of one file are told apart by what they loosen."""
    told = [
        Relaxation("check-ignored", name, "bartizan.yaml", 3, f"`{name}` is no longer judged")
        for name in ("root-user", "host-ports")
    ]
    found = [fault for relaxation in told for fault in faults(check, relaxation)]
    assert [fault.evidence for fault in found] == ["check-ignored:root-user", "check-ignored:host-ports"]
    assert found[0].message.startswith("`root-user` is no longer judged: ")
    assert "--trust-head-config" in found[0].message
