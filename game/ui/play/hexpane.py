"""The panel of the hex that is pointed at."""

from __future__ import annotations

from game.core.columns import hex as hexc
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, HexIndex, Terrain
from game.ui.actors import short_now
from game.ui.brush import Brush, Tip
from game.ui.fonts import script_face
from game.ui.pane import Pane
from game.ui.play.desk import Desk
from game.ui.play.facts import (
    ForceFacts,
    about,
    control_of,
    firmness_words,
    force_facts,
    forces_at,
    ground_words,
    hex_value,
    percent,
    river_words,
    road_words,
    thousands,
    works_words,
)
from game.ui.play.society import mines_line, people_lines
from game.ui.play.why import Whys, why_tip
from game.ui.styles import style_of
from game.ui.theme import BRASS, MUTED, TEXT, Rgb
from game.ui.words import full_day


class HexPane:
    """Right panel: terrain, control, people, forces seen, works, roads, rivers, mines."""

    def __init__(self, desk: Desk, whys: Whys) -> None:
        self.desk, self.whys = desk, whys
        self.pane = Pane("hex", self._body, self._title)

    def _title(self) -> tuple[str, str]:
        hex_, m = self.desk.focus_hex, self.desk.match.setting.map
        if hex_ == OFF_MAP:
            return "Hex", ""
        place = m.place_of_hex.get(hex_)
        if place is None:
            return m.label(hex_), m.code(hex_)
        return f"Hex · {place.name}", m.code(hex_)

    def _body(self, brush: Brush) -> float:
        hex_ = self.desk.focus_hex
        if hex_ == OFF_MAP:
            return brush.para("Point at a hex to see what is known of it.", 12, 12, brush.width - 24, MUTED) + 24
        view, setting = self.desk.match.view, self.desk.match.setting
        m = setting.map
        words = ground_words(setting, hex_, view.season)
        place = m.place_of_hex.get(hex_)
        if place is not None:
            words += f" · {place.kind.replace('_', ' ')}"
        room = brush.width - 24
        if place is not None and place.script_name:
            room -= 8 + brush.text(
                place.script_name, brush.width - 12, 17, MUTED, script_face(place.script_name), 14, "r"
            )
        y = 8 + brush.para(words, 12, 8, room, TEXT, "ui_medium", 13)
        y += self._where(brush, hex_, y)
        if m.terrain[hex_] in (Terrain.SEA, Terrain.LAKE):
            return self._forces(brush, y + 12, hex_)
        y = self._control(brush, y + 14, hex_)
        for line in people_lines(view, hex_):
            tip = why_tip(line.tip, self.whys.known((line.key, hex_)))
            y = self._line(brush, line.key, y, line.label, line.value, tip, line.colour)
        y = self._forces(brush, y, hex_)
        works = hex_value(view, hex_, hexc.WORKS)
        y = self._line(
            brush,
            "works",
            y,
            "Defence works",
            works_words(works),
            Tip(
                "Works of the ground",
                "Fortification of the hex itself, apart from what its garrison has dug.",
                (("Level, 0 to 3", f"{works:.1f}"),),
                "Rulebook, chapter 7",
            ),
        )
        cut = hex_value(view, hex_, hexc.CUT)
        road = road_words(setting, hex_) + (f", {percent(cut)} cut" if cut > 0.02 else "")
        y = self._line(
            brush,
            "road",
            y,
            "Road",
            road,
            Tip(
                "Roads and railway",
                "Best road that touches the hex. Damage slows supply until it is mended.",
                (("Damage", percent(cut)),),
                "Rulebook, chapters 3 and 4",
            ),
        )
        y = self._line(
            brush,
            "river",
            y,
            "River edges",
            river_words(setting, hex_),
            Tip(
                "River edges",
                "Rivers run along the edges of hexes; crossing takes hours and helps the defender.",
                source="Rulebook, chapters 3 and 6",
            ),
        )
        mined = mines_line(view, hex_)
        return self._line(brush, mined.key, y, mined.label, mined.value, mined.tip, mined.colour) + 6

    def _line(self, brush: Brush, key: str, y: float, label: str, value: str, tip: Tip, colour: Rgb = TEXT) -> float:
        brush.pair(key, y, label, value, colour, tip)
        return y + 23

    def _where(self, brush: Brush, hex_: HexIndex, y: float) -> float:
        m = self.desk.match.setting.map
        country, province = int(m.country[hex_]), int(m.province[hex_])
        parts = [m.provinces[province]] if province >= 0 else []
        if country >= 0:
            parts.append(m.countries[country])
        parts.append(f"{int(m.elevation_m[hex_]):,} m")
        brush.text(", ".join(parts), 12, y + 9, MUTED, "ui", 12, "l", brush.width - 24)
        lat, lon = m.lat_lon(hex_)
        tip = Tip("Place", f"{lat:.2f}° N, {lon:.2f}° E", (("Hex", m.code(hex_)), ("Across", f"{m.km_per_hex:g} km")))
        brush.hot("where", (8, y - 18, brush.width - 16, 36), None, tip)
        return 18

    def _control(self, brush: Brush, y: float, hex_: HexIndex) -> float:
        view, setting = self.desk.match.view, self.desk.match.setting
        holder = control_of(view, hex_)
        hold = hex_value(view, hex_, hexc.HOLD)
        seen = self.desk.match.eyes is None or view.tables.in_sight[view.side.factions[0], hex_] > 0
        if holder == NO_FACTION:
            words = "nobody"
        else:
            words = f"{short_now(view, holder)}, {firmness_words(hold) if seen else 'as last known'}"
            right = brush.width - 12 - brush.measure(words, "ui_medium", 13)
            brush.chip(style_of(setting.factions[holder]), right - 34, y, 26)
        tip = Tip(
            "Control",
            "Who can enforce his will here, and how firmly.",
            (("Firmness", percent(hold) if seen else "not in sight"),),
            "Rulebook, chapter 9",
        )
        brush.pair("control", y, "Control", words, TEXT, why_tip(tip, self.whys.known(("hex", hex_))))
        return y + 23

    def _forces(self, brush: Brush, y: float, hex_: HexIndex) -> float:
        view = self.desk.match.view
        here = [force_facts(view, f) for f in forces_at(view, hex_)]
        if not here:
            return self._line(
                brush,
                "forces",
                y,
                "Forces seen",
                "none",
                Tip(
                    "Forces seen",
                    "Nothing is known to be here; that is not the same as nobody being here.",
                    source="Rulebook, chapter 5",
                ),
            )
        own = [f for f in here if view.is_own(f.faction)]
        others = [f for f in here if not view.is_own(f.faction)]
        if own:
            y = self._line(
                brush,
                "own",
                y,
                "Own forces",
                f"{len(own)} · {thousands(sum(f.men for f in own))} men",
                Tip("Own forces", "", tuple((f.name, thousands(f.men)) for f in own[:12])),
            )
        if others:
            blocks = self._confidence(others)
            names = ", ".join(f.short for f in others[:3]) + ("…" if len(others) > 3 else "")
            tip = Tip(
                "Forces seen",
                "Estimates of strength; the oldest sighting counts for the blocks.",
                tuple((f.name, f"{about(f.men)}, {self._seen(f)}") for f in others[:12]),
                f"Confidence {blocks} of 4: how fresh the sightings are. Rulebook, chapter 5",
            )
            brush.blocks(brush.width - 12, y, blocks, BRASS)
            brush.pair(
                "seen", y, "Forces seen", f"{about(sum(f.men for f in others))} · {names}", TEXT, tip, brush.width - 52
            )
            y += 23
        return y

    def _confidence(self, others: list[ForceFacts]) -> int:
        if self.desk.match.eyes is None:
            return 4
        ages = [(self.desk.match.view.hour - f.seen_hour) / 24 for f in others if f.seen_hour != NEVER]
        oldest = max(ages, default=99.0)
        return 4 if oldest <= 1 else 3 if oldest <= 3 else 2 if oldest <= 6 else 1

    def _seen(self, facts: ForceFacts) -> str:
        if facts.seen_hour == NEVER:
            return "reported"
        return full_day(self.desk.match.setting.date_of(facts.seen_hour))
