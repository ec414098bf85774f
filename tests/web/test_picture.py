"""The picture of a notice on the web: shown from a link of its reader's own, as the image it is."""

from __future__ import annotations

from bot.web.draw import draw_line
from models.evidence.table import receive
from models.messaging.account import Account
from models.messaging.web import WebLine
from tests.kit import files
from tests.kit.served import Served


def made_for(served: Served, person: str) -> tuple[int, str]:
    """The person's account, and the reference of a picture made for them."""
    with served.house.vault.receiving() as incoming:
        incoming.write(files.png())
        kept = incoming.keep("민원처리율 연말 전망.png")
    owner = served.city.people[person]
    parcel = served.write(lambda session: receive(session, served.clock.now(), owner, kept).id)
    served.session(person)
    [account] = served.rows(Account, Account.person_id == owner)
    return account.id or 0, f"parcel:{parcel}"


def address_of(served: Served, account_id: int, reference: str) -> str:
    """What the page is given as the picture's address."""
    body = {"kind": "notice", "picture": {"name": "a.png", "size": 1, "reference": reference}}
    line = WebLine(id=1, account_id=account_id, screen_id=1, body=body, at=served.clock.now())
    return str(draw_line(line, "ko", served.house.links)["body"]["picture"]["href"])


async def test_it_is_given_as_an_image_to_its_reader(served: Served) -> None:
    address = address_of(served, *made_for(served, "officer"))
    answer = await served.client.get(address, headers=served.cookies("officer"))
    assert (answer.status_code, answer.content) == (200, files.png())
    assert answer.headers["content-type"] == "image/png"
    # Opened by itself it is a file, and nothing in it runs.
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox"


async def test_it_is_given_to_nobody_else(served: Served) -> None:
    address = address_of(served, *made_for(served, "officer"))
    served.session("evaluator")
    assert (await served.client.get(address, headers=served.cookies("evaluator"))).status_code == 404
    _, reference = made_for(served, "officer")
    account_id, _ = made_for(served, "evaluator")
    foreign = address_of(served, account_id, reference)
    assert (await served.client.get(foreign, headers=served.cookies("evaluator"))).status_code == 404


async def test_the_page_may_show_pictures_of_this_server(served: Served) -> None:
    answer = await served.client.get("/login")
    assert "img-src 'self'" in answer.headers["content-security-policy"]
