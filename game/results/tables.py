"""The tables of an ensemble, as Arrow tables: runs, turns, milestones and losses.

Types never depend on what happened: a column that is empty in every run has the type that it always has. Every
column carries its meaning in the field's metadata (`description`), which Parquet keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from game.results.runs import FactionResult, RunError, RunResult, result_of

if TYPE_CHECKING:
    from game.core.setting import Setting
    from game.engine.world import World

TABLES = ("runs", "turns", "milestones", "losses")


def _field(name: str, type_: pa.DataType, description: str, nullable: bool = False) -> pa.Field:
    return pa.field(name, type_, nullable=nullable, metadata={"description": description})


_KEY = (
    _field("run", pa.int32(), "number of the run in the sweep, from 0"),
    _field("seed", pa.int64(), "seed of the run"),
)
_SERIES = {
    "men": (pa.int64(), "men under arms, bands included, stragglers not"),
    "bands": (pa.int64(), "of these, men in guerrilla bands"),
    "will": (pa.float64(), "political will, 0..100"),
    "land_value": (pa.float64(), "value of the places held, ruleset units"),
    "dead": (pa.int64(), "dead in battle so far"),
    "captured": (pa.int64(), "captured or surrendered so far"),
    "deserted": (pa.int64(), "deserted so far"),
    "stragglers": (pa.int64(), "scattered at the time, making for base areas"),
    "hospital": (pa.int64(), "wounded at the time who may return"),
    "kg_issued": (pa.int64(), "supplies issued so far, kg"),
}
_TURNS = pa.schema(
    [
        *_KEY,
        _field("turn", pa.int32(), "turns finished, from 1"),
        _field("date", pa.date32(), "date at the end of the turn"),
        _field("faction", pa.string(), "faction id"),
        *(_field(name, type_, text) for name, (type_, text) in _SERIES.items()),
    ]
)
_MILESTONES = pa.schema(
    [
        *_KEY,
        _field("milestone", pa.string(), "milestone id, as in scenario.yaml"),
        _field("happened", pa.bool_(), "whether it happened, or has a value"),
        _field("date", pa.date32(), "when; null for counts and for what did not happen", nullable=True),
        _field("value", pa.float64(), "how much; null for dates and for what has no value", nullable=True),
    ]
)
_COUNTS = {
    "start": "men at the start, those due to arrive included",
    "recruited": "men raised during the run",
    "men": "men under arms at the end, bands included, stragglers not",
    "bands": "of these, men in guerrilla bands",
    "dead": "dead in battle",
    "captured": "captured or surrendered",
    "deserted": "deserted",
    "sick": "lost for the campaign to disease, mines and exhaustion",
    "hospital": "wounded who may return",
    "stragglers": "scattered at the end, making for base areas",
    "tanks_lost": "tanks and carriers lost",
    "guns_lost": "guns lost",
    "civilian_dead_low": "civilian dead in fighting that the faction took part in, low estimate",
    "civilian_dead_high": "the same, high estimate",
    "fled": "civilians displaced by that fighting",
}
_LOSSES = pa.schema(
    [
        *_KEY,
        _field("faction", pa.string(), "faction id"),
        *(_field(name, pa.int64(), text) for name, text in _COUNTS.items()),
        _field("will", pa.float64(), "political will at the end, 0..100"),
    ]
)


def _runs_schema(sides: Sequence[str]) -> pa.Schema:
    outcome = []
    for side in sides:
        outcome += [
            _field(f"level_{side}", pa.string(), f"level of victory of side {side}", nullable=True),
            _field(f"share_{side}", pa.float64(), f"share of its points that side {side} won, 0..1", nullable=True),
            _field(f"reason_{side}", pa.string(), f"why, for side {side}", nullable=True),
        ]
    return pa.schema(
        [
            *_KEY,
            _field("state_hash", pa.string(), "SHA-256 of the final state; null if the run failed", nullable=True),
            _field("turns", pa.int32(), "turns played"),
            _field("end", pa.date32(), "date at the end; null if the run failed", nullable=True),
            *outcome,
            _field("error_type", pa.string(), "kind of error; null if the run ended well", nullable=True),
            _field("error", pa.string(), "the error in one line; null if the run ended well", nullable=True),
            _field("traceback", pa.string(), "where the error happened; null if the run ended well", nullable=True),
        ]
    )


def schemas(setting: Setting) -> dict[str, pa.Schema]:
    """Schema of each table for a scenario: only `runs` depends on it, by three columns a side."""
    sides = [side.id for side in setting.sides]
    return {"runs": _runs_schema(sides), "turns": _TURNS, "milestones": _MILESTONES, "losses": _LOSSES}


def tables_of(setting: Setting, runs: Sequence[RunResult]) -> dict[str, pa.Table]:
    """The four tables of these runs, in the order given. Runs that did not keep their turns have no rows in `turns`."""
    rows = {
        "runs": [_run_row(setting, run) for run in runs],
        "milestones": [row for run in runs for row in _milestone_rows(run)],
        "losses": [row for run in runs for row in _loss_rows(run)],
    }
    wanted = schemas(setting)
    tables = {name: pa.Table.from_pylist(rows[name], schema=wanted[name]) for name in rows}
    tables["turns"] = pa.concat_tables([_TURNS.empty_table(), *(_turn_table(setting, run) for run in runs)])
    return {name: tables[name] for name in TABLES}


def _run_row(setting: Setting, run: RunResult) -> dict[str, object]:
    row: dict[str, object] = {
        "run": run.run,
        "seed": run.seed,
        "state_hash": run.state_hash,
        "turns": run.turns,
        "end": run.end,
        "error_type": run.error.type if run.error else None,
        "error": run.error.message if run.error else None,
        "traceback": run.error.traceback if run.error else None,
    }
    for outcome in run.result.values():
        if outcome.side is not None:
            row[f"level_{outcome.side}"] = outcome.level
            row[f"share_{outcome.side}"] = outcome.share
            row[f"reason_{outcome.side}"] = outcome.reason
    return row


def _milestone_rows(run: RunResult) -> list[dict[str, object]]:
    return [
        {
            "run": run.run,
            "seed": run.seed,
            "milestone": name,
            "happened": value is not None,
            "date": value if isinstance(value, date) else None,
            "value": None if value is None or isinstance(value, date) else float(value),
        }
        for name, value in run.milestones.items()
    ]


def _loss_rows(run: RunResult) -> list[dict[str, object]]:
    key = {"run": run.run, "seed": run.seed}
    return [
        {**key, "faction": name, "will": outcome.will, **{count: getattr(outcome, count) for count in _COUNTS}}
        for name, outcome in run.result.items()
    ]


def _turn_table(setting: Setting, run: RunResult) -> pa.Table:
    if not run.dates:
        return _TURNS.empty_table()
    turns, factions = len(run.dates), len(setting.factions)
    rows = turns * factions
    columns: dict[str, object] = {
        "run": np.full(rows, run.run, np.int32),
        "seed": np.full(rows, run.seed, np.int64),
        "turn": np.repeat(np.arange(1, turns + 1, dtype=np.int32), factions),
        "date": pa.array([day for day in run.dates for _ in range(factions)], pa.date32()),
        "faction": pa.array([faction.id for _ in range(turns) for faction in setting.factions], pa.string()),
    }
    for name, (type_, _) in _SERIES.items():
        values = run.series["killed" if name == "dead" else name]
        columns[name] = pa.array(values.reshape(rows), pa.float64()).cast(type_)
    return pa.table(columns, schema=_TURNS)


def tables(*worlds: World) -> dict[str, pa.Table]:
    """The four tables of worlds of one scenario that you played yourself, numbered as given."""
    if not worlds:
        raise ValueError("tables of which worlds? give one or more")
    return tables_of(worlds[0].setting, [result_of(world, k) for k, world in enumerate(worlds)])


def runs_of(setting: Setting, tables: dict[str, pa.Table], cpu_s: dict[int, float]) -> list[RunResult]:
    """The runs that tables hold, without their turns: the inverse of `tables_of`. `cpu_s`: run -> seconds."""
    side_of = {setting.factions[f].id: side.id for side in setting.sides for f in side.factions}
    outcomes: dict[int, dict[str, FactionResult]] = {}
    run_rows = {row["run"]: row for row in tables["runs"].to_pylist()}
    for row in tables["losses"].to_pylist():
        side = side_of.get(row["faction"])
        run = run_rows[row["run"]]
        level, share, reason = (run[f"{what}_{side}"] if side else None for what in ("level", "share", "reason"))
        counts = {name: row[name] for name in _COUNTS}
        outcomes.setdefault(row["run"], {})[row["faction"]] = FactionResult(
            side=side, level=level, share=share, reason=reason, will=row["will"], **counts
        )
    milestones: dict[int, dict[str, date | float | None]] = {}
    for row in tables["milestones"].to_pylist():
        value = row["value"] if row["date"] is None else row["date"]
        milestones.setdefault(row["run"], {})[row["milestone"]] = value
    return [
        RunResult(
            run=number,
            seed=row["seed"],
            cpu_s=cpu_s.get(number, 0.0),
            state_hash=row["state_hash"],
            turns=row["turns"],
            end=row["end"],
            result=outcomes.get(number, {}),
            milestones=milestones.get(number, {}),
            error=None if row["error_type"] is None else RunError(row["error_type"], row["error"], row["traceback"]),
        )
        for number, row in run_rows.items()
    ]
