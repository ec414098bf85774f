"""A city's data as a whole: a backup of it, its return from one, and whether it is in order."""

from bot.database.archive import BackupError, Manifest
from bot.database.backup import backup
from bot.database.check import Findings, check
from bot.database.restore import restore

__all__ = ["BackupError", "Findings", "Manifest", "backup", "check", "restore"]
