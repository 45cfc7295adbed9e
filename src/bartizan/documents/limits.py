"""How much text is read before it is refused."""

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds against hostile or broken input; each one crossed is a problem, never a silent cut.

    The defaults are far above real manifests (the API server itself takes 3 MiB a request, etcd
    1.5 MiB an object) and low enough that the worst input costs seconds, not minutes.
    """

    bytes: int = 32 * 1024 * 1024
    """Most bytes of one text (characters, when the text comes decoded): code `size`."""

    documents: int = 100_000
    """Most documents of one text, empty ones included: code `size`."""

    depth: int = 200
    """Deepest nesting of mappings and lists, aliases included, so that what walks the values may
    recurse without fear (Python stops at 1,000 calls): code `depth`."""

    nodes: int = 4_000_000
    """Most keys, values and ends of collections of one document, some 10,000 Pods: code `size`."""

    alias_nodes: int = 1_000_000
    """Most nodes that the aliases of one document repeat. In memory they share one object, but
    whoever walks or writes the value meets each of them: code `aliases`."""
