"""Block elements and composition objects with their published limits (docs.slack.dev/reference/block-kit)."""

from __future__ import annotations

from typing import Any

from tests.kit.slack.checks import (
    Check,
    Report,
    anything,
    array,
    boolean,
    by_type,
    matching,
    number,
    one_of,
    shape,
    string,
    text,
)

ANY_TEXT = ("plain_text", "mrkdwn")
ADDRESS = matching(r"https?://[\s\S]{1,2990}", "a valid URL")
DATE = matching(r"\d{4}-\d{2}-\d{2}", "a date in the format YYYY-MM-DD")
TIME = matching(r"\d{2}:\d{2}", "a time in the format HH:mm")

CONFIRM = shape(
    {"title": text(100), "text": text(300, *ANY_TEXT), "confirm": text(30), "deny": text(30)},
    {"style": one_of("primary", "danger")},
)


def option(*kinds: str) -> Check:
    return shape(
        {"text": text(75, *kinds), "value": string(150)},
        {"description": text(75, *kinds), "url": string(3000)},
    )


def all_options(element: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of an element, those in groups included."""
    grouped = [one for group in element.get("option_groups", []) for one in group["options"]]
    return [*element.get("options", []), *grouped]


def _options_or_groups(report: Report, element: Any, path: str) -> None:
    if ("options" in element) == ("option_groups" in element):
        report.add("must provide exactly one of options and option_groups", path)


def _initial_is_offered(report: Report, element: Any, path: str) -> None:
    initial = [element["initial_option"]] if "initial_option" in element else []
    for one in [*initial, *element.get("initial_options", [])]:
        if one not in all_options(element):
            report.add("initial option must match one of the options", path)


def _lengths_in_order(report: Report, element: Any, path: str) -> None:
    if element.get("min_length", 0) > element.get("max_length", 3000):
        report.add("min_length must not be greater than max_length", path)


COMMON: dict[str, Check] = {"action_id": string(255), "confirm": CONFIRM, "focus_on_load": boolean}
PLACEHOLDER: dict[str, Check] = {"placeholder": text(150)}
WRITTEN: dict[str, Check] = {
    "action_id": string(255),
    "initial_value": string(3000),
    "dispatch_action_config": shape({}, {"trigger_actions_on": array(string(30), 2)}),
    "focus_on_load": boolean,
    **PLACEHOLDER,
}
LISTED: dict[str, Check] = {
    "options": array(option(), 100),
    "option_groups": array(shape({"label": text(75), "options": array(option(), 100)}, {}), 100),
}
SOME: dict[str, Check] = {"max_selected_items": number(1, 1000)}


def _choice(most: int, *initial: str) -> Check:
    offered = array(option(*ANY_TEXT), most)
    first = {name: offered if name == "initial_options" else option(*ANY_TEXT) for name in initial}
    return shape({"options": offered}, COMMON | first, _initial_is_offered)


def _menu(**more: Check) -> Check:
    return shape({}, COMMON | PLACEHOLDER | more)


FILE_KIND = matching(r"[a-z0-9_]{1,20}", "a file extension")

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": text(75)},
        {
            "action_id": string(255),
            "url": ADDRESS,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "image": shape({"alt_text": string(2000)}, {"image_url": ADDRESS, "slack_file": anything}),
    "overflow": shape(
        {"options": array(option(*ANY_TEXT), 5)}, {"action_id": string(255), "confirm": CONFIRM}
    ),
    "static_select": shape(
        {},
        COMMON | PLACEHOLDER | LISTED | {"initial_option": option()},
        _options_or_groups,
        _initial_is_offered,
    ),
    "multi_static_select": shape(
        {},
        COMMON | PLACEHOLDER | LISTED | SOME | {"initial_options": array(option(), 100)},
        _options_or_groups,
        _initial_is_offered,
    ),
    "external_select": _menu(initial_option=option(), min_query_length=number(0, 3000)),
    "users_select": _menu(initial_user=string(255)),
    "multi_users_select": _menu(initial_users=array(string(255), 100), **SOME),
    "conversations_select": _menu(
        initial_conversation=string(255), default_to_current_conversation=boolean, filter=anything
    ),
    "channels_select": _menu(initial_channel=string(255)),
    "radio_buttons": _choice(10, "initial_option"),
    "checkboxes": _choice(10, "initial_options"),
    "datepicker": shape({}, COMMON | PLACEHOLDER | {"initial_date": DATE}),
    "timepicker": shape({}, COMMON | PLACEHOLDER | {"initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": shape({}, COMMON | {"initial_date_time": number(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": shape(
        {},
        WRITTEN | {"multiline": boolean, "min_length": number(0, 3000), "max_length": number(1, 3000)},
        _lengths_in_order,
    ),
    "number_input": shape(
        {"is_decimal_allowed": boolean}, WRITTEN | {"min_value": string(255), "max_value": string(255)}
    ),
    "email_text_input": shape({}, WRITTEN),
    "url_text_input": shape({}, WRITTEN),
    "file_input": shape(
        {}, {"action_id": string(255), "filetypes": array(FILE_KIND, 100), "max_files": number(1, 10)}
    ),
}

MENUS = {name for name in ELEMENTS if name.endswith("_select")}
PICKED = {*MENUS, "radio_buttons", "checkboxes", "datepicker", "timepicker"}
IN_SECTION = {*PICKED, "button", "image", "overflow"}
IN_ACTIONS = {*PICKED, "button", "overflow", "datetimepicker"}
WRITTEN_IN = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
IN_INPUT = {*PICKED, *WRITTEN_IN, "datetimepicker", "file_input"}


def element(allowed: set[str]) -> Check:
    return by_type(ELEMENTS, allowed)
