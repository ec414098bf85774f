"""Arrivals: kept once, in order, an album together, tried again after pauses, and at last given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import select

from models.messaging.account import Messenger
from models.messaging.arrival import Arrival, ArrivalState, done, failed, keep, waiting
from models.messaging.inbox import Inbox
from models.store import Database
from tests.kit.city import JULY

SECOND = timedelta(seconds=1)


def _keeps(
    database: Database,
    key: str,
    address: str = "1",
    messenger: Messenger = Messenger.TELEGRAM,
    bundle: str = "",
    ready_at: datetime = JULY,
) -> bool:
    with database.write() as session:
        return keep(session, JULY, key, messenger, address, {"key": key}, ready_at=ready_at, bundle=bundle)


def _waiting(database: Database, messenger: Messenger = Messenger.TELEGRAM) -> list[list[Arrival]]:
    with database.read() as session:
        return waiting(session, messenger)


def _keys(bundles: list[list[Arrival]]) -> list[list[str]]:
    return [[arrival.payload["key"] for arrival in bundle] for bundle in bundles]


def _all(database: Database) -> list[Arrival]:
    with database.read() as session:
        return list(session.exec(select(Arrival)))


def test_what_comes_is_kept_once_under_its_key(any_database: Database) -> None:
    assert _keeps(any_database, "m1")
    assert not _keeps(any_database, "m1")
    assert len(_all(any_database)) == 1
    with any_database.read() as session:
        assert session.get(Inbox, "telegram:1:m1") is not None


def test_a_key_is_its_address_s_and_its_messenger_s_own(any_database: Database) -> None:
    assert _keeps(any_database, "m1") and _keeps(any_database, "m1", "2")
    assert _keeps(any_database, "m1", messenger=Messenger.SLACK)
    assert _keys(_waiting(any_database)) == [["m1"], ["m1"]]
    assert _keys(_waiting(any_database, Messenger.SLACK)) == [["m1"]]


def test_of_one_address_only_the_first_waits_to_be_taken(any_database: Database) -> None:
    for key, address in (("a", "1"), ("b", "1"), ("c", "2"), ("d", "1")):
        _keeps(any_database, key, address)
    assert _keys(_waiting(any_database)) == [["a"], ["c"]]
    first = _waiting(any_database)[0]
    with any_database.write() as session:
        assert done(session, first)
    assert _keys(_waiting(any_database)) == [["b"], ["c"]]


def test_an_album_is_taken_together_and_waits_for_its_last_picture(any_database: Database) -> None:
    for number in range(3):
        ready_at = JULY + number * SECOND
        assert _keeps(any_database, f"p{number}", bundle="album", ready_at=ready_at)
    _keeps(any_database, "after")
    [album] = _waiting(any_database)
    assert [arrival.payload["key"] for arrival in album] == ["p0", "p1", "p2"]
    assert {arrival.ready_at for arrival in album} == {JULY + 2 * SECOND}


def test_an_album_of_another_s_does_not_wait_for_it(any_database: Database) -> None:
    _keeps(any_database, "a", bundle="album")
    _keeps(any_database, "b", "2", bundle="album", ready_at=JULY + 9 * SECOND)
    _keeps(any_database, "c", messenger=Messenger.SLACK, bundle="album", ready_at=JULY + 9 * SECOND)
    assert [bundle[0].ready_at for bundle in _waiting(any_database)] == [JULY, JULY + 9 * SECOND]


def test_words_between_two_albums_keep_them_apart(any_database: Database) -> None:
    for key, bundle in (("a", "one"), ("words", ""), ("b", "two")):
        _keeps(any_database, key, bundle=bundle)
    assert _keys(_waiting(any_database)) == [["a"]]


def test_what_has_no_bundle_is_taken_one_by_one(any_database: Database) -> None:
    _keeps(any_database, "a")
    _keeps(any_database, "b")
    assert _keys(_waiting(any_database)) == [["a"]]


def test_what_is_done_is_gone_and_only_one_has_done_it(any_database: Database) -> None:
    _keeps(any_database, "p0", bundle="album")
    _keeps(any_database, "p1", bundle="album")
    [album] = _waiting(any_database)
    with any_database.write() as session:
        assert done(session, album)
    with any_database.write() as session:
        assert not done(session, album)
    assert not _all(any_database)
    assert not _keeps(any_database, "p0", bundle="album")


def test_what_fails_is_tried_again_after_longer_and_longer_pauses_then_given_up(
    any_database: Database,
) -> None:
    _keeps(any_database, "p0", bundle="album")
    _keeps(any_database, "p1", bundle="album")
    now, pauses = JULY, []
    for _ in range(3):
        [album] = _waiting(any_database)
        with any_database.write() as session:
            assert not failed(session, now, album, "TimeoutError")
        [album] = _waiting(any_database)
        assert len({arrival.ready_at for arrival in album}) == 1
        pauses.append(album[0].ready_at - now)
        now = album[0].ready_at
    assert pauses == [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2)]
    with any_database.write() as session:
        assert failed(session, now, album, "E" * 400)
    assert not _waiting(any_database)
    assert [(one.state, one.tries, one.fault) for one in _all(any_database)] == [
        (ArrivalState.FAILED, 4, "E" * 300)
    ] * 2


def test_what_was_given_up_holds_nothing_else_back(any_database: Database) -> None:
    _keeps(any_database, "a")
    _keeps(any_database, "b")
    for _ in range(4):
        [bundle] = _waiting(any_database)
        with any_database.write() as session:
            failed(session, JULY, bundle, "ValueError")
    assert _keys(_waiting(any_database)) == [["b"]]


def test_whoever_holds_one_that_is_done_does_not_delete_what_came_after_it(any_database: Database) -> None:
    assert _keeps(any_database, "first")
    (held,) = _waiting(any_database)
    with any_database.write() as session:
        assert done(session, held)
    assert _keeps(any_database, "second")
    with any_database.write() as session:
        assert not done(session, held)
    assert _keys(_waiting(any_database)) == [["second"]]


def test_of_an_album_that_somebody_else_began_to_take_nothing_is_lost(any_database: Database) -> None:
    for key in ("a", "b"):
        _keeps(any_database, key, bundle="album")
    (bundle,) = _waiting(any_database)
    with any_database.write() as session:
        assert done(session, bundle[:1])
    with any_database.write() as session:
        assert not done(session, bundle)
    assert _keys(_waiting(any_database)) == [["b"]]
