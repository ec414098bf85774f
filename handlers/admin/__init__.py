"""The administrator's work: importing a plan, progress of the city, export, periods, link codes, messages."""

from handlers.admin import codes, deliveries, export, home, import_plan, periods, progress
from handlers.dialogue.book import Dialogue

dialogue = Dialogue("admin")
dialogue.step("home", home.show)
dialogue.step("import", import_plan.show, import_plan.take)
dialogue.step("import_running", import_plan.show_running)
dialogue.step("import_done", import_plan.show_done)
dialogue.step("import_rejected", import_plan.show_rejected)
dialogue.step("progress", progress.show)
dialogue.step("export", export.show, export.take)
dialogue.step("export_running", export.show_running)
dialogue.step("export_done", export.show_done)
dialogue.step("periods", periods.show)
dialogue.step("period", periods.show_one, periods.take_one)
dialogue.step("reopen", periods.show_reopen, periods.take_reopen)
dialogue.step("codes", codes.show, codes.take)
dialogue.step("code", codes.show_code)
dialogue.step("deliveries", deliveries.show)

ERRANDS = {"import": import_plan.work, "export": export.work}
