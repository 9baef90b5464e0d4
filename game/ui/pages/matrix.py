"""Relations of all factions with one another, as a table of numbers: sign, arrow heads and colour say the same."""

from __future__ import annotations

from functools import partial

from game.core.columns import bond
from game.core.ids import FactionId, Stance
from game.core.view import View
from game.ui.actors import STANCE_WORDS, class_words, name_now, on_map, short_now, style_now
from game.ui.brush import Brush, Tip
from game.ui.pages.council import Council
from game.ui.pane import Pane
from game.ui.theme import BAD, BRASS, GOOD, HOVER, LINE, MUTED, RAISED, TEXT, WINDOW, Rgb, mix, readable

BOND_WORDS: dict[int, tuple[str, str]] = {
    bond.PAST: ("History and doctrine", "what was there before the game began"),
    bond.EVENTS: ("Events", "what happened abroad and between them"),
    bond.WAR: ("Fighting each other", "grows while it lasts, fades slowly"),
    bond.AID: ("Money, arms and food given", "aid that was received, or given to the enemy"),
    bond.TREATY: ("Treaties kept and broken", "a broken word is remembered"),
    bond.BORDER: ("Across the border", "troops and raids on the other's side of the border"),
    bond.FRIENDS: ("Friends and enemies in common", "what each thinks of the others"),
    bond.PRESENCE: ("Foreign troops", "kept on the land of a friend"),
}
LEAST_PART = 0.5
"""Points under which a part is not told."""
_NAMES = 168.0
_LEAST_CELL, _MOST_CELL = 26.0, 72.0
_NAMED = 56.0
"""Width of a column from which its head has the name as well as the sign."""
_FEW, _HIGH, _LOW = 9, 38.0, 31.0
"""Up to how many factions a row has its full height, and the heights."""
_COLD: Rgb = (176, 84, 32)
_WARM: Rgb = (31, 122, 112)


def relation_colour(value: float) -> Rgb:
    """Ground of a cell: rust for enmity, green for friendship, nothing for neither."""
    share = min(1.0, abs(value) / 100.0)
    return mix(HOVER, _WARM if value > 0 else _COLD, 0.15 + 0.85 * share) if abs(value) >= 1 else HOVER


def relation_ink(value: float) -> Rgb:
    """Colour of the number where it stands on a panel."""
    return GOOD if value >= 15 else BAD if value <= -15 else TEXT


def relation_words(value: float) -> str:
    """'+30', '−65', '0'."""
    number = round(value)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def bond_rows(view: View, a: FactionId, b: FactionId) -> tuple[tuple[str, str], ...]:
    """What makes a relation, the largest part first."""
    points = view.tables.bond[:, a, b]
    parts = sorted(((name, float(points[k])) for k, (name, _) in BOND_WORDS.items()), key=lambda part: -abs(part[1]))
    return tuple((name, relation_words(p)) for name, p in parts if abs(p) >= LEAST_PART)


class Matrix:
    """The table. A row's name chooses whom the side is compared with; a cell chooses two factions."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.pane = Pane("matrix", self._body, lambda: ("Relations", "−100 enmity · +100 alliance"), still=True)

    def _body(self, brush: Brush) -> float:
        council, view = self.council, self.council.view
        shown = council.actors()
        names = _NAMES if brush.width > 520 else 120.0
        cell = min(_MOST_CELL, max(_LEAST_CELL, (brush.width - names - 22) / max(1, len(shown))))
        x0, y0 = 10 + names, 34.0
        named = cell >= _NAMED
        y0 += 14.0 if named else 0.0
        for n, k in enumerate(shown):
            middle = x0 + (n + 0.5) * cell
            brush.chip(style_now(view, k), middle - min(26.0, cell - 4) / 2, 18, min(26.0, cell - 4))
            if named:
                brush.text(short_now(view, k), middle, 38, MUTED, "ui", 11, "c", cell - 2)
            brush.hot(f"top{k}", (middle - cell / 2, 4, cell, y0 - 6), None, Tip(name_now(view, k)))
        high = min(cell, _HIGH if len(shown) <= _FEW else _LOW)
        for n, k in enumerate(shown):
            self._row(brush, k, shown, x0, y0 + n * (high + 3), cell, high, names)
        return y0 + len(shown) * (high + 3) + self._foot(brush, y0 + len(shown) * (high + 3) + 14) + 10

    def _row(
        self,
        brush: Brush,
        k: FactionId,
        shown: list[FactionId],
        x0: float,
        y: float,
        cell: float,
        high: float,
        names: float,
    ) -> None:
        council, view = self.council, self.council.view
        key = f"row{k}"
        own = k == council.who
        chosen = k == council.other or own
        brush.box((8, y, names, high), RAISED if chosen else WINDOW, 4)
        if chosen:
            brush.box((8, y, 3, high), BRASS)
        brush.chip(style_now(view, k), 16, y + high / 2, 28)
        brush.text(short_now(view, k), 50, y + high / 2, TEXT, "ui_medium", 13, "l", names - 48)
        brush.hot(key, (8, y, names, high), partial(self._choose, k), self._tip(k))
        brush.ring(key, (8, y, names, high), 4)
        for n, other in enumerate(shown):
            self._cell(brush, view, k, other, (x0 + n * cell + 1.5, y, cell - 3, high))

    def _choose(self, k: FactionId) -> None:
        council = self.council
        if k in council.own() and council.match.eyes is not None:
            council.take(k)
        else:
            council.compare(k)

    def _tip(self, k: FactionId) -> Tip:
        view = self.council.view
        faction = view.setting.factions[k]
        where = "has men on the map" if on_map(view, k) else "no men of it are known on the map"
        words = " ".join(faction.note.split())
        return Tip(name_now(view, k), words, (("What it is", class_words(view, k)), ("Presence", where)))

    def _cell(
        self, brush: Brush, view: View, a: FactionId, b: FactionId, box: tuple[float, float, float, float]
    ) -> None:
        council = self.council
        x, y, w, h = box
        if a == b:
            brush.box(box, WINDOW, 4)
            brush.box((x + w / 2 - 3, y + h / 2 - 3, 6, 6), LINE, 3)
            return
        value = float(view.tables.relation[a, b])
        stance = Stance(int(view.tables.stance[a, b]))
        pair = {a, b} == {council.who, council.other}
        ground = relation_colour(value)
        key = f"cell{a}_{b}"
        brush.box(box, ground, 4, BRASS if pair else None, 2)
        size = 13.0 if w >= 36 else 11.0
        ink = readable(TEXT, ground)
        mark = "×" if stance is Stance.WAR else "=" if stance is Stance.ALLIED else ""
        low = 5.0 if mark and h >= _LOW else 0.0
        words = relation_words(value) if abs(value) >= 1 else "·"
        while size > 9 and brush.measure(words, "ui_semibold", size) > w - 1:
            size -= 1
        brush.text(words, x + w / 2, y + h / 2 - low, ink, "ui_semibold", size, "c")
        if low:
            brush.text(mark, x + w / 2, y + h - 8, ink, "ui_bold", 11, "c")
        tip = Tip(
            f"{short_now(view, a)} and {short_now(view, b)}",
            "",
            (("Relation", relation_words(value)), ("Stance", STANCE_WORDS[stance]), *bond_rows(view, a, b)),
            "A click shows more.",
        )
        brush.hot(key, box, partial(council.pair, a, b), tip, focusable=False)

    def _foot(self, brush: Brush, y: float) -> float:
        x = 12.0
        for k in range(24):
            brush.box((x + k * 5, y - 5, 5, 10), relation_colour(-100 + k * 200 / 23))
        brush.text("enmity – friendship    · 0    × at war    = fight as one side", x + 132, y, MUTED, "ui", 12, "l",
                   brush.width - 160)  # fmt: skip
        return 16.0
