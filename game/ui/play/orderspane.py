"""The list of planned orders, with undo and redo, and the panel that ends the turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.core.columns import faction
from game.core.ids import OFF_MAP, Life, Order
from game.core.orders import FactionAct
from game.ui.actions import Action
from game.ui.actors import short_now
from game.ui.brush import Act, Brush, Tip
from game.ui.keys import KeyMap
from game.ui.match import Planned
from game.ui.pane import Pane
from game.ui.play.asked import planned_answer, unanswered, undeclared, waiting
from game.ui.play.deeds import act_words, page_of, treaty_words
from game.ui.play.desk import Desk
from game.ui.play.facts import ORDER_WORDS, force_facts, order_words
from game.ui.theme import BAD, BRASS, GOOD, INK, MUTED, PAPER, TEXT, WARN, Rgb

ROW = 48.0


class OrdersPane:
    """Right panel: numbered orders. `odds` gives the chance of an assault in per cent once it has been worked out."""

    def __init__(
        self,
        desk: Desk,
        keys: KeyMap,
        command: Callable[[str], Action | None],
        odds: Callable[[Planned], float | None],
        changed: Callable[[], None],
    ) -> None:
        self.desk, self.keys, self.command, self.odds, self.changed = desk, keys, command, odds, changed
        self.pane = Pane("orders", self._body, self._title, self._foot, 74)

    def natural(self) -> float:
        """Height at which nothing needs to scroll; reckoned, because painting a long list takes a while."""
        rows = ROW * (len(self.desk.match.planned()) + len(self.desk.match.orders.acts)) or 62.0
        return self.pane.head_height + 10 + rows + self.pane.foot_height

    def compact(self, small: bool) -> None:
        """Leave the remark at the foot out, to save height."""
        self.pane.foot_height = 42 if small else 74

    def _title(self) -> tuple[str, str]:
        match = self.desk.match
        count = len(match.planned())
        own = sum(len(self.desk.own_at(h)) for h in match.own_stacks())
        words = f"{count} {'order' if count == 1 else 'orders'} · {len(match.orders)} of {own} forces"
        acts = len(match.orders.acts)
        return "Planned orders", f"{words} · {acts} {'act' if acts == 1 else 'acts'}" if acts else words

    def _body(self, brush: Brush) -> float:
        match = self.desk.match
        planned = match.planned()
        if not planned and not match.orders.acts:
            text = "No new orders. Forces go on with what they were told before."
            if match.side is None:
                text = "You watch; the agents give the orders."
            return brush.para(text, 12, 10, brush.width - 24, MUTED) + 18
        y = 6.0
        for n, act in enumerate(match.orders.acts):
            self._act_row(brush, y, n, act)
            y += ROW
        top, bottom = self.pane.scroll - ROW, self.pane.scroll + self.pane.view_height
        for order in planned:
            if top < y < bottom:
                self._row(brush, y, order)
            else:
                brush.hot(f"order{order.number}", (8, y, brush.width - 16, ROW - 4), partial(self._choose, order))
                brush.hot(f"x{order.number}", (brush.width - 40, y + 8, 28, 28), partial(self._remove, order))
            y += ROW
        return y + 2

    def _act_row(self, brush: Brush, y: float, n: int, act: FactionAct) -> None:
        """What a faction is to do beside its forces' orders."""
        match = self.desk.match
        titles = match.event_titles
        title, text = act_words(match.view, act, titles[act.a] if act.a < len(titles) else "")
        page = page_of(act)
        brush.row(f"act{n}", (8, y, brush.width - 16, ROW - 4), partial(self.command, page), False, Tip(title, text))
        cy = y + ROW / 2 - 2
        brush.icon("flag", 27, cy, BRASS, 22)
        brush.text(title, 48, cy - 9, TEXT, "ui_semibold", 13, "l", brush.width - 96)
        brush.text(text, 48, cy + 10, MUTED, "ui", 12, "l", brush.width - 96)
        brush.icon("cross", brush.width - 26, cy, MUTED, 18)
        brush.hot(f"xact{n}", (brush.width - 40, cy - 14, 28, 28), partial(self._drop, act), Tip("Take this act back"))
        brush.ring(f"xact{n}", (brush.width - 38, cy - 12, 24, 24))

    def _drop(self, act: FactionAct) -> Action | None:
        self.desk.match.drop_act(act)
        self.changed()
        return None

    def _row(self, brush: Brush, y: float, order: Planned) -> None:
        match = self.desk.match
        key = f"order{order.number}"
        chosen = bool(set(order.forces) & set(self.desk.selected))
        brush.row(key, (8, y, brush.width - 16, ROW - 4), lambda: self._choose(order), chosen, self._tip(order))
        cy = y + ROW / 2 - 2
        brush.box((16, cy - 11, 22, 22), INK, 11)
        brush.box((17, cy - 10, 20, 20), PAPER, 10)
        brush.text(str(order.number), 27, cy, (140, 36, 26), "ui_bold", 12, "c")
        right = brush.width - 44
        words, colour = self._figure(order)
        used = brush.text(words, right, cy, colour, "ui_semibold", 14, "r") if words else 0
        names = ", ".join(match.setting.forces[f].short for f in order.forces)
        names = match.setting.forces[order.forces[0]].name if len(order.forces) == 1 else names
        brush.text(names, 48, cy - 9, TEXT, "ui_semibold", 13, "l", right - used - 56)
        what = order_words(match.setting, order.kind, order.dest)
        brush.text(what, 48, cy + 10, MUTED, "ui", 12, "l", right - used - 56)
        brush.icon("cross", brush.width - 26, cy, MUTED, 18)
        brush.hot(
            f"x{order.number}",
            (brush.width - 40, cy - 14, 28, 28),
            lambda: self._remove(order),
            Tip("Take this order back"),
        )
        brush.ring(f"x{order.number}", (brush.width - 38, cy - 12, 24, 24))

    def _tip(self, order: Planned) -> Tip:
        match = self.desk.match
        rows = [(match.setting.forces[f].name, "") for f in order.forces[:10]]
        way = self.desk.way(order.forces, order.dest) if order.dest != OFF_MAP else None
        if way is not None:
            rows.append(("There by", self.desk.arrival(way[1])))
        if order.kind is Order.ATTACK:
            chance = self.odds(order)
            others = len(self.desk.assault_on(order.dest)) - len(order.forces)
            if chance is not None:
                rows.append(("Chance to take the hex", f"{chance * 100:.0f} %"))
            if others:
                rows.append(("Other forces in the same battle", str(others)))
        return Tip(f"Order {order.number}: {ORDER_WORDS[order.kind].lower()}", "", tuple(rows))

    def _figure(self, order: Planned) -> tuple[str, Rgb]:
        """Odds of an assault, days of a march."""
        if order.kind is Order.ATTACK:
            chance = self.odds(order)
            if chance is not None:
                return f"{chance * 100:.0f} %", GOOD if chance >= 0.65 else WARN if chance >= 0.4 else BAD
        if order.dest == OFF_MAP:
            return "", TEXT
        way = self.desk.way(order.forces, order.dest)
        return (f"{way[1] / 24:.1f} d", TEXT) if way is not None else ("", TEXT)

    def _choose(self, order: Planned) -> Action | None:
        self.desk.select_order(order)
        self.changed()
        return self.command("centre")

    def _remove(self, order: Planned) -> Action | None:
        self.desk.match.take_back(order.forces)
        self.changed()
        return None

    def _foot(self, brush: Brush) -> None:
        match = self.desk.match
        w = (brush.width - 16 - 12) / 3
        for k, (label, command, able) in enumerate(
            (
                ("Undo", "undo", match.can_undo),
                ("Redo", "redo", match.can_redo),
                ("Clear all", "", len(match.orders) > 0 or bool(match.orders.acts)),
            )
        ):
            act: Act | None = None
            if able:
                act = (partial(self.command, command)) if command else self._clear
            cap = self.keys.shown(command) if command else ""
            brush.button(command or "clear", (8 + k * (w + 6), 6, w, 30), label, act, cap)
        if self.pane.foot_height < 74:
            return
        words = "Luck is tied to turn and hex: undo cannot re-roll it."
        brush.text(words, 12, 55, MUTED, "ui_italic", 12, "l", brush.width - 24)

    def _clear(self) -> Action | None:
        self.desk.match.clear()
        self.changed()
        return None


class TurnPane:
    """Right panel: what to know before the turn ends, and the button that ends it."""

    def __init__(
        self, desk: Desk, keys: KeyMap, end_turn: Act, busy: Callable[[], str], showing: Callable[[], bool]
    ) -> None:
        """`end_turn`: what the button does; `busy`: what it says while a turn goes on, `showing`: whether that can be
        cut short.
        """
        self.desk, self.keys, self.end_turn, self.busy, self.showing = desk, keys, end_turn, busy, showing
        self.pane = Pane("turn", self._body, self._title)

    def _title(self) -> tuple[str, str]:
        match = self.desk.match
        return f"Turn {min(match.view.turn + 1, match.setting.turns)}", f"of {match.setting.turns}"

    def _body(self, brush: Brush) -> float:
        match = self.desk.match
        height = self.pane.view_height
        y = 15.0
        if match.side is not None and height > 100:
            room = int((height - (50.0 if height > 140 else 38.0) - 38) // 22)
            for k, (colour, words, tip) in enumerate(self._notes()[:room]):
                brush.box((16, y - 4, 8, 8), colour, 4)
                brush.text(words, 34, y, TEXT, "ui", 13, "l", brush.width - 46)
                brush.hot(f"note{k}", (8, y - 10, brush.width - 16, 21), None, tip)
                y += 22
        busy = self.busy()
        button = 50.0 if height > 140 else 38.0
        top = height - button - (28 if height > 96 else 8)
        if busy:
            cap = self.keys.shown("act") if self.showing() else ""
            brush.button("end", (8, top, brush.width - 16, button), busy, self.end_turn, cap, "normal", size=15)
        else:
            label = "See the result" if match.world.over else "Next turn" if match.side is None else "End turn"
            cap = self.keys.shown("end_turn")
            brush.button("end", (8, top, brush.width - 16, button), label, self.end_turn, cap, "primary", size=18)
        if height > 96:
            days = match.setting.days_per_turn / match.setting.impulses_per_turn
            long = "a day" if days == 1 else f"{round(days, 1):g} days"
            words = f"All sides move together · {match.setting.impulses_per_turn} impulses of {long}"
            brush.text(words, brush.width / 2, height - 14, MUTED, "ui", 11, "c", brush.width - 16)
        return height

    def _notes(self) -> list[tuple[Rgb, str, Tip | None]]:
        desk, view = self.desk, self.desk.match.view
        if desk.match.world.over:
            return [(BRASS, "The campaign is over", None)]
        own = [force_facts(view, f) for h in desk.match.own_stacks() for f in desk.own_at(h)]
        notes: list[tuple[Rgb, str, Tip | None]] = []
        if desk.armed is not None:
            notes.append((BRASS, f"{ORDER_WORDS[desk.armed]}: point at a hex", None))
        notes.extend(self._asked())
        hungry = [f for f in own if f.days < 1]
        absent = self._absent()
        if absent is not None:
            notes.append(absent)
        elif not own:
            words = f"No forces: act by pages {self.keys.shown('page_diplomacy')} and {self.keys.shown('page_home')}"
            text = "This side has no men on the map; it acts by word, money and policy."
            notes.append((BRASS, words, Tip("No forces", text)))
        elif hungry:
            names = tuple((f.name, f"{f.days:.1f} days") for f in sorted(hungry, key=lambda f: f.days)[:12])
            words = f"{_forces(len(hungry))} with under a day of supply"
            notes.append((BAD, words, Tip("Short of supply", "At rest; marching and fighting takes more.", names)))
        else:
            notes.append((GOOD, "Every force has a day of supply in hand", None))
        idle = [f for f in own if desk.match.wants_order(f.id)]
        if idle:
            names = tuple((f.name, desk.match.setting.map.label(f.hex)) for f in idle[:12])
            words = f"{_forces(len(idle))} without an order: {self.keys.shown('unordered')} finds them"
            notes.append(
                (
                    WARN,
                    words,
                    Tip("Without an order", "They dig in where they stand. Not counted: who goes on as told.", names),
                )
            )
        return notes

    def _absent(self) -> tuple[Rgb, str, Tip | None] | None:
        """That the side is no actor now, if it is none."""
        match = self.desk.match
        assert match.side is not None
        own = match.setting.sides[match.side].factions
        lives = {int(match.view.tables.faction_i[faction.LIFE, k]) for k in own}
        if Life.ACTIVE in lives:
            return None
        name = match.setting.factions[own[0]].short
        if Life.LATENT in lives:
            text = "The war goes on without it till then: end turns. It can order and propose nothing yet."
            return WARN, f"{name} has not been founded yet", Tip("Not yet an actor", text)
        return (
            WARN,
            f"{name} is no actor any more",
            Tip("No actor any more", "It was dissolved, or became part of another."),
        )

    def _asked(self) -> list[tuple[Rgb, str, Tip | None]]:
        """What others want of the side: decisions, proposals and an accord that are not answered yet."""
        match = self.desk.match
        notes: list[tuple[Rgb, str, Tip | None]] = []
        titles = tuple((d.event.title, "") for d in waiting(match) if planned_answer(match, d) is None)
        if titles:
            words = "1 decision waits" if len(titles) == 1 else f"{len(titles)} decisions wait"
            notes.append((WARN, f"{words}: {self.keys.shown('decisions')}", Tip("Decisions", "", titles)))
        offers = tuple((treaty_words(match.view, r), "") for r in unanswered(match))
        if offers:
            words = "1 proposal waits" if len(offers) == 1 else f"{len(offers)} proposals wait"
            tip = Tip("Proposals received", "What is not answered lapses in time.", offers)
            notes.append((WARN, f"{words}: {self.keys.shown('page_diplomacy')}", tip))
        months = match.setting.ruleset.peace.answer_months
        for k in undeclared(match):
            words = f"{short_now(match.view, k)} has not said whether it disarms"
            text = f"Who gives no answer in {months:.0f} months of the mission has refused, and does not run (13.13)."
            notes.append((WARN, f"{words}: {self.keys.shown('page_peace')}", Tip("Cantonment", text)))
        return notes


def _forces(count: int) -> str:
    return f"{count} force" if count == 1 else f"{count} forces"
