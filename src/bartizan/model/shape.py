"""Field types of the objects that checks read, and a view that cannot be misread.

The API server refuses an object with an ill-typed field; a scanner meets it all the same.
`conform` gives back the same value where everything fits. Where a field is null it is absent, as for
the API server. Where a field has the wrong type, reading it raises `IllTypedField`: a check that needs
the field ends in the verdict `error`, one that does not need it goes on, and none reads it as absent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

import msgspec

from bartizan.model.path import Path
from bartizan.model.path_text import render_path


class Scalar(msgspec.Struct, frozen=True):
    """A scalar of one of the named Python types (`bool` is no `int` here)."""

    name: str
    types: tuple[type, ...]


class ListOf(msgspec.Struct, frozen=True):
    """A list whose items have one shape."""

    item: "Shape"


class MapOf(msgspec.Struct, frozen=True):
    """A mapping with free keys and values of one shape."""

    value: "Shape"


class Fields(msgspec.Struct, frozen=True, eq=False):
    """A mapping with known fields; fields that are not listed may hold anything."""

    fields: Mapping[str, "Shape"]


class Anything(msgspec.Struct, frozen=True):
    """Whatever it is, no check reads into it."""


Shape = Scalar | ListOf | MapOf | Fields | Anything

TEXT = Scalar("a string", (str,))
FLAG = Scalar("true or false", (bool,))
WHOLE = Scalar("a whole number", (int,))
WHOLE_OR_TEXT = Scalar("a whole number or a string", (int, str))
QUANTITY = Scalar("a quantity", (int, float, str))
ANY = Anything()
TEXTS = ListOf(TEXT)
TEXT_MAP = MapOf(TEXT)


class IllTyped(msgspec.Struct, frozen=True):
    """A field that holds another type than the API wants."""

    path: Path
    wanted: str
    found: str


class IllTypedField(Exception):  # noqa: N818 - it names a state of the object, not a fault of ours
    """A check read a field whose type is wrong."""

    def __init__(self, problem: IllTyped) -> None:
        super().__init__(f"`{render_path(problem.path)}` should be {problem.wanted} but is {problem.found}")
        self.problem = problem


class Guarded(dict[str, Any]):
    """A mapping some of whose fields are ill-typed: reading one of those, or all at once, raises."""

    __slots__ = ("problems",)

    def __init__(self, fields: dict[str, Any], problems: dict[str, IllTyped]) -> None:
        super().__init__(fields)
        self.problems = problems

    def get(self, key: str, default: Any = None) -> Any:
        """The field, raising where it is ill-typed."""
        self._check(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self._check(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._check(key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._refuse()

    def __len__(self) -> int:  # noqa: PLE0303 - it never returns
        self._refuse()

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        self._refuse()

    __hash__ = None

    def keys(self) -> Any:
        """All keys cannot be told."""
        self._refuse()

    def values(self) -> Any:
        """All values cannot be told."""
        self._refuse()

    def items(self) -> Any:
        """All entries cannot be told."""
        self._refuse()

    def _check(self, key: object) -> None:
        problem = self.problems.get(key)  # type: ignore[call-overload] # any object may be asked for
        if problem is not None:
            raise IllTypedField(problem)

    def _refuse(self) -> NoReturn:
        raise IllTypedField(next(iter(self.problems.values())))


class Unreadable(Guarded):
    """In the place of a list's item that is no mapping: reading any field of it raises."""

    __slots__ = ()

    def __init__(self, problem: IllTyped) -> None:
        super().__init__({}, {"": problem})

    def _check(self, key: object) -> None:  # noqa: ARG002 - whatever is asked
        self._refuse()


class Partial(dict[str, Any]):
    """A mapping of which only some fields were read. Asking for any other, or for all at once, raises `refuse()`."""

    __slots__ = ()

    def refuse(self) -> NoReturn:
        """Raise what says that nobody looked."""
        raise NotImplementedError

    def known(self) -> Iterable[tuple[str, Any]]:
        """The fields that were read."""
        return super().items()

    def get(self, key: str, default: Any = None) -> Any:
        """The field, if it was read."""
        self._check(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self._check(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._check(key)
        return True

    def __iter__(self) -> Iterator[str]:
        self.refuse()

    def __len__(self) -> int:  # noqa: PLE0303 - it never returns
        self.refuse()

    def __bool__(self) -> bool:
        return True

    def keys(self) -> Any:
        """All keys cannot be told."""
        self.refuse()

    def values(self) -> Any:
        """All values cannot be told."""
        self.refuse()

    def items(self) -> Any:
        """All entries cannot be told."""
        self.refuse()

    def _check(self, key: object) -> None:
        if not super().__contains__(key):
            self.refuse()


def conform(value: Any, shape: Shape, path: Path, problems: list[IllTyped]) -> Any:
    """`value` as a check may read it: nulls absent, ill-typed fields guarded.

    Args:
        value: A value that is not null.
        shape: What the API wants here.
        path: Where the value stands, for the problems.
        problems: Gets each ill-typed field once, however many checks will read it.

    Returns:
        The same value where nothing was wrong (the common case: nothing is copied), else a copy.

    Raises:
        IllTypedField: `value` itself is ill-typed (already noted in `problems`).
    """
    match shape:
        case Fields(fields):
            return _fields(_typed(value, dict, "a mapping", path, problems), fields, path, problems)
        case Scalar(name, types):
            if type(value) not in types:
                _refuse(path, name, value, problems)
            return value
        case ListOf(item):
            return _items(_typed(value, list, "a list", path, problems), item, path, problems)
        case MapOf(inner):
            mapping = _typed(value, dict, "a mapping", path, problems)
            return _fields(mapping, dict.fromkeys(mapping, inner), path, problems)
        case _:
            return value


def _fields(value: dict[str, Any], fields: Mapping[str, Shape], path: Path, problems: list[IllTyped]) -> Any:
    changed: dict[str, Any] = {}
    absent: list[str] = []
    broken: dict[str, IllTyped] = {}
    entries = dict(value.known()) if isinstance(value, Partial) else value
    for key, item in entries.items():
        shape = fields.get(key)
        if item is None:
            absent.append(key)
        elif shape is None or (type(shape) is Scalar and type(item) in shape.types):
            continue
        else:
            try:
                fitted = conform(item, shape, (*path, key), problems)
            except IllTypedField as error:
                broken[key] = error.problem
            else:
                if fitted is not item:
                    changed[key] = fitted
    if not (changed or absent or broken):
        return value
    fitted_value = {key: item for key, item in (entries | changed).items() if key not in absent}
    if isinstance(value, Partial):
        if broken:
            raise IllTypedField(next(iter(broken.values())))
        return type(value)(fitted_value)
    return Guarded(fitted_value, broken) if broken else fitted_value


def _items(value: list[Any], item: Shape, path: Path, problems: list[IllTyped]) -> list[Any]:
    fitted = [_item(entry, item, (*path, index), problems) for index, entry in enumerate(value)]
    return fitted if any(a is not b for a, b in zip(fitted, value, strict=True)) else value


def _item(value: Any, shape: Shape, path: Path, problems: list[IllTyped]) -> Any:
    """An item as a check may read it; an ill-typed one among mappings hides none of the others."""
    try:
        return conform(value, shape, path, problems)
    except IllTypedField as error:
        if isinstance(shape, Fields):
            return Unreadable(error.problem)
        raise


def _typed(value: Any, wanted: type, name: str, path: Path, problems: list[IllTyped]) -> Any:
    if not isinstance(value, wanted):
        _refuse(path, name, value, problems)
    return value


def _refuse(path: Path, wanted: str, value: Any, problems: list[IllTyped]) -> NoReturn:
    problem = IllTyped(path, wanted, found(value))
    problems.append(problem)
    raise IllTypedField(problem)


def found(value: Any) -> str:
    """What a value is, in a reader's words."""
    names = {str: "a string", bool: "true or false", int: "a number", float: "a fraction", dict: "a mapping"}
    return "nothing" if value is None else names.get(type(value), "a list")
