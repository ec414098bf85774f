"""Whether a request comes from Slack: its signature, checked before anything reads what it says.

docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime, timedelta

OLDEST, FARTHEST_AHEAD = timedelta(minutes=5), timedelta(seconds=30)
"""How long ago, and by a clock that is ahead of ours how far in the future, a request may have been signed."""
_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_genuine(secret: str, now: datetime, stamps: list[str], signatures: list[str], body: bytes) -> bool:
    """Whether `body` was signed with our secret a moment ago; `stamps` and `signatures` are all headers of those
    names, of which there has to be one each. Whatever they hold, nothing is raised."""
    if len(stamps) != 1 or len(signatures) != 1 or not _STAMP.fullmatch(stamps[0]):
        return False
    age = now.timestamp() - int(stamps[0])
    if not -FARTHEST_AHEAD.total_seconds() <= age <= OLDEST.total_seconds():
        return False
    signed = b"v0:" + stamps[0].encode() + b":" + body
    wanted = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    # As bytes: compare_digest raises on text that is not ASCII.
    return hmac.compare_digest(wanted.encode(), signatures[0].encode("utf-8", "replace"))
