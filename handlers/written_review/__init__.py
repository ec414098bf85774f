"""The written part of a consultation: papers, views, notes, and the tasks that come of them."""

from handlers.dialogue.book import Dialogue
from handlers.written_review import department, note, paper, sent, tasks, view, views, write
from handlers.written_review.place import may_see_part
from models.words import say

dialogue = Dialogue("written_review")
dialogue.step(
    "paper", paper.show, paper.take, guard=paper.may_leave, ring=say("서면검토 자료에 관한 소식이 있습니다.")
)
dialogue.step("write", write.show, write.take, guard=may_see_part)
dialogue.step("handed_in", paper.show_handed_in, guard=may_see_part)
dialogue.step("views", views.show)
dialogue.step("department", department.show, department.take, guard=may_see_part)
dialogue.step("view", view.show, view.take)
dialogue.step("saved", view.show_saved)
dialogue.step("views_sent", department.show_sent, guard=may_see_part)
dialogue.step("sent", sent.show, guard=may_see_part, ring=say("컨설턴트의 의견이 도착했습니다."))
dialogue.step("notes", department.show_notes, guard=may_see_part)
dialogue.step("send_notes", note.show_form, note.take_form, guard=may_see_part)
dialogue.step("notes_sent", note.show_sent, guard=may_see_part)
dialogue.step("result", note.show_result, guard=note.may_hear, ring=say("컨설팅 결과가 도착했습니다."))
dialogue.step(
    "corrected", note.show_corrected, guard=note.may_hear_of, ring=say("컨설팅 결과가 고쳐졌습니다.")
)
dialogue.step("tasks", tasks.show_list)
dialogue.step("task", tasks.show, guard=tasks.may_leave, ring=say("답변하실 컨설팅 보완 사항이 있습니다."))
dialogue.step("answer", tasks.show_answer, tasks.take_answer, guard=tasks.may_leave)
dialogue.step("answered", tasks.show_answered)
dialogue.step("reopen", tasks.show_reopen, tasks.take_reopen, guard=tasks.may_leave)
dialogue.step(
    "all_answered",
    tasks.show_all_answered,
    guard=may_see_part,
    ring=say("부서가 고칠 점에 모두 답했습니다."),
)
