"""Items of owner departments (소관 항목): every subject's value, one by one or in one workbook."""

from handlers.dialogue.book import Dialogue
from handlers.dialogue.errands import Work
from handlers.owner_items import applying, give, listing, spread, workbook

dialogue = Dialogue("owner_items")
dialogue.step("list", listing.show)
dialogue.step("item", listing.show_item, listing.take_item)
dialogue.step("give", give.show, give.take)
dialogue.step("running", workbook.show_running)
dialogue.step("book", workbook.show_book, guard=listing.may_leave)
dialogue.step("file", workbook.show_file, workbook.take_file)
dialogue.step("rejected", applying.show_rejected, guard=listing.may_leave)
dialogue.step("check", applying.show_check, applying.take_check, guard=listing.may_leave)
dialogue.step("applied", applying.show_applied, guard=listing.may_leave)
dialogue.step("spread", spread.show, guard=listing.may_leave)

ERRANDS: dict[str, Work] = {
    "owner_items_book": workbook.work,
    "owner_items_read": applying.work_read,
    "owner_items_apply": applying.work_apply,
    "owner_items_spread": spread.work,
}
