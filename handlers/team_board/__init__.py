"""A team lead's view of the department: who has handed in what, what is missing, what is late."""

from handlers.dialogue.book import Dialogue
from handlers.team_board import board

dialogue = Dialogue("team_board")
dialogue.step("board", board.show)
dialogue.step("periods", board.show_periods)
