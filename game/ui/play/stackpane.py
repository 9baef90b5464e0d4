"""The panel of the selected stack: its forces, the chosen one's figures, the orders it can be given."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.core.columns import force
from game.core.ids import OFF_MAP, ForceId, ForceKind, Order
from game.ui.actions import Action
from game.ui.brush import Act, Brush, Tip
from game.ui.keys import KeyMap
from game.ui.pane import Pane
from game.ui.play.desk import Desk
from game.ui.play.facts import (
    MOBILITY_WORDS,
    ORDER_WORDS,
    POSTURE_WORDS,
    STATUS_WORDS,
    ForceFacts,
    about,
    force_facts,
    force_tip,
    forces_at,
    percent,
    supply_pips,
    thousands,
)
from game.ui.play.why import Whys, why_tip
from game.ui.shapes import symbol_box
from game.ui.styles import style_of
from game.ui.theme import BAD, BRASS, GOOD, MUTED, TEXT, WARN
from game.ui.words import full_day

ROW = 48.0
ORDER_KEYS = (
    (Order.MOVE, "move"),
    (Order.ATTACK, "attack"),
    (Order.WITHDRAW, "withdraw"),
    (Order.HOLD, "hold"),
    (Order.AMBUSH, "ambush"),
    (Order.RAID, "raid"),
    (Order.REST, "rest"),
    (Order.PATROL, "patrol"),
    (Order.SWEEP, "sweep"),
    (Order.SABOTAGE, "sabotage"),
    (Order.CLEAR, "clear"),
)

ORDER_TIPS = {
    Order.MOVE: "March to a hex and halt on meeting the enemy.",
    Order.ATTACK: "Advance to a hex and fight whatever bars the way.",
    Order.HOLD: "Stay and dig in; works grow with the days.",
    Order.AMBUSH: "Lie hidden here and strike the first enemy that passes.",
    Order.RAID: "Strike supply traffic near a hex and slip away.",
    Order.WITHDRAW: "Fall back to a hex, avoiding battle.",
    Order.REST: "Stay, refit and recover; not dug in.",
    Order.PATROL: "Go about the hex and those beside it: find hidden enemies, guard roads and people; not dug in.",
    Order.SWEEP: "March to a hex and comb it for bands and their stores.",
    Order.SABOTAGE: "Break roads, bridges and railway near a hex and slip away.",
    Order.CLEAR: "Lift mines at a hex: engineers, and months.",
}
AIR_TIP = "Air forces fly by themselves over the battles within reach of their airfield."
_FOOT, _ROW_STEP = 144.0, 32.0
"""Height of the orders, and of one row of them."""
_CAP_ROOM = 12.0
"""Width of a button for a key beyond that of the key's name."""
_SHORT_CAP = 3
"""Letters of a key that a button has room for."""


class StackPane:
    """Left panel: what is selected."""

    def __init__(
        self,
        desk: Desk,
        keys: KeyMap,
        order: Callable[[Order], Action | None],
        changed: Callable[[], None],
        whys: Whys,
    ) -> None:
        self.desk, self.keys, self.order, self.changed, self.whys = desk, keys, order, changed, whys
        self.small = False
        self.pane = Pane("stack", self._body, self._title, self._foot, _FOOT)

    def compact(self, small: bool) -> None:
        """Show the orders in one row of keys, to save height."""
        self.pane.foot_height = 40 if small else _FOOT
        self.small = small

    def _title(self) -> tuple[str, str]:
        desk = self.desk
        where = desk.match.setting.map.label(desk.stack) if desk.stack != OFF_MAP else ""
        return "Selected stack", where

    def _shown(self) -> list[ForceFacts]:
        desk = self.desk
        if desk.stack == OFF_MAP:
            return []
        return [force_facts(desk.match.view, f) for f in forces_at(desk.match.view, desk.stack)]

    def _body(self, brush: Brush) -> float:
        shown = self._shown()
        desk = self.desk
        if not shown:
            text = "Nothing is selected. Click a counter, or press Tab to go through your stacks."
            if desk.match.side is None:
                text = "You watch. Click a counter to see what its side knows of it."
            return brush.para(text, 12, 12, brush.width - 24, MUTED) + 24
        y = self._summary(brush, shown)
        for facts in shown:
            y = self._row(brush, y, facts)
        chosen = [f for f in shown if f.id in desk.selected]
        if chosen:
            y = self._details(brush, y + 6, chosen)
        return y + 4

    def _summary(self, brush: Brush, shown: list[ForceFacts]) -> float:
        desk = self.desk
        setting = desk.match.setting
        chosen = [f for f in shown if f.id in desk.selected] or shown
        first = chosen[0]
        brush.chip(style_of(setting.factions[first.faction]), 12, 24, 38)
        name = first.name if len(chosen) == 1 else self._group_name(chosen)
        brush.text(name, 60, 18, TEXT, "ui_semibold", 15, "l", brush.width - 72)
        own = desk.match.view.is_own(first.faction)
        count = thousands if own else about
        words = f"{len(chosen)} of {len(shown)} · {count(sum(f.men for f in chosen))} men"
        tanks, guns = sum(f.tanks for f in chosen), sum(f.guns for f in chosen)
        if tanks or guns:
            words += f" · {tanks} tanks · {guns} guns"
        brush.text(words, 60, 37, MUTED, "ui", 12, "l", brush.width - 72)
        return 56.0

    def _group_name(self, chosen: list[ForceFacts]) -> str:
        """The command that most of the men belong to."""
        men: dict[int, int] = {}
        for f in chosen:
            group = int(self.desk.match.view.tables.force_i[force.GROUP, f.id])
            men[group] = men.get(group, 0) + f.men
        best = max(men, key=lambda g: (men[g], -g))
        if best < 0:
            return f"{len(chosen)} forces"
        return self.desk.match.setting.groups[best] + (" and others" if len(men) > 1 else "")

    def _row(self, brush: Brush, y: float, facts: ForceFacts) -> float:
        desk = self.desk
        key = f"force{facts.id}"
        chosen = facts.id in desk.selected
        own = desk.match.view.is_own(facts.faction)
        tip, why = force_tip(desk.match.view, facts), ("force", facts.id)
        asked = own and (brush.is_hover(key) or brush.is_focus(key))
        tip = why_tip(tip, self.whys.want(why, lambda x: x.force(facts.id)) if asked else self.whys.known(why))
        act = (lambda: self._choose(facts.id)) if desk.match.mine(facts.id) else None
        brush.row(key, (8, y, brush.width - 16, ROW - 4), act, chosen, tip)
        brush.stamp(symbol_box(facts.symbol, brush.px(34)), 34, y + ROW / 2 - 2)
        right = brush.width - 18
        brush.text(facts.name, 60, y + 14, TEXT, "ui_semibold", 13, "l", right - 60 - 74)
        state = STATUS_WORDS[facts.status]
        if own:
            sub = state or f"{thousands(facts.men)} men · {self._order_words(facts)}"
            brush.text("cohesion", right - 66, y + 13, MUTED, "ui", 11)
            brush.text(f"{facts.cohesion * 100:.0f}", right, y + 13, TEXT, "ui_medium", 11, "r")
            brush.bar((right - 66, y + 24, 66, 6), facts.cohesion, facts.cohesion_colour)
            pips = supply_pips(desk.match.view, facts.id)
            for k in range(4):
                brush.box((right - 66 + k * 17, y + 34, 15, 4), facts.supply_colour if k < pips else (20, 24, 27), 1)
        else:
            seen = desk.match.setting.date_of(max(0, facts.seen_hour))
            sub = f"{about(facts.men)} men · seen {full_day(seen)}"
        brush.text(sub, 60, y + 32, BAD if state and own else MUTED, "ui", 11, "l", right - 60 - (74 if own else 6))
        return y + ROW

    def _order_words(self, facts: ForceFacts) -> str:
        planned = self.desk.match.order_of(facts.id)
        kind, dest = (planned.kind, planned.dest) if planned else (facts.order, facts.dest)
        words = ORDER_WORDS[kind].lower()
        if dest != OFF_MAP and dest != facts.hex:
            words += f" → {self.desk.match.setting.map.label(dest)}"
        return words

    def _details(self, brush: Brush, y: float, chosen: list[ForceFacts]) -> float:
        men = max(1, sum(f.men for f in chosen))
        first = chosen[0]
        own = self.desk.match.view.is_own(first.faction)
        if not own:
            return y
        days = min(f.days for f in chosen)
        fatigue = sum(f.fatigue * f.men for f in chosen) / men
        quality = sum(f.quality * f.men for f in chosen) / men
        postures = {POSTURE_WORDS[f.posture] for f in chosen}
        brush.pair(
            "posture",
            y + 8,
            "Posture",
            postures.pop() if len(postures) == 1 else "mixed",
            TEXT,
            Tip("Posture", "How the force stands: it weighs in every battle.", source="Rulebook, chapter 6"),
        )
        colour = GOOD if days >= 3 else WARN if days >= 1 else BAD
        brush.pair(
            "supply",
            y + 30,
            "Supply in hand",
            f"{days:.1f} days",
            colour,
            Tip(
                "Supply in hand",
                "Days that the stocks carried would last at rest; the least of the chosen forces.",
                tuple((f.short, f"{f.days:.1f} days") for f in chosen[:10]),
                "Rulebook, chapter 4",
            ),
        )
        brush.pair(
            "fatigue",
            y + 52,
            "Fatigue",
            percent(fatigue),
            BAD if fatigue > 0.6 else WARN if fatigue > 0.35 else TEXT,
            Tip(
                "Fatigue",
                "From 0 (fresh) to 100 % (spent); it weakens in battle and passes with rest.",
                tuple((f.short, percent(f.fatigue)) for f in chosen[:10]),
                "Rulebook, chapter 8",
            ),
        )
        brush.pair(
            "quality",
            y + 74,
            "Quality",
            f"{quality:.2f}",
            TEXT,
            Tip(
                "Quality",
                "Training and leadership; 1 is the main force of the PAVN of 1978.",
                tuple((f.short, f"{f.quality:.2f}") for f in chosen[:10]),
                "Ruleset and order of battle",
            ),
        )
        ways = {MOBILITY_WORDS[f.mobility] for f in chosen}
        brush.pair(
            "mobility",
            y + 96,
            "Movement",
            ", ".join(sorted(ways)),
            TEXT,
            Tip(
                "Movement", "The class of march; a stack arrives with its slowest force.", source="Rulebook, chapter 3"
            ),
        )
        return y + 108

    def _choose(self, f: ForceId) -> Action | None:
        self.desk.select_force(f)
        self.changed()
        return None

    def _foot(self, brush: Brush) -> None:
        desk = self.desk
        if not desk.selected:
            hint = "Orders come here once a stack of yours is selected." if desk.match.side is not None else ""
            brush.para(hint, 12, 8, brush.width - 24, MUTED, "ui_italic", 12)
            return
        brush.rule(8, 0, brush.width - 16)
        if self.small:
            self._foot_keys(brush)
            return
        gap = 6.0
        w = (brush.width - 16 - 2 * gap) / 3
        for k, (kind, command) in enumerate(ORDER_KEYS):
            box = (8 + k % 3 * (w + gap), 8 + k // 3 * _ROW_STEP, w, _ROW_STEP - 5)
            state = "on" if desk.armed is kind else "normal"
            cap = self.keys.shown(command)
            act, tip = self._offer(kind, f"Key {cap}" if len(cap) > _SHORT_CAP else "")
            cap = cap if len(cap) <= _SHORT_CAP else ""
            brush.button(command, box, ORDER_WORDS[kind], act, cap, state, tip, 12)
        aiming = desk.armed is not None
        words = "Point at a hex" if aiming else "Right click: usual"
        y = 8 + _ROW_STEP * (len(ORDER_KEYS) // 3) + 13
        brush.text(words, brush.width - 12, y, BRASS if aiming else MUTED, "ui_italic", 11, "r", w)

    def _offer(self, kind: Order, key: str = "") -> tuple[Act | None, Tip]:
        """What the button of an order does, nothing if none of the selection can carry it out, and what is said of
        it.
        """
        why = self.desk.cannot(kind)
        if not why:
            return partial(self.order, kind), Tip(ORDER_WORDS[kind], ORDER_TIPS[kind], source=key)
        kinds = self.desk.match.view.tables.force_i[force.KIND]
        flies = all(kinds[f] == ForceKind.AIR for f in self.desk.selected)
        text = f"{why[:1].upper()}{why[1:]}.{f' {AIR_TIP}' if flies else ''}"
        return None, Tip(ORDER_WORDS[kind], text, source=key)

    def _foot_keys(self, brush: Brush) -> None:
        caps = [self.keys.shown(command).replace("Shift+", "Sh+") for _, command in ORDER_KEYS]
        shares = [brush.measure(cap, "ui_semibold", 12) + _CAP_ROOM for cap in caps]
        x, unit = 8.0, (brush.width - 16) / sum(shares)
        for (kind, command), cap, share in zip(ORDER_KEYS, caps, shares, strict=True):
            state = "on" if self.desk.armed is kind else "normal"
            act, tip = self._offer(kind)
            brush.button(command, (x, 6, unit * share - 3, 28), cap, act, "", state, tip, 12)
            x += unit * share
