"""The people of a hex in words: how many, whom they prefer, what they have to eat, who shelters them, what is mined."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.columns import camp
from game.core.columns import hex as hexc
from game.core.ids import NO_FACTION, HexIndex
from game.core.view import View
from game.ui.actors import name_now, short_now
from game.ui.brush import Tip
from game.ui.play.facts import about, hex_value, percent, rounded
from game.ui.play.overlays import BELTS, SCATTERS, camp_name, camps_at, hex_km2, movements, peopled
from game.ui.theme import BAD, MUTED, TEXT, WARN, Rgb

LEAST_SHARE = 0.01
"""A movement that fewer prefer is not named."""
_WANT_FELT, _WANT_GRAVE = 0.05, 0.25


@dataclass(frozen=True)
class Line:
    """One line of the hex panel: label, value, and what stands behind it."""

    key: str
    label: str
    value: str
    tip: Tip
    colour: Rgb = TEXT


def people_lines(view: View, hex_: HexIndex) -> list[Line]:
    """Lines on the people of a hex, those that say something."""
    lines = [_people(view, hex_)]
    if peopled(view)[hex_] and movements(view):
        lines.append(_support(view, hex_))
    if view.tables.hex_f[hexc.FOOD_T].any() or view.tables.hex_f[hexc.WANT].any():
        lines.append(_food(view, hex_))
    return lines + [_camp(view, c) for c in camps_at(view, hex_)]


def _people(view: View, hex_: HexIndex) -> Line:
    people = int(view.tables.hex_i[hexc.PEOPLE, hex_])
    displaced = int(view.tables.hex_i[hexc.DISPLACED, hex_])
    safe = hex_value(view, hex_, hexc.SECURITY)
    rows = [("Present", about(people)), ("of these driven from elsewhere", about(displaced)),
            ("A square kilometre", f"{people / hex_km2(view.setting):,.0f}")]  # fmt: skip
    if view.tables.hex_f[hexc.SECURITY].any():
        rows.append(("Safe from armed men", percent(safe)))
    tip = Tip("People in the hex", "Inhabitants present, an estimate.", tuple(rows), "Rulebook, chapter 9")
    words = about(people)
    if displaced * 20 > people:
        words += f", {percent(displaced / people)} displaced"
    return Line("people", "People", words, tip)


def shares(view: View, hex_: HexIndex) -> list[tuple[int, float]]:
    """(faction, share of the people who prefer it) of a hex, the largest first."""
    found = [(k, float(view.tables.support[row, hex_])) for row, k in movements(view)]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _support(view: View, hex_: HexIndex) -> Line:
    found = [(k, share) for k, share in shares(view, hex_) if share >= LEAST_SHARE]
    words = ", ".join(f"{short_now(view, k)} {percent(share)}" for k, share in found[:2]) or "none of them"
    rows = [(name_now(view, k), percent(share)) for k, share in found]
    rows.append(("none of them", percent(max(0.0, 1.0 - sum(share for _, share in found)))))
    tip = Tip(
        "Support",
        "Whom the people here prefer. It moves slowly, and is not the same as who is in control.",
        tuple(rows),
        "Rulebook, chapter 9",
    )
    return Line("support", "Support", words, tip)


def _food(view: View, hex_: HexIndex) -> Line:
    stock, want = hex_value(view, hex_, hexc.FOOD_T), hex_value(view, hex_, hexc.WANT)
    relief = hex_value(view, hex_, hexc.RELIEF_T)
    grave = want >= _WANT_GRAVE
    words = f"{rounded(stock)} t in store"
    if want >= _WANT_FELT:
        words += f", {percent(want)} of need unmet"
    rows = (
        ("Milled rice with the people", f"{rounded(stock)} t"),
        ("Need unmet lately", percent(want)),
        ("Relief last month", f"{rounded(relief)} t"),
        ("Fields planted", percent(hex_value(view, hex_, hexc.PLANTED))),
    )
    tip = Tip("Food", "Want grows and passes slowly; it weighs on every side alike.", rows, "Rulebook, chapter 9")
    return Line("food", "Food", words, tip, BAD if grave else WARN if want >= _WANT_FELT else TEXT)


def _camp(view: View, c: int) -> Line:
    t = view.tables
    people, room = int(t.camp_i[camp.PEOPLE, c]), int(t.camp_i[camp.CAPACITY, c])
    holder, host = int(t.camp_i[camp.HOLDER, c]), int(t.camp_i[camp.HOST, c])
    run = "relief agencies" if holder == NO_FACTION else short_now(view, holder)
    rows = [
        ("People", about(people)),
        ("Administered by", "relief agencies alone" if holder == NO_FACTION else name_now(view, holder)),
        ("On the land of", name_now(view, host)),
        ("Relief last month", f"{rounded(int(t.camp_i[camp.RELIEF_KG, c]) / 1000)} t"),
        ("Need unmet lately", percent(float(t.camp_f[camp.WANT, c]))),
    ]
    if room:
        rows.insert(1, ("Room for", about(room)))
    tip = Tip(
        f"Border camp {camp_name(view, c)}",
        "A civilian site. No order can name it; fighting that comes near moves its people on.",
        tuple(rows),
        "Rulebook, chapter 9",
    )
    return Line(f"camp{c}", f"Camp {camp_name(view, c)}", f"{about(people)} · {run}", tip)


def mines_line(view: View, hex_: HexIndex) -> Line:
    """What is mined here."""
    belt, scatter = hex_value(view, hex_, hexc.MINES), hex_value(view, hex_, hexc.SCATTER)
    parts = []
    if belt >= BELTS[-1]:
        parts.append(f"belt, {rounded(belt)} per km")
    if scatter >= SCATTERS[-1]:
        parts.append(f"scattered, {scatter:.1f} per km²" if scatter < 10 else f"scattered, {rounded(scatter)} per km²")
    tip = Tip(
        "Mines",
        "They cost men, time and harvests on every side, and outlast the war. Clearing takes engineers and months.",
        (("Belt, per km of front", f"{belt:.0f}"), ("Scattered, per km²", f"{scatter:.2f}")),
        "Rulebook, chapter 7",
    )
    return Line("mines", "Mines", " · ".join(parts) or "none known", tip, WARN if parts else MUTED)
