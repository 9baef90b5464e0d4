"""The paper card beside a hex: what an assault there would bring, and why."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.core.columns import force
from game.core.columns import hex as hexc
from game.core.ids import OFF_MAP, ForceId, HexIndex, Order
from game.rules.preview import Preview
from game.ui.brush import Box, Brush, Tip
from game.ui.mapview import Camera
from game.ui.match import Planned
from game.ui.pane import Pane
from game.ui.play.desk import Desk
from game.ui.play.facts import about, forces_at, hostile, rounded, signed, thousands, whole
from game.ui.play.layout import Insets, beside, overlap
from game.ui.styles import style_of
from game.ui.theme import INK, INK_2, PROVINCE, FactionStyle, Rgb, mix, readable
from game.ui.work import Task

WIDTH = 456.0
HEIGHTS = (348.0, 268.0, 228.0)
"""Whole, and shortened for where there is little room: the lesser causes become one line."""
GAIN: Rgb = (46, 124, 112)
LOSS: Rgb = (176, 84, 32)
PAPER_DARK: Rgb = (214, 204, 176)
_LEAST_TITLE = 11
"""Size to which a long title may shrink before it is cut."""
SLIM = (248.0, 116.0)
"""Least width, and height, of the card in a narrow window: strengths and chances alone."""
Key = tuple[int, tuple[ForceId, ...], HexIndex]


class Previews:
    """Battles worked out in the background, one at a time, the wanted one first."""

    def __init__(self, desk: Desk, ready: Callable[[], None]) -> None:
        self.desk, self.ready = desk, ready
        self._known: dict[Key, Preview | None] = {}
        self._task: Task[Preview | None] | None = None
        self._task_key: Key | None = None
        self._wanted: list[Key] = []

    def _key(self, forces: tuple[ForceId, ...], target: HexIndex) -> Key:
        return self.desk.match.view.hour, tuple(sorted(forces)), target

    def ask(self, forces: tuple[ForceId, ...], target: HexIndex, urgent: bool = False) -> Preview | None:
        """The preview if it is known; otherwise None, and it is worked out."""
        key = self._key(forces, target)
        if key not in self._known and key not in self._wanted and key != self._task_key:
            self._wanted.insert(0 if urgent else len(self._wanted), key)
        return self._known.get(key)

    @property
    def busy(self) -> bool:
        """Whether battles are being worked out or wait for it."""
        return self._task is not None or bool(self._wanted)

    def known(self, forces: tuple[ForceId, ...], target: HexIndex) -> bool:
        """Whether the battle has been worked out."""
        return self._key(forces, target) in self._known

    def chance(self, order: Planned) -> float | None:
        """Chance that a planned assault takes its hex, with all others that go there."""
        found = self.ask(self.desk.assault_on(order.dest), order.dest)
        return None if found is None else float(found.won)

    def update(self) -> None:
        """Take what is done, begin what is wanted."""
        if self._task is not None and self._task.done:
            key, task = self._task_key, self._task
            self._task, self._task_key = None, None
            assert key is not None
            if len(self._known) > 400:
                self._known.clear()
            self._known[key] = task.result()
            self.ready()
        if self._task is None and self._wanted:
            key = self._wanted.pop(0)
            del self._wanted[6:]
            _, forces, target = key
            self._task_key = key
            self._task = Task(lambda: self.desk.match.preview(forces, target), "preview")


class BattleCard:
    """The card. `subject` is the assault that it speaks of."""

    def __init__(self, desk: Desk, previews: Previews) -> None:
        self.desk, self.previews = desk, previews
        self.subject: tuple[tuple[ForceId, ...], HexIndex] | None = None
        self._chosen_for: object = None
        self.aimed = False
        """Whether the assault is only being aimed: then the card may stand over panels for a moment."""
        self.pane = Pane("card", self._body, kind="card", in_the_way=False)
        self.pane.shown = False

    def choose(self) -> None:
        """Decide what to speak of: an assault being aimed, else a planned one of the selection; of neither once the
        order has been given.
        """
        desk = self.desk
        target = desk.cursor if desk.cursor != OFF_MAP else desk.hovered
        plan = desk.match.orders.rows.tobytes()
        seen = (
            *(desk.match.view.hour, target, desk.selected, desk.stack, desk.armed, desk.overlay, plan),
            *(desk.given, desk.looked_at),
        )
        if seen == self._chosen_for:
            self.pane.shown = self.subject is not None
            return
        self._chosen_for = seen
        subject, self.aimed = None, False
        aims = desk.selected and desk.looked_at == OFF_MAP and target not in (OFF_MAP, desk.stack, desk.given)
        if aims and self._is_assault(target):
            subject = (tuple(dict.fromkeys((*desk.selected, *desk.assault_on(target)))), target)
            self.aimed = True
        elif desk.selected and desk.given == OFF_MAP and desk.overlay in ("", "reach"):
            order = desk.match.order_of(desk.selected[0])
            if order is not None and order.kind is Order.ATTACK and self.enemies(order.dest):
                subject = (desk.assault_on(order.dest), order.dest)
        if subject != self.subject:
            self.subject = subject
            self.pane.touch()
        self.pane.shown = subject is not None

    def hide(self) -> None:
        self.subject, self.pane.shown, self._chosen_for = None, False, None

    def place(
        self, camera: Camera, tray: pygame.Rect | None, insets: Insets, window: tuple[int, int], scale: float
    ) -> None:
        """Stand beside the hex that the card speaks of, over neither the attackers nor the opened stack."""
        if self.subject is None:
            return
        radius = camera.zoom * 0.58 / scale

        def around(hex_: HexIndex) -> Box:
            x, y = camera.hex_centre(hex_)
            return x / scale - radius, y / scale - radius, 2 * radius, 2 * radius

        forces = self.desk.match.view.tables.force_i
        starts = dict.fromkeys(int(forces[force.HEX, f]) for f in self.subject[0])
        target, avoid = around(self.subject[1]), [around(h) for h in starts]
        if tray is not None:
            avoid.append((tray.x / scale, tray.y / scale, tray.width / scale, tray.height / scale))
        w, h = window[0] / scale, window[1] / scale
        free = (
            insets.left + 4,
            insets.top + 8,
            w - insets.left - insets.right - 8,
            h - insets.top - insets.bottom - 16,
        )
        over = (8.0, insets.top + 8, w - 16, free[3])
        first = self.subject[0][0]
        leftwards = camera.hex_centre(int(forces[force.HEX, first]))[0] > camera.hex_centre(self.subject[1])[0]
        spots = (
            beside(target, (WIDTH, height), room, avoid, leftwards)
            for room in ((free, over) if self.aimed else (free,))
            for height in HEIGHTS
            if room[2] >= WIDTH and room[3] >= height and overlap(target, (0, 0, w, h))
        )
        clear = next((spot for spot in spots if not overlap(spot, target)), None)
        if clear is None and free[2] >= SLIM[0] and free[3] >= SLIM[1] and overlap(target, (0, 0, w, h)):
            slim = beside(target, (min(WIDTH, free[2]), SLIM[1]), free, avoid, leftwards)
            clear = None if overlap(slim, target) else slim
        self.pane.shown = clear is not None
        if clear is not None:
            self.pane.place((round(clear[0]), round(clear[1]), clear[2], clear[3]))

    def _is_assault(self, target: HexIndex) -> bool:
        desk = self.desk
        if desk.default_order(target) is not Order.ATTACK:
            return False
        return bool(self.enemies(target)) and not desk.refusals(Order.ATTACK, target)

    def enemies(self, target: HexIndex) -> list[ForceId]:
        """Enemies known in a hex."""
        view = self.desk.match.view
        factions = view.tables.force_i[force.FACTION]
        return [f for f in forces_at(view, target) if hostile(view, int(factions[f]))]

    def _body(self, brush: Brush) -> float:
        height = self.pane.box[3]
        if self.subject is None:
            return height
        forces, target = self.subject
        setting, view = self.desk.match.setting, self.desk.match.view
        found = self.previews.ask(forces, target, urgent=True)
        w = brush.width
        slim = height <= SLIM[1]
        words = "same function as the battle" if found is None or not slim else f"Odds {_odds(float(found.odds))}"
        title, size = f"Assault on {setting.map.label(target)}", 18
        if brush.measure(title, "serif_bold", size) + brush.measure(words, "ui", 11) + 46 <= w:
            brush.text(words, w - 14, 24, INK_2, "ui", 11, "r")
        while size > _LEAST_TITLE and brush.measure(title, "serif_bold", size) > w - 32:
            size -= 1
        brush.text(title, 16, 23, INK, "serif_bold", size, "l", w - 32)
        brush.rule(14, 40, w - 28, PROVINCE)
        i = view.tables.force_i
        own, enemies = style_of(setting.factions[int(i[force.FACTION, forces[0]])]), self.enemies(target)
        foe = style_of(setting.factions[int(i[force.FACTION, enemies[0]])]) if enemies else own
        self._strengths(brush, own, foe, forces, enemies)
        if found is None:
            words = "No battle to foresee here." if self.previews.known(forces, target) else "Working out the battle…"
            brush.text(words, w / 2, min(130.0, height - 22), INK_2, "ui_italic", 13, "c")
            return height
        self._odds(brush, found, own, foe, slim)
        if slim:
            return height
        self._losses(brush, found, own, foe)
        self._causes(brush, found)
        return height

    def _strengths(
        self, brush: Brush, own: FactionStyle, foe: FactionStyle, forces: tuple[ForceId, ...], enemies: list[ForceId]
    ) -> None:
        i = self.desk.match.view.tables.force_i
        men, tanks, guns = (sum(int(i[c, f]) for f in forces) for c in (force.MEN, force.TANKS, force.GUNS))
        seen = sum(int(i[force.MEN, f]) for f in enemies)
        left = brush.text(thousands(men), 16, 60, _on_paper(own.colour), "ui_bold", 19)
        right = brush.text(about(seen), brush.width - 16, 60, _on_paper(foe.colour), "ui_bold", 19, "r")
        right += 6 + brush.text("seen", brush.width - 22 - right, 62, INK_2, "ui", 12, "r")
        parts = "men" + (f", {tanks} tanks" if tanks else "") + (f", {guns} guns" if guns else "")
        room = brush.width - 54 - left - right
        parts = parts if brush.measure(parts, "ui", 12) <= room else "men"
        brush.text(parts, 22 + left, 62, INK_2, "ui", 12, "l", room)

    def _odds(self, brush: Brush, p: Preview, own: FactionStyle, foe: FactionStyle, slim: bool) -> None:
        x, y, w, h = 16.0, 76.0, brush.width - 32, 22.0
        parts = [
            (float(p.won), own.colour, own.text, "Hex taken"),
            (float(p.contested), PAPER_DARK, INK, ""),
            (float(p.repulsed), foe.colour, foe.text, ""),
        ]
        for share, colour, ink, name in parts:
            width = w * share
            if width < 2:
                continue
            brush.box((x, y, width - 1, h), colour, 2, mix(colour, (0, 0, 0), 0.3))
            label = f"{share * 100:.0f} %"
            if name and width > 110:
                label = f"{name} {label}"
            if width > 30:
                brush.text(label, x + width / 2, y + h / 2, ink, "ui_semibold", 12, "c")
            x += width
        if not slim:
            brush.text(f"Odds {_odds(float(p.odds))}", 16, y + h + 13, INK, "ui_semibold", 12)
        tip = Tip(
            "Odds and outcome",
            "Attackers' fighting power to the defenders' on the first day. The shares are those of many battles fought "
            "with other luck by the very rules of the battle.",
            (("Taken", _percent(p.won)), ("Undecided", _percent(p.contested)), ("Repulsed", _percent(p.repulsed))),
            "Rulebook, chapter 6",
        )
        brush.hot("odds", (12, 72, brush.width - 24, h + 26), None, tip)
        words = f"taken {p.won * 100:.0f} % · contested {p.contested * 100:.0f} % · repulsed {p.repulsed * 100:.0f} %"
        brush.text(words, brush.width - 16, y + h + (10 if slim else 13), INK_2, "ui", 11, "r", brush.width - 24)

    def _main_causes(self, p: Preview) -> list[tuple[str, float]]:
        """The causes that there is room for, the weightiest first; the last line holds what is left of the sum."""
        causes = sorted(p.causes, key=lambda c: -abs(c[1]))
        room = int((self.pane.box[3] - 178) // 20)
        if len(causes) <= room:
            return causes
        rest = sum(c[1] for c in causes[room - 1 :])
        return [*causes[: room - 1], ("All other causes", rest)]

    def _losses(self, brush: Brush, p: Preview, own: FactionStyle, foe: FactionStyle) -> None:
        x, y, w = 16.0, 136.0, 178.0
        brush.text("EXPECTED LOSSES (80 % interval)", x, y, INK_2, "ui_semibold", 11)
        most = max(1.0, float(p.own_loss[2]), float(p.enemy_loss[2]))
        for k, (name, style, (middle, low, high)) in enumerate(
            (("own", own, p.own_loss), ("enemy", foe, p.enemy_loss))
        ):
            cy = y + 22 + k * 38
            brush.text(name, x, cy, _on_paper(style.colour), "ui_semibold", 12)
            brush.box((x + 48, cy - 4, w - 48, 8), PAPER_DARK, 3)
            a, b, m = (x + 48 + (w - 48) * float(v) / most for v in (low, high, middle))
            brush.box((a, cy - 4, max(4, b - a), 8), style.colour, 3)
            brush.box((m - 4, cy - 4, 8, 8), style.light, 4, style.dark)
            brush.text(f"{rounded(middle)} ({rounded(low)}–{rounded(high)})", x + 48, cy + 17, INK, "ui_semibold", 12)
            tip = Tip(
                f"Losses expected, {name}",
                "Dead, wounded, captured and scattered.",
                (("Middle", rounded(middle)), ("One battle in ten is below", rounded(low)),
                 ("One in ten is above", rounded(high))),
            )  # fmt: skip
            brush.hot(f"loss_{name}", (x - 4, cy - 10, w + 8, 36), None, tip)
        days = p.days
        brush.text(f"Duration {days[0]:.1f} days ({days[1]:.1f}–{days[2]:.1f})", x, y + 104, INK, "ui", 12)
        if self.pane.box[3] < HEIGHTS[0]:
            return
        people = int(self.desk.match.view.tables.hex_i[hexc.PEOPLE, self.subject[1]]) if self.subject else 0
        if people > 0:
            text = (
                f"{about(people).capitalize()} people live in the hex; fighting drives many out. "
                "That costs standing and never gains."
            )
            brush.para(text, x, y + 118, w + 8, INK_2, "ui_italic", 11, 1.35)

    def _causes(self, brush: Brush, p: Preview) -> None:
        x, y = 222.0, 136.0
        right = brush.width - 16
        brush.text("WHY (shift in chance of taking it)", x, y, INK_2, "ui_semibold", 11, "l", right - x)
        causes = self._main_causes(p)
        most = max([abs(c[1]) for c in causes], default=1.0) or 1.0
        middle = right - 56
        brush.text("Even fight", x, y + 21, INK, "ui", 12)
        brush.text("50", right, y + 21, INK, "ui_semibold", 12, "r")
        y += 20
        told = whole([points for _, points in causes], round(p.won * 100) - 50)
        for k, ((label, points), shown) in enumerate(zip(causes, told, strict=True)):
            cy = y + 21 + k * 20
            tip = Tip(
                str(label), "Its share of the chance, in points; an even fight and all causes add up to the chance."
            )
            brush.hot(f"cause{k}", (x - 4, cy - 10, right - x + 8, 20), None, tip)
            brush.text(str(label), x, cy, INK, "ui", 12, "l", middle - x - 20)
            length = 17 * abs(points) / most
            if points >= 0:
                brush.box((middle, cy - 5, max(1, length), 10), GAIN)
            else:
                brush.box((middle - length, cy - 5, max(1, length), 10), LOSS)
            brush.text(signed(shown), right, cy, GAIN if points >= 0 else LOSS, "ui_semibold", 12, "r")
        if causes:
            brush.box((middle, y + 10, 1, 20 * len(causes) + 4), INK_2)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _odds(odds: float) -> str:
    """'2.4 to 1', '1 to 3.0'."""
    return f"{odds:.1f} to 1" if odds >= 1 else f"1 to {1 / odds:.1f}" if odds > 0.01 else "hopeless"


def _on_paper(colour: Rgb) -> Rgb:
    return readable(colour, (243, 236, 217))
