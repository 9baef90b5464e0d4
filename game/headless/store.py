"""The folder of a sweep: a manifest and four Parquet tables, safe against an end of the process at any moment.

The manifest's `finished` says where the runs are. While it is null they are in the parts, numbered files in the folder
`parts`: the table of runs last, and without it a part does not count. What lies in the tables' places does not count
either. When it is set they are in the tables, and parts are left-overs. Closing a sweep merges the parts into the
tables, then sets `finished`, then removes the parts; going on with a finished one makes the tables a part, then
unsets it.

The tables hold nothing that depends on when, how fast or in how many processes the runs ended, so a sweep that was
interrupted and taken up again has the same bytes as one that was not. What does depend on that is in the manifest.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from game.core.files import clear_drafts, make_folder, whole_file, write_whole
from game.headless.lock import Held, held
from game.headless.workers import MAY_PASS
from game.results.tables import TABLES, runs_of, schemas, tables_of

if TYPE_CHECKING:
    from game.headless.plan import Plan
    from game.results.runs import RunResult
    from game.scenario.model import Scenario

MANIFEST = "manifest.json"
FORMAT = 2
"""Of manifest and tables; raised when a column or key is taken away or changes its meaning."""
FLUSH_RUNS = 64
FLUSH_SECONDS = 5.0
_PARTS = "[0-9]" * 6 + "-runs.parquet"
_ROW_GROUP = 65536
_ELSEWHERE = "name another folder with --out"
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
        self._finished: str | None = None
        self.done: dict[int, RunResult] = {}
        """Runs that are kept already, without their turns."""

    @classmethod
    @contextmanager
    def open(cls, folder: Path, identity: Identity, scenario: Scenario, runs: int, resume: bool) -> Iterator[Store]:
        """Make the folder, or take it up again, and keep other processes out of it meanwhile.

        StoreError if it holds another sweep, another process uses it or it cannot be written.
        """
        store = cls(folder, identity, scenario, runs)
        with ExitStack() as stack:
            with _explained(folder, _ELSEWHERE):
                make_folder(folder)
                stack.enter_context(held(folder))
                store._begin(resume)
            yield store

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
        if self._finished is not None:
            return
        with _explained(self._folder, _GO_ON):
            if self._waiting:
                self._flush()
            merged = self._merged(TABLES)
            with ExitStack() as stack:  # all are written before the first is put in place
                for name in TABLES:
                    _write_table(merged[name], stack.enter_context(whole_file(self._table(name))))
            self._finished = _now()
            self._write_manifest()
            shutil.rmtree(self._parts)

    # --- parts ---------------------------------------------------------------------------------------------------
    @property
    def _parts(self) -> Path:
        return self._folder / "parts"

    def _table(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"

    def _flush(self) -> None:
        with _explained(self._folder, _GO_ON):
            seconds = {result.run: result.cpu_s for result in self._waiting}
            self._write_part(tables_of(self._scenario.setting, self._waiting), seconds)
            self._waiting = []
            self._flushed = time.monotonic()

    def _write_part(self, tables: Mapping[str, pa.Table], cpu_s: Mapping[int, float]) -> None:
        """The table of runs comes last, with the seconds that each took."""
        number = 1 + max((int(path.name.split("-")[0]) for path in self._parts.glob(_PARTS)), default=0)
        seconds = pa.array([cpu_s.get(run, 0.0) for run in tables["runs"]["run"].to_pylist()], pa.float64())
        whole = {**tables, "runs": tables["runs"].append_column("cpu_s", seconds)}
        for name in reversed(TABLES):
            with whole_file(self._parts / f"{number:06d}-{name}.parquet") as file:
                _write_table(whole[name], file)

    def _sources(self, name: str) -> list[Path]:
        """The files that hold a table, oldest first."""
        if self._finished is not None:
            return [self._table(name)]
        runs = sorted(self._parts.glob(_PARTS))
        return [path.with_name(path.name.removesuffix("runs.parquet") + f"{name}.parquet") for path in runs]

    def _merged(self, names: Sequence[str]) -> dict[str, pa.Table]:
        """These tables with all runs kept, each from the last source that has it, in order of number."""
        wanted = schemas(self._scenario.setting)
        numbers = [pq.read_table(path, columns=["run"])["run"].to_pylist() for path in self._sources("runs")]
        owner = {run: k for k, runs in enumerate(numbers) for run in runs}
        merged = {}
        for name in names:
            pieces = [wanted[name].empty_table()]
            for k, path in enumerate(self._sources(name)):
                own = pa.array(sorted(run for run, source in owner.items() if source == k), pa.int32())
                table = pq.read_table(path, columns=wanted[name].names)
                pieces.append(table.filter(pc.is_in(table["run"], own)).cast(wanted[name]))
            whole = pa.concat_tables(pieces)
            merged[name] = whole.take(pc.sort_indices(whole["run"])).combine_chunks()
        return merged

    # --- beginning -----------------------------------------------------------------------------------------------
    def _begin(self, resume: bool) -> None:
        manifest = self._manifest()
        if manifest is None:
            self._refuse_strangers()
            clear_drafts(self._folder)
            self._write_manifest()
            make_folder(self._parts)
        elif resume:
            self._check(manifest)
            clear_drafts(self._folder)
            self._take_up(manifest)
        else:
            raise StoreError(f"{self._folder} holds a sweep already; add --resume to go on with it, or name another")

    def _take_up(self, manifest: Mapping[str, Any]) -> None:
        self._started, self._finished = str(manifest.get("started")), manifest.get("finished")
        if self._finished is not None and self._parts.exists():
            shutil.rmtree(self._parts)
        seconds = self._seconds(manifest)
        self._recall(seconds)
        if self._finished is not None and len(self.done) == self._runs:
            return
        make_folder(self._parts)
        clear_drafts(self._parts)
        if self._finished is not None:
            self._write_part(self._merged(TABLES), seconds)
            self._finished = None
        self._write_manifest()

    def _refuse_strangers(self) -> None:
        """StoreError if the folder holds files, without a manifest, whose places the sweep's would take."""
        for path in (*map(self._table, TABLES), self._parts):
            if path.exists():
                raise StoreError(f"{path} is there, but no {MANIFEST}; move it away, or {_ELSEWHERE}")

    def _check(self, manifest: Mapping[str, Any]) -> None:
        """StoreError if the folder holds another sweep than is asked for."""
        if manifest.get("format") != FORMAT:
            raise StoreError(f"{self._folder / MANIFEST} is of another format; {_ELSEWHERE}")
        for key, value in vars(self._identity).items():
            if manifest.get(key) != value:
                what = key.replace("_", " ")
                raise StoreError(
                    f"{self._folder} holds a sweep with another {what} ({manifest.get(key)}, now {value}); "
                    f"give the same arguments as then, or {_ELSEWHERE}"
                )

    def _seconds(self, manifest: Mapping[str, Any]) -> dict[int, float]:
        """Seconds that each kept run took: the tables do not have them."""
        seconds = {int(run): float(s) for run, s in manifest.get("cpu_s", {}).items()}
        if self._finished is None:
            for path in self._sources("runs"):
                part = pq.read_table(path, columns=["run", "cpu_s"])
                seconds.update(zip(part["run"].to_pylist(), part["cpu_s"].to_pylist(), strict=True))
        return seconds

    def _recall(self, seconds: dict[int, float]) -> None:
        """Fill `done`. StoreError if there are more runs than are asked for."""
        merged = self._merged([name for name in TABLES if name != "turns"])
        for result in runs_of(self._scenario.setting, merged, seconds):
            if result.run >= self._runs:
                raise StoreError(
                    f"{self._folder} holds run {result.run + 1}, more than --runs {self._runs}; ask for as many or more"
                )
            if result.error is None or result.error.type not in MAY_PASS:
                self.done[result.run] = result

    # --- the manifest --------------------------------------------------------------------------------------------
    def _manifest(self) -> dict[str, Any] | None:
        path = self._folder / MANIFEST
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError) as error:
            raise StoreError(f"{path} cannot be read ({error}); {_ELSEWHERE}") from error
        if not isinstance(manifest, dict) or not _are_seconds(manifest.get("cpu_s", {})):
            raise StoreError(f"{path} is not a manifest; {_ELSEWHERE}")
        return manifest

    def _write_manifest(self) -> None:
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
            "finished": self._finished,
            "cpu_s": {str(result.run): result.cpu_s for result in done},
            "columns": {
                name: {field.name: field.metadata[b"description"].decode() for field in schema}
                for name, schema in schemas(self._scenario.setting).items()
            },
        }
        write_whole(self._folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


def _are_seconds(cpu_s: object) -> bool:
    """Whether they are seconds by number of run, as a manifest has them."""
    return isinstance(cpu_s, dict) and all(
        run.isdecimal() and isinstance(seconds, int | float) for run, seconds in cpu_s.items()
    )


def _write_table(table: pa.Table, file: BinaryIO) -> None:
    pq.write_table(table, file, compression="zstd", row_group_size=_ROW_GROUP)


class _explained:
    """Turns what the file system refuses into a StoreError with cause and remedy."""

    def __init__(self, folder: Path, remedy: str) -> None:
        self._folder, self._remedy = folder, remedy

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Held):
            raise StoreError(str(error)) from error
        if isinstance(error, OSError | pa.ArrowException):
            cause = getattr(error, "strerror", None) or " ".join(str(error).split())
            if isinstance(error, FileNotFoundError) and error.strerror is None:  # as pyarrow says it
                cause = f"{cause} is missing"
            where = getattr(error, "filename", None) or self._folder
            raise StoreError(f"cannot use {where}: {cause}; {self._remedy}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
