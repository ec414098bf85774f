"""A rule as it stands in the columns of a line, and what is wrong with it, apart from its target and with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from models.scoring import Kind, Rule, check_rule, read_stages, read_steps
from models.words import Phrase

OF_THE_RULE = ("kind", "baseline", "low", "high", "loss_per_unit", "steps", "floor", "cap", "digits")


def rule_of(values: Mapping[str, Any]) -> Rule:
    """The rule in the columns of a line, without a target. Raises Refusal for a bad table."""
    staged = values["kind"] is Kind.MILESTONE
    return Rule(
        **{name: values[name] for name in OF_THE_RULE if name != "steps"},
        steps=() if staged else read_steps(values["steps"]),
        stages=read_stages(values["steps"]) if staged else (),
    )


def against(rule: Rule, target: Decimal | None) -> list[Phrase]:
    """What is wrong with the target, leaving out what is wrong with the rule whatever the target."""
    phrases = check_rule(replace(rule, target=target))
    own = check_rule(with_harmless_target(rule)) if phrases else []
    return [phrase for phrase in phrases if phrase not in own]


def with_harmless_target(rule: Rule) -> Rule:
    """The rule with a target that no kind objects to."""
    return replace(rule, target=Decimal(1) if rule.baseline != 1 else Decimal(2))
