"""Values of the library as plain ones (lists, texts, numbers), which JSON holds, and back, by the types of fields.

Only what the types allow is made again, never anything that the plain values name: they may come from anywhere.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

Maker = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Return a value as plain ones: of a dataclass its fields in order, of a mapping its pairs."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return [[to_plain(key), to_plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(map(to_plain, value))
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    return [to_plain(getattr(value, name)) for name in _names(kind)]


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@functools.cache
def maker_of(kind: Any) -> Maker:
    """Return what makes a value of a type of its plain form, and raises ValueError or TypeError for any other.

    Types are those that fields of ``core/models.py`` have; raises TypeError for another."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(origin or kind):
        return _record_maker(origin or kind, inner)
    if origin is not None:
        return _holder_maker(origin, inner)
    kind = getattr(kind, "__supertype__", kind)
    if kind in (str, int, float, bool):
        return functools.partial(_same, (int, float) if kind is float else kind)
    if isinstance(kind, type) and issubclass(kind, str | Enum):  # a text with a form of its own
        return kind
    raise TypeError(f"no plain form: {kind}")


def _holder_maker(origin: Any, inner: tuple[Any, ...]) -> Maker:
    """Return what makes a tuple, a set, a mapping, or what may be None."""
    makers = [maker_of(one) for one in inner if one not in (types.NoneType, ...)]
    first = makers[0]
    if origin in (types.UnionType, typing.Union) and len(makers) == 1:
        return lambda plain: None if plain is None else first(plain)
    if origin is tuple and inner[-1] is ...:
        return lambda plain: tuple(map(first, plain))
    if origin is tuple:
        return lambda plain: tuple(make(item) for make, item in zip(makers, plain, strict=True))
    if origin is frozenset:
        return lambda plain: frozenset(map(first, plain))
    if origin is dict:
        return lambda plain: {first(key): makers[1](item) for key, item in plain}
    raise TypeError(f"no plain form: {origin}")


def _same(kind: type | tuple[type, ...], plain: Any) -> Any:
    if not isinstance(plain, kind):
        raise TypeError(f"{plain!r} is no {kind}")
    return plain


def _record_maker(kind: Any, inner: tuple[Any, ...]) -> Maker:
    """Return what makes a dataclass of its fields; ``inner`` are the types that stand for its parameters."""
    meant = dict(zip(getattr(kind, "__parameters__", ()), inner, strict=False))
    hints = typing.get_type_hints(kind)
    makers = [maker_of(meant.get(hints[name], hints[name])) for name in _names(kind)]

    def make(plain: Any) -> Any:
        return kind(*[maker(item) for maker, item in zip(makers, plain, strict=True)])

    return make
