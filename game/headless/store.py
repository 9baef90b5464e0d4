"""The folder of a sweep: a manifest and four Parquet tables, safe against interruption at any moment.

Finished runs go to numbered part files, each written aside and renamed; closing the sweep merges them into the tables.
The tables hold nothing that depends on when, how fast or in how many processes the runs ended, so a sweep that was
interrupted and taken up again has the same bytes as one that was not. What does depend on that is in the manifest.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from game.headless.sweep import WORKER_DIED, Plan
from game.results.tables import TABLES, runs_of, schemas, tables_of

if TYPE_CHECKING:
    from game.results.runs import RunResult
    from game.scenario.model import Scenario

MANIFEST = "manifest.json"
FORMAT = 1
"""Of manifest and tables; raised when a column or key is taken away or changes its meaning."""
FLUSH_RUNS = 64
FLUSH_SECONDS = 5.0
_ROW_GROUP = 65536
_ASIDE = ".aside"
_GO_ON = "what was kept stays: free some room there, and the same command with --resume goes on"


class StoreError(Exception):
    """The folder cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Identity:
    """What makes two sweeps the same but for the number of runs."""

    version: str
    scenario: str
    scenario_hash: str
    ruleset: str
    agents: dict[str, str]
    seed: int

    @classmethod
    def of(cls, version: str, scenario: Scenario, plan: Plan) -> Identity:
        ruleset = scenario.setting.ruleset_name
        return cls(version, scenario.id, scenario.hash, ruleset, dict(plan.agents), plan.seed)


class Store:
    """Writes a sweep to its folder."""

    def __init__(self, folder: Path, identity: Identity, scenario: Scenario, runs: int) -> None:
        """Use `open`."""
        self._folder = folder
        self._identity = identity
        self._scenario = scenario
        self._runs = runs
        self._waiting: list[RunResult] = []
        self._flushed = time.monotonic()
        self._started = _now()
        self.done: dict[int, RunResult] = {}
        """Runs that are kept already, without their turns."""

    @classmethod
    def open(cls, folder: Path, identity: Identity, scenario: Scenario, runs: int, resume: bool) -> Store:
        """Make the folder, or take it up again. StoreError if it holds another sweep or cannot be written."""
        store = cls(folder, identity, scenario, runs)
        with _explained(folder, "name another folder with --out"):
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / MANIFEST).exists():
                if not resume:
                    raise StoreError(f"{folder} holds a sweep already; add --resume to go on with it, or name another")
                store._take_up(store._manifest())
            store._parts.mkdir(exist_ok=True)
            store._write_manifest(finished=None)
        return store

    def add(self, result: RunResult) -> None:
        """Keep a finished run. Written at once or within a few seconds. StoreError if that fails."""
        if result.run in self.done:
            return
        self.done[result.run] = replace(result, dates=(), series={})
        self._waiting.append(result)
        if len(self._waiting) >= FLUSH_RUNS or time.monotonic() - self._flushed > FLUSH_SECONDS:
            self._flush()

    def close(self) -> None:
        """Merge what is kept into the tables. StoreError if that fails; the parts stay then."""
        with _explained(self._folder, _GO_ON):
            if self._waiting:
                self._flush()
            merged = self._merged()
            try:
                aside = [self._write_aside(self._folder / f"{name}.parquet", merged[name]) for name in TABLES]
            except OSError:
                for path in self._folder.glob(f"*{_ASIDE}"):
                    path.unlink()
                raise
            for path in aside:
                path.replace(path.with_suffix(""))
            self._write_manifest(finished=_now())
            for part in self._parts.iterdir():
                part.unlink()
            self._parts.rmdir()

    # --- parts ---------------------------------------------------------------------------------------------------
    @property
    def _parts(self) -> Path:
        return self._folder / "parts"

    def _flush(self) -> None:
        """One part: the table of runs comes last, and a part without it does not count."""
        with _explained(self._folder, _GO_ON):
            number = 1 + max((int(path.name.split("-")[0]) for path in self._parts.glob("*-runs.parquet")), default=0)
            tables = tables_of(self._scenario.setting, self._waiting)
            seconds = pa.array([result.cpu_s for result in self._waiting], pa.float64())
            tables["runs"] = tables["runs"].append_column("cpu_s", seconds)
            for name in reversed(TABLES):
                path = self._parts / f"{number:06d}-{name}.parquet"
                self._write_aside(path, tables[name]).replace(path)
            self._waiting = []
            self._flushed = time.monotonic()

    def _sources(self) -> list[dict[str, Path]]:
        """Files that hold runs, oldest first: the tables, then the parts."""
        found = []
        if (self._folder / "runs.parquet").exists():
            found.append({name: self._folder / f"{name}.parquet" for name in TABLES})
        for path in sorted(self._parts.glob("*-runs.parquet")):
            prefix = path.name.removesuffix("runs.parquet")
            found.append({name: self._parts / f"{prefix}{name}.parquet" for name in TABLES})
        return found

    def _merged(self) -> dict[str, pa.Table]:
        """All runs kept, each from the last source that has it, in order of number."""
        wanted = schemas(self._scenario.setting)
        sources = [{name: pq.read_table(path) for name, path in files.items()} for files in self._sources()]
        owner = {run: k for k, tables in enumerate(sources) for run in tables["runs"]["run"].to_pylist()}
        merged = {}
        for name in TABLES:
            pieces = [wanted[name].empty_table()]
            for k, tables in enumerate(sources):
                own = pa.array(sorted(run for run, source in owner.items() if source == k), pa.int32())
                table = tables[name].select(wanted[name].names)
                pieces.append(table.filter(pc.is_in(table["run"], own)).cast(wanted[name]))
            whole = pa.concat_tables(pieces)
            merged[name] = whole.take(pc.sort_indices(whole["run"])).combine_chunks()
        return merged

    # --- taking up again -----------------------------------------------------------------------------------------
    def _take_up(self, manifest: dict[str, Any]) -> None:
        if manifest.get("format") != FORMAT:
            raise StoreError(f"{self._folder / MANIFEST} is of another format; name another folder with --out")
        for key, value in vars(self._identity).items():
            if manifest.get(key) != value:
                what = key.replace("_", " ")
                raise StoreError(
                    f"{self._folder} holds a sweep with another {what} ({manifest.get(key)}, now {value}); "
                    "give the same arguments as then, or name another folder with --out"
                )
        self._started = str(manifest.get("started"))
        self._parts.mkdir(exist_ok=True)
        merged = self._merged()
        seconds = {int(run): float(s) for run, s in manifest.get("cpu_s", {}).items()}
        for path in sorted(self._parts.glob("*-runs.parquet")):
            part = pq.read_table(path, columns=["run", "cpu_s"])
            seconds.update(zip(part["run"].to_pylist(), part["cpu_s"].to_pylist(), strict=True))
        for result in runs_of(self._scenario.setting, merged, seconds):
            if result.run >= self._runs:
                raise StoreError(
                    f"{self._folder} holds run {result.run + 1}, more than --runs {self._runs}; ask for as many or more"
                )
            if result.error is None or result.error.type != WORKER_DIED:
                self.done[result.run] = result

    def _manifest(self) -> dict[str, Any]:
        path = self._folder / MANIFEST
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise StoreError(f"{path} cannot be read ({error}); name another folder with --out") from error
        if not isinstance(manifest, dict):
            raise StoreError(f"{path} is not a manifest; name another folder with --out")
        return manifest

    def _write_manifest(self, finished: str | None) -> None:
        done = [self.done[run] for run in sorted(self.done)]
        manifest = {
            "format": FORMAT,
            **vars(self._identity),
            "runs": self._runs,
            "seeds": [self._identity.seed, self._identity.seed + self._runs - 1],
            "runs_done": len(done),
            "runs_failed": sum(result.error is not None for result in done),
            "complete": len(done) == self._runs,
            "started": self._started,
            "finished": finished,
            "cpu_s": {str(result.run): result.cpu_s for result in done},
            "columns": {
                name: {field.name: field.metadata[b"description"].decode() for field in schema}
                for name, schema in schemas(self._scenario.setting).items()
            },
        }
        path = self._folder / MANIFEST
        aside = path.with_name(path.name + _ASIDE)
        with aside.open("w", encoding="utf-8") as file:
            json.dump(manifest, file, indent=1, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)

    @staticmethod
    def _write_aside(path: Path, table: pa.Table) -> Path:
        """Write beside `path` and flush to the disk; the caller renames."""
        aside = path.with_name(path.name + _ASIDE)
        with aside.open("wb") as file:
            pq.write_table(table, file, compression="zstd", row_group_size=_ROW_GROUP)
            file.flush()
            os.fsync(file.fileno())
        return aside


class _explained:
    """Turns what the file system refuses into a StoreError with cause and remedy."""

    def __init__(self, folder: Path, remedy: str) -> None:
        self._folder, self._remedy = folder, remedy

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError | pa.ArrowInvalid):
            cause = getattr(error, "strerror", None) or " ".join(str(error).split())
            where = getattr(error, "filename", None) or self._folder
            raise StoreError(f"cannot use {where}: {cause}; {self._remedy}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
