"""Every call checked against the published schema of the Bot API.

The schema is PaulSonOfLars/telegram-bot-api-spec without its descriptions (MIT, see LICENSE.telegram-bot-api-spec).
The real server passes over what it does not know and reads what it can out of a wrong type. This one refuses both,
since either is a slip of the caller.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.kit.telegram.refusals import bad_request

SCHEMA = Path(__file__).with_name("telegram_bot_api.json")
LIST = "Array of "
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "Message text is empty",
    "file_id": "file_id not specified",
    "document": "There is no document in the request",
    "photo": "There is no photo in the request",
}
"""The server's words where a required parameter is missing; of all others it says that they are required."""


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Field:
    name: str
    types: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True)
class Method:
    name: str
    fields: dict[str, Field]


class Wrong(Exception):
    """A value that does not fit the schema."""


class Schema:
    """The methods and types of the Bot API."""

    def __init__(self, path: Path = SCHEMA) -> None:
        published = json.loads(path.read_text(encoding="utf-8"))
        self.methods = {
            name.lower(): Method(name, _fields(entry)) for name, entry in published["methods"].items()
        }
        self._types: dict[str, dict[str, Field]] = {
            name: _fields(entry) for name, entry in published["types"].items()
        }
        self._kinds: dict[str, list[str]] = {
            name: entry["subtypes"] for name, entry in published["types"].items() if "subtypes" in entry
        }

    def read(
        self,
        method: Method,
        given: Mapping[str, Any],
        uploads: Mapping[str, Upload],
        complain: Callable[[str], None],
    ) -> dict[str, Any]:
        """The parameters of a call as values of their types; what was given empty counts as not given.

        Raises:
            Refused: a parameter is missing, unknown or of another type; a caller's slip is complained about as well.
        """
        parameters: dict[str, Any] = {}
        for name, value in given.items():
            field = method.fields.get(name)
            if field is None:
                complain(f"{method.name} has no parameter {name!r}")
                raise bad_request(f'unknown parameter "{name}"')
            if value == "":
                continue
            try:
                parameters[name] = self._read_parameter(field, value)
            except Wrong as wrong:
                complain(f"{method.name}: {wrong}")
                raise bad_request(f"wrong parameter: {wrong}") from None
        for name, field in method.fields.items():
            if field.is_required and name not in parameters and name not in uploads:
                raise bad_request(MISSING.get(name, f'Parameter "{name}" is required'))
        self._check_uploads(method, given, uploads, complain)
        return parameters

    def _check_uploads(
        self,
        method: Method,
        given: Mapping[str, Any],
        uploads: Mapping[str, Upload],
        complain: Callable[[str], None],
    ) -> None:
        for name in uploads:
            field = method.fields.get(name)
            if field is not None and "InputFile" in field.types:
                continue
            if not any(f"attach://{name}" in str(value) for value in given.values()):
                complain(f"{method.name}: nothing stands for the file {name!r}")
                raise bad_request(f'unknown parameter "{name}"')

    def _read_parameter(self, field: Field, value: Any) -> Any:
        """A parameter arrives as text, unless the whole call is JSON."""
        if isinstance(value, str):
            if "String" in field.types:
                return value
            if "InputFile" in field.types:
                if value.startswith("attach://"):
                    return value
                raise Wrong(f"{field.name} must be a file")
            try:
                value = json.loads(value)
            except ValueError:
                raise Wrong(f"can't parse {field.name} JSON object") from None
        return self._check(value, field.types, field.name)

    def _check(self, value: Any, types: tuple[str, ...], where: str) -> Any:
        slips: list[Wrong] = []
        for kind in types:
            try:
                return self._check_one(value, kind, where)
            except Wrong as wrong:
                slips.append(wrong)
        # Of several types that do not fit, the one that came furthest has the most to tell.
        raise max(slips, key=lambda slip: len(str(slip)))

    def _check_one(self, value: Any, kind: str, where: str) -> Any:
        if kind.startswith(LIST):
            if not isinstance(value, list):
                raise Wrong(f"{where} must be an Array")
            rest = (kind.removeprefix(LIST),)
            return [self._check(one, rest, f"{where}[{place}]") for place, one in enumerate(value)]
        if kind in self._kinds:
            return self._check(value, tuple(self._kinds[kind]), where)
        if kind in self._types:
            return self._check_object(value, kind, where)
        if not SIMPLE[kind](value):
            raise Wrong(f"{where} must be {kind}")
        return value

    def _check_object(self, value: Any, kind: str, where: str) -> Any:
        if not isinstance(value, dict):
            raise Wrong(f"{where} must be {kind}")
        fields = self._types[kind]
        for name in fields:
            if fields[name].is_required and name not in value:
                raise Wrong(f'{where}: can\'t find field "{name}"')
        for name, part in value.items():
            if name not in fields:
                raise Wrong(f"{where}: {kind} has no field {name!r}")
            self._check(part, fields[name].types, f"{where}.{name}")
        return value


SIMPLE: dict[str, Callable[[Any], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}


def _fields(entry: Mapping[str, Any]) -> dict[str, Field]:
    return {
        one["name"]: Field(one["name"], tuple(one["types"]), one["required"])
        for one in entry.get("fields", [])
    }
