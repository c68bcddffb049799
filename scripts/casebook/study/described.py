"""What all parts of a study.yaml share: keys that are described, and no other ones.

What the parts are is for the other modules of this room.
"""

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Model(BaseModel):
    """What all parts of a study share: no key that is not described, no change after reading.

    Only the command line gives numbers where texts are wanted: in a file all scalars are texts.
    Every job builds these classes, so nothing is done before it is needed.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values of some fields; what follows from them is found anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in vars(copied).keys() - type(self).model_fields.keys():
            del vars(copied)[name]
        return copied

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The schema, with what stands below each field: pydantic would read it in every job."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for part in reversed(cls.__mro__[: cls.__mro__.index(Model)]):
            for name, text in _below_fields(part).items():
                properties[name]["description"] = text
        return schema


@cache
def _below_fields(part: type) -> dict[str, str]:
    """The text below each field of a class, from its source."""
    source = ast.parse(inspect.getsource(part))
    return {
        field.target.id: inspect.cleandoc(str(text.value.value))
        for found in source.body
        if isinstance(found, ast.ClassDef)
        for field, text in pairwise(found.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }
