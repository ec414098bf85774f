"""One-time upload links: good once, for an hour, and known to the database only by their hash."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from models.messaging.account import Messenger
from models.messaging.linking import link
from models.messaging.upload_link import (
    LINK_LASTS,
    UploadLink,
    find_upload_link,
    make_upload_link,
    use_upload_link,
)
from models.store import Database
from tests.kit.city import JULY, small_city


@pytest.fixture
def account(any_database: Database, tmp_path: Path) -> int:
    """김담당's on Telegram."""
    city = small_city(tmp_path, any_database)
    with any_database.write() as session:
        return link(session, JULY, Messenger.TELEGRAM, "4711", city.people["officer"]).id or 0


@pytest.fixture
def key(any_database: Database, account: int) -> str:
    with any_database.write() as session:
        return make_upload_link(session, JULY, account)


def test_it_leads_to_the_account_it_was_made_for(any_database: Database, account: int, key: str) -> None:
    with any_database.read() as session:
        found = find_upload_link(session, JULY, key)
    assert found is not None
    assert (found.account_id, found.expires_at) == (account, JULY + LINK_LASTS)


def test_the_key_itself_is_not_kept(any_database: Database, key: str) -> None:
    with any_database.read() as session:
        [row] = session.exec(select(UploadLink)).all()
    assert len(key) == 32 and key not in repr(row) and len(row.key_hash) == 64


def test_it_is_good_once(any_database: Database, key: str) -> None:
    with any_database.write() as session:
        assert use_upload_link(session, JULY, key)
    with any_database.write() as session:
        assert not use_upload_link(session, JULY, key)
        assert find_upload_link(session, JULY, key) is None


def test_it_is_good_for_an_hour(any_database: Database, key: str) -> None:
    with any_database.write() as session:
        assert find_upload_link(session, JULY + LINK_LASTS, key) is None
        assert not use_upload_link(session, JULY + LINK_LASTS, key)
        assert use_upload_link(session, JULY, key)


def test_another_key_is_no_key(any_database: Database, key: str) -> None:
    with any_database.write() as session:
        for wrong in ("", key[:-1], key + " ", key.swapcase()):
            assert find_upload_link(session, JULY, wrong) is None
            assert not use_upload_link(session, JULY, wrong)


def test_one_account_may_have_several(any_database: Database, account: int, key: str) -> None:
    with any_database.write() as session:
        other = make_upload_link(session, JULY, account)
        assert other != key and use_upload_link(session, JULY, other)
        assert find_upload_link(session, JULY, key) is not None
