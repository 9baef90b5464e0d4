"""What makes sense in events.yaml across keys: effects, decisions, and the rules on how harm may be treated.

Nothing that a player or an agent can choose may harm civilians, harm may only cost whoever did it and opens nothing to
anybody, and what history records of it comes on its date, however anybody plays. Each rule that can be checked without
reading prose is here.
"""

from __future__ import annotations

import re
from typing import Any

from game.scenario.checks_ids import check_ids, check_two
from game.scenario.conditions import FUNCTIONS, ConditionError, read_condition
from game.scenario.schema_events import EffectEntry
from game.scenario.yamltree import Document

Path_ = tuple[str | int, ...]
Row = dict[str, Any]

_SENSITIVE_KINDS = ("atrocity", "famine")
_NEVER_CHOSEN = ("attacks", "expulsion", "labour")
"""Causes of harm that no option may have."""
_FORBIDDEN = re.compile(
    r"\b(kill|execut|massacr|purg|starv|deport|tortur|extermin|poison|chemical|human shield|child soldier)", re.I
)
"""Stems that no option's title may have."""
_GIVES = {
    "will": "points", "unity": "share", "money": "amount", "support": "share", "lift": "factor", "budget": "factor",
    "manpower": "men", "kits": "men", "aid_budget": "amount",
}  # fmt: skip
"""Effect -> its figure, which makes it a gain where it is above nothing, or above 1 for a factor."""
_MAY_GIVE = ("relief", "relation", "treaty", "policy", "inflow")
"""Effects that can give something to somebody whatever their figure."""
_OF_THE_CALENDAR = ("date", "year", "month")


def check_events(document: Document, landed: frozenset[str]) -> None:
    """Note every fault of sense in the events. `landed`: factions with forces on the map."""
    for path, row in document.rows("events"):
        if row.get("date") is None and row.get("when") is None:
            at = next(((*path, key) for key in ("date", "when") if key in row), path)
            document.add(at, "never", "this event would never happen", "give it a date, a `when`, or both")
        if row.get("kind") in _SENSITIVE_KINDS and row.get("sensitive") is not True:
            message = f"an event of kind '{row['kind']}' must be marked sensitive"
            document.add((*path, "kind"), "not-sensitive", message, "add 'sensitive: true'")
        _check_effects(document, (*path, "effects"), landed, None)
        _check_harm(document, path, row)
        _check_decision(document, path, row, landed)


def _effects(document: Document, path: Path_) -> list[tuple[Path_, str, Row]]:
    """Place, key and content of every effect in a list that does one thing."""
    found = []
    for at, effect in document.rows(*path):
        done = [(key, value) for key, value in effect.items() if isinstance(value, dict)]
        found += [((*at, key), key, value) for key, value in done]
    return found


def _check_effects(document: Document, path: Path_, landed: frozenset[str], decides: str | None) -> None:
    """`decides`: who chooses it, or None for what nobody chooses."""
    for at, effect in document.rows(*path):
        done = [key for key, value in effect.items() if value is not None]
        if len(done) != 1:
            remedy = (
                "write each on its own line with '- '" if done else f"say what: {', '.join(EffectEntry.model_fields)}"
            )
            document.add(at, "effect", f"an effect does one thing, not {len(done)}", remedy)
    for at, key, value in _effects(document, path):
        for first, second in (("between", ""), ("giver", "taker"), ("donor", "to"), ("by", "against"), ("by", "of")):
            names = value.get(first) if not second else [value.get(first), value.get(second)]
            if isinstance(names, list) and all(isinstance(name, str) for name in names):
                check_two(document, at, names)
        if key == "relief" and (value.get("country") is None) == (value.get("province") is None):
            document.add(at, "effect", "relief goes to a country or to a province", "name one of the two")
        parties = [value.get("giver"), value.get("taker")]
        theirs = all(isinstance(name, str) and name in landed for name in parties)
        if key == "treaty" and value.get("in_force") is True and theirs:
            message = "a treaty between factions on the map is theirs to make"
            document.add((*at, "in_force"), "forced-treaty", message, "leave out 'in_force': it is then proposed")
        if key == "policy" and value.get("faction") != decides:
            message = "a policy is set by a decision of the faction's own"
            document.add(at, "foreign-policy", message, "put it into an option of an event that asks the faction")


def _gains(effects: list[tuple[Path_, str, Row]]) -> list[tuple[Path_, str, str]]:
    """Place, key and faction of every effect that is a gain for somebody."""
    found = []
    for at, key, value in effects:
        if key in _GIVES:
            figure = value.get(_GIVES[key])
            nothing = 1.0 if key in ("lift", "budget") else 0.0
            if isinstance(figure, int | float) and figure > nothing:
                found.append((at, key, str(value.get("faction", value.get("movement")))))
        elif key == "weariness" and isinstance(value.get("points"), int | float) and value["points"] < 0:
            found.append((at, key, str(value.get("faction"))))
        elif key == "aid" and value.get("amount") != 0:
            found.append((at, key, str(value.get("to"))))
        elif key == "recognition" and value.get("withdrawn") is not True:
            found.append((at, key, str(value.get("of"))))
        elif key == "bond" and isinstance(value.get("points"), int | float) and value["points"] > 0:
            parties = value.get("between")
            found += [(at, key, str(name)) for name in parties] if isinstance(parties, list) else []
        elif key == "sanction" and value.get("lifted") is True:
            found.append((at, key, str(value.get("against"))))
        elif key == "stance" and value.get("stance") not in ("war", "hostile"):
            parties = value.get("between")
            found += [(at, key, str(name)) for name in parties] if isinstance(parties, list) else []
    return found


def _harm_rewarded(document: Document, at: Path_, who: str) -> None:
    message = f"harm to civilians would pay for '{who[:40]}'"
    document.add(at, "harm-rewarded", message, "harm may only cost whoever did it: take the gain out")


def _words(text: Any) -> frozenset[str]:
    """Functions and values in a condition; none if it cannot be read, which is noted elsewhere."""
    try:
        return read_condition(text).words() if isinstance(text, str) else frozenset()
    except ConditionError:
        return frozenset()


def word_of_harm(condition: Any) -> str:
    """The first word of a condition that counts what people suffer; empty if none does."""
    return next((w for w in sorted(_words(condition)) if w in FUNCTIONS and FUNCTIONS[w].of_harm), "")


def _check_opened_by_harm(document: Document, path: Path_, row: Row) -> None:
    """Where a condition counts what people suffer, none of the event's effects and options may give anything."""
    word = word_of_harm(row.get("when"))
    if not word:
        return
    lists = [(*path, "effects"), *((*at, "effects") for at, _ in document.rows(*path, "options"))]
    effects = [effect for at in lists for effect in _effects(document, at)]
    given = {at: key for at, key, _ in _gains(effects)} | {at: key for at, key, _ in effects if key in _MAY_GIVE}
    for at, key in given.items():
        message = f"what people suffer would open '{key}': the condition counts '{word}'"
        document.add(at, "harm-rewarded", message, "harm opens nothing: ask for a date, who governs or what was agreed")


def _check_harm(document: Document, path: Path_, row: Row) -> None:
    effects = _effects(document, (*path, "effects"))
    culprits = [value.get("by") for _, key, value in effects if key == "harm"]
    for at, _, who in _gains(effects):
        if who in culprits:
            _harm_rewarded(document, at, who)
    _check_opened_by_harm(document, path, row)
    if row.get("kind") == "atrocity":
        _check_background(document, path, row)
    for at, key, _ in effects:
        if key == "mines" and row.get("date") is None:
            document.add(at, "mines", "mines are laid by date", "give the event a date")


def _check_background(document: Document, path: Path_, row: Row) -> None:
    """An atrocity has its date, and asks at most whether those who did it exist."""
    if row.get("date") is None:
        message = "an atrocity of history comes on its date, not when the game has gone some way"
        document.add(path, "atrocity-branches", message, "give it a date")
    allowed = [name for name, function in FUNCTIONS.items() if function.of_existence]
    branching = sorted(_words(row.get("when")).difference(allowed, _OF_THE_CALENDAR))
    if branching:
        message = f"an atrocity of history does not hang on how the game goes: '{branching[0]}'"
        document.add(
            (*path, "when"), "atrocity-branches", message, f"give a date; it may ask only {', '.join(allowed)}"
        )


def _check_decision(document: Document, path: Path_, row: Row, landed: frozenset[str]) -> None:
    asks, options = row.get("asks"), document.rows(*path, "options")
    if not options and asks is None:
        return
    if asks is None or len(options) < 2:
        message = "a decision asks a faction and has two options at least"
        document.add(path, "decision", message, "give 'asks' and 'options', or neither")
    if row.get("kind") == "atrocity":
        message = "nobody decides on an atrocity"
        document.add((*path, "kind"), "atrocity-chosen", message, "take out 'asks' and 'options': it is a dated fact")
    defaults = [at for at, option in options if option.get("default") is True]
    for at in defaults[1:]:
        document.add((*at, "default"), "two-defaults", "a decision has one default", "leave it to one option")
    check_ids(document, "options", options)
    for at, option in options:
        _check_effects(document, (*at, "effects"), landed, asks if isinstance(asks, str) else None)
        _check_option(document, at, option, str(asks))


def _check_option(document: Document, path: Path_, option: Row, asks: str) -> None:
    title = option.get("title")
    found = _FORBIDDEN.search(title) if isinstance(title, str) else None
    if found is not None:
        message = f"no option may order this: '{found.group(1)}'"
        document.add((*path, "title"), "atrocity-chosen", message, "what history records of it is a dated event")
    effects = _effects(document, (*path, "effects"))
    harmful = False
    for at, key, value in effects:
        if key == "harm":
            if value.get("cause") not in _NEVER_CHOSEN:
                harmful = True
            else:
                message = f"harm by {value['cause']} cannot be chosen"
                document.add((*at, "cause"), "atrocity-chosen", message, "record it as a dated event with its costs")
        elif key == "mines":
            document.add(at, "mines", "mines over the land are no option", "record them as a dated event")
    for at, _, who in _gains(effects):
        if harmful and who == asks:
            _harm_rewarded(document, at, who)
    weighed = word_of_harm(option.get("ai"))
    if weighed:
        message = f"an agent may not weigh what people suffer: '{weighed}'"
        document.add((*path, "ai"), "harm-weighed", message, "weigh it by will, weariness, relations or support")
