"""kampuchea explain: why something in a game is as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game.cli import output
from game.cli.arguments import AgentsOption, JsonOption, UsageError, chosen_agents, nearest

if TYPE_CHECKING:
    from game.core.records import Record
    from game.core.setting import Setting
    from game.engine.explain import Explainer, Explanation
    from game.engine.playable import Playable
    from game.engine.world import World

app = typer.Typer(rich_markup_mode=None)

KINDS = ("hex", "force", "relation", "support", "will", "weariness", "unity", "corruption", "faction")


@app.command(short_help="Say why something in a game is as it is.")
def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO|SAVE",
            help="A saved game or a replay, which is played over; or a scenario, which agents play.",
        ),
    ],
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="hex: a place or four figures; force: its id; relation: two factions; support: a movement and, if it "
            "is not the whole country, a place or hex; else: a faction.",
        ),
    ],
    seed: Annotated[int, typer.Option(help="Seed of chance, for a scenario.", min=0, max=2**31 - 1)] = 0,
    turns: Annotated[int, typer.Option(help="Turns that agents play first, for a scenario.", min=0)] = 0,
    agents: AgentsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why a hex, a force, a relation, support or a faction's mind is as it is: causes by size, and the record."""
    from game.engine.explain import Explainer

    if kind not in KINDS:
        raise UsageError(f"explain knows no {kind!r}{nearest(kind, KINDS)}; it explains {', '.join(KINDS)}")
    world, records = _game(what, seed, turns, agents or [])
    found = _explanations(Explainer(world.scenario, world.tables, records), kind, names)
    if as_json:
        output.say_json([explanation.as_dict() for explanation in found])
        return
    for explanation in found:
        output.say("\n".join(explanation.lines()))


def _game(what: str, seed: int, turns: int, agents: Sequence[str]) -> tuple[World, list[Record]]:
    """The game that is asked about, and all its records."""
    from game.engine import replay, saves

    records: list[Record] = []
    if what.endswith((saves.SUFFIX, replay.SUFFIX)) and not Path(what).is_dir():
        if turns or seed or agents:
            raise UsageError(f"{what} has its own seed and turns; leave out --seed, --turns and --agents")
        from game.cli.play_commands import recorded_game

        recorded, playable = recorded_game(Path(what), None)
        world = playable.start(recorded.seed)
        for world in replay.play(recorded, playable):
            records += world.records
        return world, records
    from game.engine.playable import load

    playable = load(what)
    return _played(playable, playable.start(seed), turns, chosen_agents(agents, playable.sides))


def _played(playable: Playable, world: World, turns: int, agents: dict[str, str]) -> tuple[World, list[Record]]:
    from game.ai.registry import agent

    planners = {side: agent(name, playable, side) for side, name in agents.items()}
    records: list[Record] = []
    for _ in range(turns):
        if world.over:
            break
        records += world.step(world.ask(planners))
    return world, records


def _explanations(explainer: Explainer, kind: str, names: Sequence[str]) -> tuple[Explanation, ...]:
    setting = explainer.setting
    wanted = {"relation": (2, 2), "support": (1, 2)}.get(kind, (1, 1))
    if not wanted[0] <= len(names) <= wanted[1]:
        raise UsageError(f"explain {kind} wants {wanted[1]} {'names' if wanted[1] > 1 else 'name'}, not {len(names)}")
    if kind == "hex":
        return (explainer.hex(_hex(setting, names[0])),)
    if kind == "force":
        return (explainer.force(_row("force", names[0], [f.id for f in setting.forces])),)
    a = _faction(setting, names[0])
    if kind == "relation":
        return (explainer.relation(a, _faction(setting, names[1])),)
    if kind == "support":
        return (explainer.support(a, _hex(setting, names[1]) if len(names) > 1 else None),)
    if kind == "faction":
        return explainer.faction(a)
    asked = {
        "will": explainer.will,
        "weariness": explainer.weariness,
        "unity": explainer.unity,
        "corruption": explainer.corruption,
    }
    return (asked[kind](a),)


def _faction(setting: Setting, name: str) -> int:
    return _row("faction", name, [f.id for f in setting.factions])


def _row(what: str, name: str, ids: list[str]) -> int:
    if name not in ids:
        known = f"; there are {', '.join(ids)}" if len(ids) <= 20 else ""
        raise UsageError(f"there is no {what} {name!r}{nearest(name, ids)}{known}")
    return ids.index(name)


def _hex(setting: Setting, name: str) -> int:
    from game.core.ids import OFF_MAP
    from game.scenario.ground import locate

    found = locate(setting.map, name)
    if found == OFF_MAP:
        near = nearest(name, list(setting.map.place_by_id))
        raise UsageError(f"there is no place or hex {name!r}{near}; a hex is four figures, as the map shows them")
    return found
