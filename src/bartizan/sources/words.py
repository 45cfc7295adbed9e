"""Another program's words, made fit for a sentence of ours: only sentences that are known to quote no values.

Helm and kustomize repeat what they stumbled over: a whole patch, a value that a template handed to `fail`. So what
they say is shown as far as it has a known form whose gaps hold names, numbers and types; all else is left out.
"""

import re
from collections.abc import Iterable

import msgspec

from bartizan.secrets.patterns import search

_LONGEST = 300
_MOST_READ = 4096
"""Of what is searched for known sentences: it may be hostile."""
_LEFT_OUT = "…"
_NOT_SHOWN = "its reason may quote the input, and is not shown"

_PATH = r"[\w./-]+"
_YAML = (
    r"(?:yaml: )?line \d+: (?:could not find expected ':'|did not find expected [a-z]+|"
    r"mapping values are not allowed in this context|found character that cannot start any token|"
    r"found unexpected end of stream|found a tab character that violates indentation|"
    r"block (?:mapping|sequence) (?:entries|values) are not allowed in this context)"
)
_GO_TYPE = r"[\w.*\[\]]+(?: \{\})?"
_ID = r"[\w.\[\]/-]+"
_OF_HELM = (
    rf"(?:execution|parse) error at \({_PATH}(?::\d+)+\)",
    rf"(?:template: )?{_PATH}\.(?:ya?ml|tpl|txt)(?::\d+)+",
    r"at <[\w.$]+>",
    r"missing value for \w+|unexpected \{\{end\}\}|no template|error unpacking subchart",
    r"error calling \w+",
    rf"nil pointer evaluating {_GO_TYPE}\.\w+",
    rf"can't evaluate field \w+ in type {_GO_TYPE}",
    rf"wrong type for value; expected {_GO_TYPE}; got {_GO_TYPE}",
    r'function "\w+" not defined',
    r"unexpected EOF",
    r"values don't meet the specifications of the schema",
    rf"at '/?{_PATH}': got \w+, want \w+(?: or \w+)*",
    r"missing propert(?:y|ies) '[\w.-]+'(?:, '[\w.-]+')*",
    r"(?:found in Chart\.yaml, but )?missing in charts/ directory: [\w.-]+(?:, [\w.-]+)*",
    r"chart requires kubeVersion: [\w.<>=^~| -]+ which is incompatible with Kubernetes v[\w.]+",
    r"cannot load [\w.-]+",
    r"Chart\.yaml file is missing",
    r"validation: chart\.metadata\.\w+ is (?:required|invalid)",
    r"rendered manifests contain a resource that already exists",
    r"(?:decompressed )?chart(?: file)? is larger than the maximum (?:file )?size \d+",
    r"larger than the maximum (?:file |chart )?size",
    r"exceeded max recursion depth|maximum template depth|nested reference",
)
_OF_KUSTOMIZE = (
    rf"accumulating (?:resources|components)(?: from '{_PATH}')?",
    r"MalformedYAMLError",
    rf"in File: {_PATH}",
    rf"evalsymlink failure on '{_PATH}'",
    r"no such file or directory",
    rf"'{_PATH}' doesn't exist",
    r"unable to find one of 'kustomization\.yaml', 'kustomization\.yml' or 'Kustomization'",
    rf"in directory '{_PATH}'",
    rf"couldn't make target for path '{_PATH}'",
    r'invalid Kustomization|json: unknown field "[\w.-]+"',
    rf"json: cannot unmarshal \w+ into Go (?:struct field {_PATH}|value) of type {_GO_TYPE}",
    r"trouble configuring builtin \w+|fails configuration",
    r"unable to parse SM or JSON patch|unexpected end of JSON input",
    r"loading KV pairs|invalid literal source|expected key=value",
    rf'no resource matches strategic merge patch "{_ID}"|no matches for Id {_ID}',
    r"(?:configmap|secret) [\w.-]+ illegally repeats the key `[\w.-]+`",
    rf"\w+ operation does not apply: doc is missing (?:path|key): {_PATH}: missing value",
    rf"may not add resource with an already registered id: {_ID}",
    rf"multiple matches for Id {_ID}|namespace transformation produces ID conflict",
    rf"security; file '{_PATH}' is not in or below '{_PATH}'",
    r"cycle (?:detected|not allowed)",
)
_KNOWN = re.compile(rf"(?<![\w/])(?:{'|'.join((*_OF_HELM, *_OF_KUSTOMIZE, _YAML))})(?!\w)")
_MESSAGE = re.compile(r"execution error at \([^()\s]+\): (.+)", re.DOTALL)
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')


def one_line(text: str) -> str:
    """All that it says in one line, without control characters, and never with a credential in it."""
    line = " ".join(text.split())
    line = "".join(char if char.isprintable() else " " for char in line)
    if not line:
        return "it gives no reason"
    if search(line).found:
        return "its reason holds what looks like a credential, and is not shown"
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + _LEFT_OUT


def reason(text: str, templates: Iterable[bytes] = ()) -> str:
    """What a renderer says, as far as it can be said without quoting the input.

    `required` and `fail` say what the chart's author wrote: that is shown where a template holds it as a literal.
    """
    if not text.strip():
        return one_line(text)
    author = _MESSAGE.search(text)
    if author and _plain(author[1]) in _literals(templates):
        return one_line(author[0])
    text, told, end = text[:_MOST_READ], "", 0
    for known in _KNOWN.finditer(text):
        between = text[end : known.start()].strip(" \n\t:;,(`'\"-")
        told += (f"{_LEFT_OUT} " if between else "") if not told else (f" {_LEFT_OUT} " if between else ": ")
        told, end = told + known[0], known.end()
    if not told:
        return _NOT_SHOWN
    return one_line(f"{told} {_LEFT_OUT}" if text[end:].strip(" \n\t:;,)`'\".") else told)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _literals(templates: Iterable[bytes]) -> set[str]:
    """The strings that templates write out, as they print them."""
    return {
        _plain(_value(found)) for data in templates for found in _LITERAL.findall(data.decode("utf-8", "replace"))
    }


def _value(literal: str) -> str:
    if literal.startswith("`"):
        return literal[1:-1]
    try:
        return msgspec.json.decode(literal, type=str)
    except msgspec.DecodeError:
        return ""  # an escape that JSON does not have
