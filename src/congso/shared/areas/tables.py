"""How a model is stored, for constraints and SQL of our own."""

from typing import Any

from django.db.models import Field, Model, QuerySet
from django.db.models.options import Options


def options[M: Model](model: type[M]) -> "Options[M]":
    """Return Django's description of a model."""
    return model._meta  # noqa: SLF001 - it is public API in spite of its name


def rows_of[M: Model](model: type[M]) -> "QuerySet[M]":
    """Return all rows of a model, in no order."""
    return model._default_manager.order_by()  # noqa: SLF001 - it is public API in spite of its name


def column_of(model: type[Model], name: str) -> str:
    """Return the column that stores a field, named as ``organ`` or ``organ_id``."""
    return str(field_of(model, name).column)


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """Return a concrete field, named as ``organ`` or ``organ_id``."""
    for field in options(model).concrete_fields:
        if name in {field.name, field.attname}:
            return field
    raise LookupError(f"{model.__name__} has no column for {name}")
