"""The administrator's work: importing a plan, progress of the city, export, periods, codes, messages."""

from handlers.admin import (
    codes,
    deliveries,
    export,
    home,
    import_plan,
    periods,
    plan_template,
    progress,
    unreachable,
)
from handlers.dialogue.book import Data, Dialogue
from handlers.dialogue.talk import Talk
from models.organization import Role
from models.words import say


def _may_leave(talk: Talk, _data: Data) -> bool:
    """Asked again when a screen leaves for its reader."""
    return talk.standing.has(Role.ADMINISTRATOR)


_FILE_READY = say("요청하신 파일이 준비되었습니다.")
_IMPORTED = say("요청하신 등록 작업이 끝났습니다.")

dialogue = Dialogue("admin")
dialogue.step("home", home.show, plan_template.take, guard=_may_leave)
dialogue.step("import", import_plan.show, import_plan.take, guard=_may_leave)
dialogue.step("import_running", import_plan.show_running, guard=_may_leave)
dialogue.step("import_done", import_plan.show_done, guard=_may_leave, ring=_IMPORTED)
dialogue.step("import_rejected", import_plan.show_rejected, guard=_may_leave, ring=_IMPORTED)
dialogue.step("template_running", plan_template.show_running, guard=_may_leave)
dialogue.step("template_done", plan_template.show_done, guard=_may_leave, ring=_FILE_READY)
dialogue.step("progress", progress.show, guard=_may_leave)
dialogue.step("export", export.show, export.take, guard=_may_leave)
dialogue.step("export_running", export.show_running, guard=_may_leave)
dialogue.step("export_done", export.show_done, guard=_may_leave, ring=_FILE_READY)
dialogue.step("periods", periods.show, guard=_may_leave)
dialogue.step("period", periods.show_one, periods.take_one, guard=_may_leave)
dialogue.step("reopen", periods.show_reopen, periods.take_reopen, guard=_may_leave)
dialogue.step("codes", codes.show, codes.take, guard=_may_leave)
dialogue.step("code", codes.show_code, guard=_may_leave)
dialogue.step("deliveries", deliveries.show, guard=_may_leave)
dialogue.step(
    "unreachable",
    unreachable.show,
    guard=_may_leave,
    ring=say("알림을 받지 못하는 직원이 있습니다. 확인해 주세요."),
)

ERRANDS = {"import": import_plan.work, "export": export.work, "template": plan_template.work}
