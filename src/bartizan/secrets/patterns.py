"""Credentials told by the form of their text: private keys, and tokens whose issuer marks them.

A form is looked for only where its keyword stands in the text, so a text without any costs a few
substring searches. No pattern backtracks over more than it can match: what may be long is either
bounded or starts at a boundary of its own alphabet.
"""

import re
from functools import cache

import msgspec

LIMIT = 256 * 1024
"""Characters of a text that are looked at; `Search.cut` says that there were more."""

_SHORTEST = 12
_FEW_CHARACTERS = 5


class Detector(msgspec.Struct, frozen=True):
    """One form of credential."""

    id: str
    what: str
    """With its article, to follow "has the form of"."""
    keywords: tuple[str, ...]
    """One of them stands in every match, as written here."""
    pattern: str
    """What the group `secret` holds (else the whole match) must not look like a placeholder."""


class Search(msgspec.Struct, frozen=True):
    """What was seen in a text; never the text."""

    found: tuple[Detector, ...] = ()
    """Each detector once, in the order of `DETECTORS`."""
    cut: bool = False
    """Whether the text was longer than `LIMIT`: nothing is known about its rest."""


DETECTORS: tuple[Detector, ...] = (
    Detector(
        "private-key",
        "a private key",
        ("PRIVATE KEY",),
        r"-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*+"
        r"(?:[A-Za-z-]{1,40}: [^\n\\]{0,120}+(?:\s|\\[nr])++){0,4}+(?P<secret>[A-Za-z0-9+/=]{16})",
    ),
    Detector(
        "private-key-base64",
        "a private key in base64",
        ("LS0tLS1CRUdJTi",),
        r"LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0Eg|BFQyBQ|BPUEVOU1NI|BFTkNSWVBU|BEU0Eg|BQR1AgUFJJVkFU)"
        r"(?P<secret>[A-Za-z0-9+/=]{40})",
    ),
    Detector("putty-key", "a PuTTY private key", ("PuTTY-User-Key-File",), r"PuTTY-User-Key-File-\d: [\w-]+"),
    Detector(
        "age-key",
        "an age private key",
        ("AGE-SECRET-KEY-1",),
        r"AGE-SECRET-KEY-1(?P<secret>[A-Z0-9]{58})",
    ),
    Detector(
        "aws-access-key",
        "an AWS access key",
        ("AKIA", "ASIA"),
        r"\b(?:AKIA|ASIA)(?P<secret>[A-Z2-7]{16})\b",
    ),
    Detector(
        "aws-secret-key",
        "an AWS secret access key",
        ("ecret_access_key", "SECRET_ACCESS_KEY", "ecretAccessKey"),
        r"(?i:secret_?access_?key)[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
    ),
    Detector("google-api-key", "a Google API key", ("AIza",), r"\bAIza(?P<secret>[\w-]{35})(?![\w-])"),
    Detector("google-client-secret", "a Google client secret", ("GOCSPX-",), r"GOCSPX-(?P<secret>[\w-]{28})"),
    Detector(
        "azure-account-key",
        "an Azure account key",
        ("AccountKey=", "SharedAccessKey="),
        r"(?:AccountKey|SharedAccessKey)=(?P<secret>[A-Za-z0-9+/]{43,86}={1,2})",
    ),
    Detector(
        "azure-client-secret",
        "an Azure client secret",
        ("7Q~", "8Q~"),
        r"(?<![\w~.-])(?P<secret>[\w~.-]{3}[78]Q~[\w~.-]{31,34})(?![\w~.-])",
    ),
    Detector(
        "github-token",
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"\b(?:gh[pousr]_(?P<secret>[A-Za-z0-9]{36,255})|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b",
    ),
    Detector(
        "gitlab-token",
        "a GitLab token",
        ("glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glsoat-", "glagent-"),
        r"\bgl(?:pat|dt|rt|cbt|ptt|soat|agent)-(?P<secret>[\w.-]{20,300})",
    ),
    Detector(
        "atlassian-token",
        "an Atlassian token",
        ("ATATT3", "ATBB", "ATCTT3"),
        r"\b(?:ATBB(?P<secret>[A-Za-z0-9]{32})|AT[AC]TT3[\w=-]{60,400})(?![\w=-])",
    ),
    Detector(
        "slack-token",
        "a Slack token",
        ("xox", "xapp-"),
        r"\b(?:xox[abeoprs]|xapp)-(?P<secret>[A-Za-z0-9-]{20,300})",
    ),
    Detector(
        "slack-webhook",
        "a Slack webhook address",
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[\w/-]{30,200})",
    ),
    Detector(
        "discord-webhook",
        "a Discord webhook address",
        ("/api/webhooks/",),
        r"discord(?:app)?\.com/api/webhooks/\d{15,22}/(?P<secret>[\w-]{60,90})",
    ),
    Detector(
        "teams-webhook",
        "a Microsoft Teams webhook address",
        ("webhook.office.com/",),
        r"webhook\.office\.com/webhookb2/(?P<secret>[\w@-]{30,120})/",
    ),
    Detector(
        "telegram-token",
        "a Telegram bot token",
        (":AA",),
        r"\b\d{8,10}:AA(?P<secret>[\w-]{33})(?![\w-])",
    ),
    Detector(
        "stripe-key",
        "a Stripe key",
        ("sk_live_", "rk_live_", "whsec_"),
        r"\b(?:[sr]k_live_|whsec_)(?P<secret>[A-Za-z0-9+/]{16,250})",
    ),
    Detector("sendgrid-key", "a SendGrid key", ("SG.",), r"\bSG\.(?P<secret>[\w-]{22}\.[\w-]{43})(?![\w-])"),
    Detector(
        "package-token",
        "a package registry's token",
        ("npm_", "pypi-", "rubygems_", "dckr_"),
        r"\b(?:npm_(?P<secret>[A-Za-z0-9]{36})|pypi-[\w-]{70,400}|rubygems_[a-f0-9]{48}|dckr_[po]at_[\w-]{27,60})(?![\w-])",
    ),
    Detector(
        "model-api-key",
        "a model provider's API key",
        ("sk-ant-", "sk-proj-", "sk-svcacct-", "T3BlbkFJ", "hf_"),
        r"\b(?:sk-(?:ant|proj|svcacct)-(?P<secret>[\w-]{40,250})|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"
        r"|hf_[A-Za-z]{34})(?![\w-])",
    ),
    Detector("vault-token", "a Vault token", ("hvs.", "hvb.", "hvr."), r"\bhv[sbr]\.(?P<secret>[\w-]{24,300})"),
    Detector(
        "service-token",
        "a service's API token",
        (
            "dop_v1_",
            "doo_v1_",
            "shpat_",
            "shpss_",
            "shpca_",
            "NRAK-",
            "glsa_",
            "lin_api_",
            "dp.pt.",
            ".atlasv1.",
            "dapi",
        ),
        r"(?<![\w-])(?:do[op]_v1_[a-f0-9]{64}|shp(?:at|ss|ca)_[a-fA-F0-9]{32}|NRAK-[A-Z0-9]{27}"
        r"|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|lin_api_[A-Za-z0-9]{40}|dp\.pt\.[A-Za-z0-9]{40,60}"
        r"|[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}|dapi[a-f0-9]{32}(?:-\d)?)(?![\w-])",
    ),
    Detector(
        "json-web-token",
        "a JSON web token",
        ("eyJ",),
        r"(?<![\w-])eyJ(?P<secret>[\w-]{10,})\.eyJ[\w-]{10,}\.[\w-]{16,}",
    ),
    Detector(
        "registry-login",
        "a login for an image registry",
        ('"auth"',),
        r'"auth"\s{0,8}:\s{0,8}"(?P<secret>[A-Za-z0-9+/]{8,}={0,2})"',
    ),
    Detector(
        "authorization-header",
        "an Authorization header",
        ("uthorization", "AUTHORIZATION"),
        r"(?i:authorization)[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?i:basic|bearer|token)\s{1,4}(?P<secret>[\w+/=.~-]{16,})",
    ),
    Detector(
        "connection-string",
        "a connection string with a password in it",
        ("assword=", "asswd=", "pwd=", "Pwd=", "PWD=", "ASSWORD="),
        r"[;?&]\s{0,4}(?i:password|passwd|pwd)=(?P<secret>[^;&\s\"'${}<>()%]{3,128})",
    ),
    Detector(
        "npm-login",
        "a login for a package registry",
        (":_auth", ":_password"),
        r":_(?:auth|authToken|password)\s{0,4}=\s{0,4}[\"']?(?P<secret>[^\s\"'${}]{8,400})",
    ),
    Detector(
        "netrc-login",
        "a login for a host",
        ("machine ",),
        r"\bmachine\s{1,4}[^\s]{1,200}+\s{1,8}login\s{1,4}[^\s]{1,200}+\s{1,8}password\s{1,4}"
        r"(?P<secret>[^\s${}]{3,128})",
    ),
    Detector(
        "pgpass-login",
        "a login for PostgreSQL",
        (":5432:", ":*:"),
        r"(?m)^[\w.*-]{1,200}+:(?:5432|\*):[^\s:]{1,100}+:[^\s:]{1,100}+:(?P<secret>[^\s:${}]{3,128})$",
    ),
    Detector(
        "redis-password",
        "a password for Redis",
        ("requirepass ", "masterauth "),
        r"(?m)^[ \t]{0,8}(?:requirepass|masterauth)[ \t]{1,8}[\"']?(?P<secret>[^\s\"'${}]{3,128})",
    ),
    Detector(
        "password-in-address",
        "an address with a password in it",
        ("://",),
        r"://[^\s:/@\"'<>{}$]{0,64}:(?P<secret>[^\s/@\"'<>{}$()]{3,128})@[\w\[]",
    ),
    Detector(
        "password-in-data-source",
        "a data source's name with a password in it",
        ("@tcp(", "@tcp4(", "@tcp6(", "@unix("),
        r"(?<![\w.-])[\w.-]{1,64}+:(?P<secret>[^\s\"'<>{}$()]{3,128})@(?:tcp[46]?|unix)\(",
    ),
)


def _gate(keyword: str) -> str:
    """A character without which the keyword cannot stand in a text: one look spares many."""
    return next((sign for sign in '~=_" .-:' if sign in keyword), "")


def _gates() -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Keywords with the position of their detector, under their gates."""
    keywords = [(word, index) for index, detector in enumerate(DETECTORS) for word in detector.keywords]
    gates = dict.fromkeys(_gate(word) for word, _ in keywords)
    return tuple((gate, tuple(item for item in keywords if _gate(item[0]) == gate)) for gate in gates)


_GATES = _gates()
_NOTHING = Search()
_PLACEHOLDERS = (
    "example",
    "placeholder",
    "changeme",
    "change-me",
    "redacted",
    "xxxx",
    "****",
    "....",
    "your-",
    "your_",
)
_COMMON_PASSWORDS = frozenset({"password", "passwd", "pass", "secret", "user", "pwd", "token"})


def search(text: str) -> Search:
    """The forms of credential that stand in the first `LIMIT` characters of `text`."""
    if len(text) < _SHORTEST:
        return _NOTHING
    cut = len(text) > LIMIT
    if cut:
        text = text[:LIMIT]
    possible = [index for gate, keywords in _GATES if gate in text for word, index in keywords if word in text]
    found = tuple(DETECTORS[index] for index in sorted(set(possible)) if _holds(DETECTORS[index], text))
    return Search(found, cut) if found or cut else _NOTHING


def _holds(detector: Detector, text: str) -> bool:
    return any(not _is_placeholder(match) for match in _compiled(detector.pattern).finditer(text))


def _is_placeholder(match: re.Match[str]) -> bool:
    secret = match.groupdict().get("secret") or match[0]
    lowered = secret.lower()
    if lowered in _COMMON_PASSWORDS or any(word in lowered for word in _PLACEHOLDERS):
        return True
    return len(secret) >= _SHORTEST and len(set(secret)) <= _FEW_CHARACTERS


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
