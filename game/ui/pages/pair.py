"""Two factions beside each other: their relation, what makes it, and what they have agreed."""

from __future__ import annotations

from functools import partial

from game.core.columns import treaty
from game.core.ids import NO_FACTION, Act, FactionId, Stance, TreatyState
from game.core.orders import FactionAct
from game.engine.explain import Explainer, Explanation
from game.ui.actions import Action
from game.ui.actors import STANCE_WORDS, class_words, name_now, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pages.matrix import BOND_WORDS, LEAST_PART, relation_ink, relation_words
from game.ui.pane import Pane
from game.ui.play.deeds import STATES, treaty_dates, treaty_why, treaty_words
from game.ui.play.why import why_tip
from game.ui.theme import BAD, GOOD, MUTED, RAISED, TEXT, WARN, WINDOW, Rgb

_OLD = (TreatyState.REFUSED, TreatyState.LAPSED, TreatyState.ENDED, TreatyState.BROKEN)
_COLOURS: dict[TreatyState, Rgb] = {
    TreatyState.IN_FORCE: GOOD,
    TreatyState.PROPOSED: WARN,
    TreatyState.BROKEN: BAD,
    TreatyState.REFUSED: BAD,
}
_OLD_SHOWN = 8
_NARROW = 540.0
"""Width under which the relation stands below the names instead of between them."""


def treaties_between(council: Council, a: FactionId, b: FactionId) -> list[int]:
    """Rows of the treaty table about two factions: in force, then proposed, then those of the past, newest first."""
    t = council.view.tables.treaty
    rows = [
        r for r in range(t.shape[1]) if int(t[treaty.TERM, r]) and {int(t[treaty.A, r]), int(t[treaty.B, r])} == {a, b}
    ]
    rank = {TreatyState.IN_FORCE: 0, TreatyState.PROPOSED: 1}
    rows.sort(key=lambda r: (rank.get(TreatyState(int(t[treaty.STATE, r])), 2), -int(t[treaty.SINCE, r]), r))
    lasting = [r for r in rows if int(t[treaty.STATE, r]) in rank]
    return lasting + [r for r in rows if TreatyState(int(t[treaty.STATE, r])) in _OLD][:_OLD_SHOWN]


def _why(a: FactionId, b: FactionId, explainer: Explainer) -> Explanation:
    return explainer.relation(a, b)


class PairPane:
    """The middle of the diplomacy page."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("pair", self._body, self._title)

    def _title(self) -> tuple[str, str]:
        c = self.council
        if c.other == NO_FACTION:
            return "Relations", ""
        return f"{short_now(c.view, c.who)} and {short_now(c.view, c.other)}", "why, largest first"

    def _body(self, brush: Brush) -> float:
        c, view = self.council, self.council.view
        if c.other == NO_FACTION:
            return brush.para("There is nobody to deal with in this scenario.", 16, 14, brush.width - 32, MUTED) + 30
        w = brush.width
        narrow = w < _NARROW
        room = (w - 30) / 2 if narrow else min(240.0, (w - 104) / 2)
        self._party(brush, c.who, 12.0, room, True)
        self._party(brush, c.other, w - 12.0 - room, room, False)
        value = float(view.tables.relation[c.who, c.other])
        stance = Stance(int(view.tables.stance[c.who, c.other]))
        x, middle = (60.0, 68.0) if narrow else (w / 2, 26.0)
        brush.text(relation_words(value), x, middle, relation_ink(value), "ui_bold", 30, "c")
        tip = Tip(
            "Relation", "The sum of what stands below, held between −100 and +100.", source="Rulebook, chapter 11"
        )
        found = c.whys.want(("relation", c.who, c.other), partial(_why, c.who, c.other))
        brush.hot("value", (x - 42, middle - 18, 84, 36), None, why_tip(tip, found))
        left = 116.0 if narrow else 16.0
        y = (
            62
            + max(28.0 if narrow else 0.0, brush.para(STANCE_WORDS[stance], left, 60, w - left - 16, MUTED, "ui", 12))
            + 8
        )
        y = self._parts(brush, y, value)
        y = self._treaties(brush, y + 8)
        return self._records(brush, y + 8, found.records if found is not None else ()) + 8

    def _records(self, brush: Brush, y: float, records: tuple[str, ...]) -> float:
        """What happened between the two, the last first."""
        if not records:
            return y
        w = brush.width
        brush.heading("On record", 14, y + 8, "the last first", w - 28)
        y += 22
        for record in records:
            y += brush.para(record, 16, y, w - 32, MUTED, "ui", 12, 1.35) + 6
        return y

    def _party(self, brush: Brush, k: FactionId, x: float, room: float, first: bool) -> None:
        c, view = self.council, self.council.view
        key = "first" if first else "second"
        locked = first and c.match.eyes is not None
        brush.chip(style_now(view, k), x + (0 if locked else 30), 24, 30)
        at = x + (38 if locked else 68)
        brush.text(short_now(view, k), at, 17, TEXT, "ui_semibold", 14, "l", room - 100 if not locked else room - 40)
        brush.text(class_words(view, k), at, 35, MUTED, "ui", 11, "l", room - 100 if not locked else room - 40)
        note = " ".join(view.setting.factions[k].note.split())
        brush.hot(f"{key}_name", (x + 30, 6, room - 60, 40), None, Tip(name_now(view, k), note))
        if not locked:
            brush.button(f"{key}_back", (x, 12, 24, 26), "‹", partial(c.step, first, -1), "", "quiet", size=15)
            brush.button(f"{key}_on", (x + room - 24, 12, 24, 26), "›", partial(c.step, first, 1), "", "quiet", size=15)

    def _parts(self, brush: Brush, y: float, value: float) -> float:
        c, view, w = self.council, self.council.view, brush.width
        brush.heading("What makes it so", 14, y + 8, "points", w - 28)
        y += 22
        points = view.tables.bond[:, c.who, c.other]
        parts = sorted(((k, float(points[k])) for k in BOND_WORDS), key=lambda p: (-abs(p[1]), p[0]))
        parts = [(k, p) for k, p in parts if abs(p) >= LEAST_PART]
        if not parts:
            brush.text("Nothing on record between them.", 16, y + 8, MUTED, "ui_italic", 12)
            return y + 24
        for k, p in parts:
            name, text = BOND_WORDS[k]
            brush.box((10, y, w - 20, 34), RAISED, 4)
            brush.text(name, 18, y + 11, TEXT, "ui_medium", 13, "l", w - 190)
            brush.text(text, 18, y + 25, MUTED, "ui", 11, "l", w - 190)
            brush.text(relation_words(p), w - 22, y + 17, relation_ink(p * 3), "ui_semibold", 14, "r")
            self._bar(brush, w - 160, y + 13, 96, p)
            brush.hot(f"part{k}", (10, y, w - 20, 34), None, Tip(name, text.capitalize() + ".",
                      (("Points", f"{p:+.1f}".replace("-", "−")),), "Rulebook, chapter 11"))  # fmt: skip
            y += 37
        total = sum(p for _, p in parts)
        if abs(total - value) >= 1.5:
            words = f"The sum, {relation_words(total)}, is held between −100 and +100."
            brush.text(words, 16, y + 8, MUTED, "ui_italic", 12, "l", w - 32)
            y += 20
        return y

    def _bar(self, brush: Brush, x: float, y: float, width: float, points: float) -> None:
        """A bar from the middle: to the right for good, to the left for bad."""
        brush.box((x, y, width, 8), WINDOW, 4)
        share = min(1.0, abs(points) / 60.0) * width / 2
        middle = x + width / 2
        if points > 0:
            brush.box((middle, y, max(3.0, share), 8), GOOD, 2)
        else:
            brush.box((middle - max(3.0, share), y, max(3.0, share), 8), BAD, 2)
        brush.box((middle - 0.5, y - 2, 1, 12), MUTED)

    def _treaties(self, brush: Brush, y: float) -> float:
        c, w = self.council, brush.width
        brush.heading("Treaties and proposals", 14, y + 8)
        y += 22
        rows = treaties_between(c, c.who, c.other)
        if not rows:
            brush.text("None.", 16, y + 8, MUTED, "ui_italic", 12)
            return y + 24
        for r in rows:
            y = self._treaty(brush, y, r, w)
        return y

    def _treaty(self, brush: Brush, y: float, r: int, w: float) -> float:
        view = self.council.view
        t = view.tables.treaty
        state = TreatyState(int(t[treaty.STATE, r]))
        words = treaty_words(view, r)
        buttons = self._buttons(r, state)
        room = w - 40 - (96 * len(buttons))
        height = brush.para_height(words, room, "ui_medium", 13, 1.3) + 28
        brush.box((10, y, w - 20, height), RAISED, 4)
        brush.box((10, y, 3, height), _COLOURS.get(state, MUTED))
        brush.para(words, 20, y + 5, room, TEXT if state not in _OLD else MUTED, "ui_medium", 13, 1.3)
        brush.text(treaty_dates(view, r), 20, y + height - 12, MUTED, "ui", 11, "l", room)
        tip = Tip(words, treaty_why(view, r), (("State", STATES[state]),), "Rulebook, chapter 11")
        brush.hot(f"treaty{r}", (10, y, room + 10, height), None, tip)
        x = w - 14.0
        for key, label, act in reversed(buttons):
            x -= 92
            on = self.council.planned(act)
            kind = "on" if on is not None and on.value == act.value else "normal"
            brush.button(f"{key}{r}", (x, y + height / 2 - 14, 88, 28), label, partial(self._toggle, act), "", kind,
                         size=12)  # fmt: skip
        return y + height + 4

    def _buttons(self, r: int, state: TreatyState) -> list[tuple[str, str, FactionAct]]:
        """What the person may do about a treaty."""
        c = self.council
        t = c.view.tables.treaty
        parties = {int(t[treaty.A, r]), int(t[treaty.B, r])}
        if not c.may_act or c.who not in parties:
            return []
        if state is TreatyState.PROPOSED and int(t[treaty.BY, r]) != c.who:
            accept, refuse = (FactionAct(c.who, Act.ANSWER, r, 0, value) for value in (1, 0))
            return [("accept", "Accept", accept), ("refuse", "Refuse", refuse)]
        if state is TreatyState.IN_FORCE:
            return [("end", "End it", FactionAct(c.who, Act.DENOUNCE, r))]
        return []

    def _toggle(self, act: FactionAct) -> Action | None:
        planned = self.council.planned(act)
        if planned is not None and planned.value == act.value:
            return self.council.drop(act)
        return self.council.act(act)
