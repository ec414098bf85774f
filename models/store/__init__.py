"""Engine, sessions, column types and migrations."""

from models.store.columns import decimal_field, enum_field, json_field
from models.store.compare import changed_one
from models.store.database import Database
from models.store.insert import insert_if_absent

__all__ = ["Database", "changed_one", "decimal_field", "enum_field", "insert_if_absent", "json_field"]
