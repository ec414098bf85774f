"""Files are looked into right here, as in the dialogue tests: the child process has tests of its own."""

from tests.dialogues.conftest import no_child

__all__ = ["no_child"]
