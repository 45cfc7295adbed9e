"""The identity of a finding: survives reformatting, reordering, moving the file and a new API version."""

from hashlib import sha256

from bartizan.model.resource import Subject


def fingerprint(check: str, subject: Subject, keyed_path: str, evidence: str) -> str:
    """64 hexadecimal digits.

    Args:
        check: The check's id.
        subject: Its group and kind count without the version; a namespace that is not written is `-`.
        keyed_path: As `bartizan.model.path.keyed` writes it.
        evidence: The evidence's class.
    """
    group, slash, _ = subject.api_version.partition("/")
    parts = (
        check,
        group if slash else "",
        subject.kind,
        subject.namespace or "-",
        subject.name,
        keyed_path,
        evidence,
    )
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
