"""Slack's limits, as published at docs.slack.dev; every number of Slack's that we keep to stands here."""

from __future__ import annotations

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT = 4_000
"""Characters of a message's fallback text that Slack recommends not to pass."""
MESSAGE_SIZE, BLOCK_COST = 13_000, 125
"""All texts of a message's blocks together, each block costing some. Slack refuses more with msg_blocks_too_long,
at about 13,200 (slackapi/bolt-js#2509)."""
SECTION, FIELD, FIELDS = 3_000, 2_000, 10
HEADER, CONTEXT, CONTEXT_ELEMENTS = 150, 3_000, 10
ACTIONS, BUTTON, BUTTON_VALUE, ACTION_ID, BLOCK_ID = 25, 75, 2_000, 255, 255
BUTTON_SHOWS = 30
"""Characters of a button that are surely shown; of Korean ones about half as many."""
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
OPTION, OPTION_VALUE, OPTIONS, RADIO_BUTTONS, CHECKBOXES = 75, 150, 100, 10, 10
PLACEHOLDER, LABEL, HINT, FIELD_ERROR = 150, 2_000, 2_000, 2_000
TYPED = 3_000
"""Characters that may be typed into one input."""
MODAL_TITLE, MODAL_BUTTON, PRIVATE_METADATA = 24, 24, 3_000
FILES, FILE_BYTES = 10, 10_000_000
"""Files of one file_input, and bytes of one of them."""

A_MINUTE = 60.0
"""Seconds in which a tier's calls are counted."""
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute of one method, by its tier."""
METHODS = {
    "apps.connections.open": 1,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.open": 3,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "users.info": 4,
    "users.lookupByEmail": 3,
    "views.open": 4,
    "views.publish": 4,
    "views.update": 4,
}
"""The tier of each method that is called. chat.postMessage has none: it is counted by channel."""
POSTS, POSTS_SECONDS = 1, 1.0
"""Messages a channel takes in so many seconds."""
