"""What makes sense of where things stand at the start: surfaces, enemies in one hex, enemy ground, room in a hex."""

from __future__ import annotations

from typing import Any

from game.core.hexmap import HexMap
from game.core.ids import OFF_MAP, HexIndex, Mobility, River
from game.core.kernels import plain
from game.core.ruleset import MoveRules
from game.core.space import area_of, room_of
from game.scenario import cast
from game.scenario.diplomacy import STANCES, TERMS
from game.scenario.folder import Folder, each_force, names_in
from game.scenario.ground import locate
from game.scenario.yamltree import Document

Path_ = tuple[str | int, ...]
Standing = tuple[Path_, dict[str, Any], str]
"""Path, entry and faction of a force that stands on the map at the start."""


def check_ground(folder: Folder, map_: HexMap) -> None:
    controllers = _controllers(folder, map_)
    at_war = _wars(folder)
    stands: dict[HexIndex, list[Standing]] = {}
    for path, row, faction in each_force(folder):
        location = row.get("location")
        hex_ = locate(map_, location) if isinstance(location, str) else OFF_MAP
        if hex_ == OFF_MAP:
            continue
        _check_surface(folder.forces, map_, path, row, hex_)
        if row.get("arrives") is None and row.get("reserve") is not True:
            stands.setdefault(hex_, []).append((path, row, faction))
    seats = _seats(folder, map_)
    for hex_, there in stands.items():
        where = _hex_name(map_, folder.forces, there[0][0])
        holder = controllers.get(hex_, "")
        _check_company(folder.forces, where, there, holder, at_war, holder in seats.get(hex_, ()))
        if folder.rules is not None:
            _check_room(folder.forces, map_, folder.rules, where, hex_, there)
    for path, row in folder.forces.rows("depots"):
        location, user = row.get("location"), row.get("faction")
        hex_ = locate(map_, location) if isinstance(location, str) else OFF_MAP
        if hex_ == OFF_MAP or not isinstance(user, str):
            continue
        if not map_.is_land[hex_]:
            folder.forces.add((*path, "location"), "on-water", "a depot stands on land", "move it to the coast")
        elif frozenset((user, controllers.get(hex_, ""))) in at_war:
            message = f"the depot stands on ground of {controllers[hex_]}, an enemy"
            folder.forces.add((*path, "location"), "enemy-ground", message, "move it, or add the place to 'holds'")


def _check_surface(document: Document, map_: HexMap, path: Path_, row: dict[str, Any], hex_: HexIndex) -> None:
    mobility = cast.MOBILITY.get(str(row.get("mobility", "foot")))
    if mobility is None:
        return
    where = f"'{row.get('location')}'"
    if not map_.is_land[hex_] and mobility not in cast.ON_WATER:
        message = f"{where} is water, and this force moves by land"
        document.add((*path, "location"), "on-water", message, "move it ashore; boats and marines may stand on water")
    if mobility == Mobility.BOAT and map_.is_land[hex_] and not _has_water(map_, hex_):
        message = f"{where} has no water for boats"
        document.add((*path, "location"), "on-land", message, "move it to the sea, a lake or a large river")


def _has_water(map_: HexMap, hex_: HexIndex) -> bool:
    beside = [b for b in map_.neighbours[hex_].tolist() if b != OFF_MAP]
    return bool((map_.river[hex_] >= River.MAJOR).any()) or any(not map_.is_land[b] for b in beside)


def _hex_name(map_: HexMap, document: Document, path: Path_) -> str:
    """A force's location as a person would say it: the name of the place that its entry gives, or its hex."""
    location = str(document.get(*path, "location"))
    place = map_.place_by_id.get(location)
    return place.name if place else map_.label(locate(map_, location))


def _check_company(
    document: Document, where: str, there: list[Standing], holder: str, at_war: set[frozenset[str]], is_seat: bool
) -> None:
    """Whether each force may stand beside the others, and where `holder` is master.

    Who hides may stand on an enemy's ground, but in nobody's capital (`is_seat`). Whose ground it is stays.
    """
    before: list[str] = []
    for path, row, faction in sorted(there, key=lambda standing: frozenset((standing[2], holder)) in at_war):
        enemy = next((other for other in before if frozenset((other, faction)) in at_war), None)
        if enemy is not None:
            message = f"enemies stand in one hex, at {where}: {enemy} and {faction}"
            remedy = "put one of them into a hex beside it"
            document.add((*path, "location"), "enemies-together", message, remedy)
        elif frozenset((faction, holder)) in at_war and (is_seat or row.get("posture") != "hidden"):
            whose = f"in {where}, the capital" if is_seat else f"at {where}, on ground"
            message = f"the force begins {whose} of {holder}, an enemy"
            remedy = f"move it, or add the place to 'holds' of {faction}"
            document.add((*path, "location"), "enemy-ground", message, remedy)
        if faction not in before:
            before.append(faction)


def _check_room(
    document: Document, map_: HexMap, rules: MoveRules, where: str, hex_: HexIndex, there: list[Standing]
) -> None:
    """3.4 An empty hex takes in anybody, but no force is so large that it would fill an open hex of the reference width
    and this one too; several must find room."""
    area = plain(area_of)(map_.km_per_hex, rules.reference_km)
    ground = int(map_.terrain[hex_]), int(map_.relief[hex_])
    room = plain(room_of)(*ground, rules.room_open, rules.room_rough, area)
    alone = max(room, rules.room_open)
    counted = [(path, row["men"]) for path, row, _ in there if type(row.get("men")) is int and row["men"] > 0]
    total = 0
    fullest: tuple[Path_, str] | None = None
    for path, men in counted:
        total += men
        if men > alone:
            fullest = path, "men"
        elif total > room and total > men and fullest is None:
            fullest = path, "location"
    if fullest is not None:
        path, key = fullest
        message = f"{total:,} men begin at {where}, where {room:,.0f} find room in a hex of {map_.km_per_hex:g} km"
        remedy = (
            "spread them over hexes beside it" if key == "location" else "make several forces of it, or lower 'men'"
        )
        document.add((*path, key), "no-room", message, remedy)


def _seats(folder: Folder, map_: HexMap) -> dict[HexIndex, set[str]]:
    """Hex -> the factions whose capital lies there."""
    found: dict[HexIndex, set[str]] = {}
    for _, row in folder.factions.rows("factions"):
        capital, name = row.get("capital"), row.get("id")
        if isinstance(capital, str) and isinstance(name, str):
            found.setdefault(locate(map_, capital), set()).add(name)
    return found


def _controllers(folder: Folder, map_: HexMap) -> dict[HexIndex, str]:
    """Hex -> faction that controls it at the start, by territory and `holds`; only hexes with an owner."""
    owner: dict[str, str] = {}
    found: dict[HexIndex, str] = {}
    rows = folder.factions.rows("factions")
    for _, row in rows:
        if isinstance(row.get("id"), str):
            for country in names_in(row.get("territory")):
                owner.setdefault(country, row["id"])
    for hex_, country in enumerate(map_.country.tolist()):
        if country >= 0 and map_.countries[country] in owner:
            found[hex_] = owner[map_.countries[country]]
    for _, row in rows:
        for location in names_in(row.get("holds")):
            if isinstance(row.get("id"), str):
                found[locate(map_, location)] = row["id"]
    return found


def _wars(folder: Folder) -> set[frozenset[str]]:
    """Pairs at war at the start: those said to be, but for those whom a treaty in force keeps from it."""
    document = folder.factions
    at_peace = {
        frozenset(names_in([row.get("giver"), row.get("receiver")]))
        for _, row in document.rows("treaties")
        if TERMS.get(str(row.get("term"))) in STANCES
    }
    rows = document.rows("stances")
    return {frozenset(names_in(row.get("between"))) for _, row in rows if row.get("stance") == "war"} - at_peace
