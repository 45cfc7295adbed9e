"""gate-relaxed: a change that asks for its own pardon."""

from bartizan.checks.gate.gate_relaxed import check
from bartizan.model.relaxation import Relaxation
from tests.checks.gate.uses import faults


def relaxation(name: str = "host-namespaces") -> Relaxation:
    return Relaxation(
        "check-dropped", name, "bartizan.yaml", 1, f"the change no longer selects the check `{name}`"
    )


def test_each_relaxation_is_told_with_the_way_out() -> None:
    (fault,) = faults(check, relaxation())
    assert fault.message.startswith("the change no longer selects the check `host-namespaces`")
    assert "--trust-head-config" in fault.message


def test_two_relaxations_of_one_file_are_told_apart() -> None:
    evidence = {fault.evidence for name in ("a", "b") for fault in faults(check, relaxation(name))}
    assert evidence == {"check-dropped:a", "check-dropped:b"}


def test_it_fails_a_run_at_the_default_gate() -> None:
    assert check.severity == "high"
