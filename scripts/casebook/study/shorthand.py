"""Parts of a study.yaml that can be written in a shorter way, too.

Which parts those are is for the other modules of this room.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

JsonSchema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Marks a part of a study that can be written in a shorter way.

    Attributes:
        in_full: The part in full, of how it is written and what is known of the study above it.
        schemas: The shorter ways as JSON Schema says them, given what it says of the part in full.
    """

    in_full: Callable[[object, ValidationInfo], object]
    schemas: Callable[[JsonSchema], list[JsonSchema]]

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The part, in full or not."""
        return core_schema.with_info_before_validator_function(self.in_full, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        """The same as JSON Schema says it."""
        in_full = handler(schema)
        return {"anyOf": [in_full, *self.schemas(in_full)]}


def or_text(key: str) -> Shorthand:
    """A part that can be written as a text, which is then what this key of it says."""

    def in_full(written: object, _: ValidationInfo) -> object:
        return {key: written} if isinstance(written, str) else written

    return Shorthand(in_full, lambda _: [{"type": "string"}])


def _listed(written: object, _: ValidationInfo) -> object:
    return written if isinstance(written, list | tuple | Mapping) else [written]


ONE_OR_MORE = Shorthand(_listed, lambda in_full: [in_full["items"]])
"""A list that can be written as its only item."""
