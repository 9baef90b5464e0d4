"""The checks of sense read raw data: a value of any kind anywhere is a fault of the schema's, never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from game.scenario import checks, library, yamltree
from game.scenario.folder import Folder
from game.scenario.mapfile import load_map
from game.scenario.rulesets import load_ruleset
from game.scenario.schema import FILES

WRONG: tuple[Any, ...] = ([{}],)


def values(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """(keys on the way, the mapping or list around, its key or row) of every value."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(parts):
        way = (*path, "-" if isinstance(key, int) else str(key))
        yield way, data, key
        yield from values(value, way)


def test_no_value_of_another_kind_upsets_the_checks_of_sense() -> None:
    folder = library.data_folder() / "grand_campaign_1977_1997"
    documents = {name: yamltree.read(folder / name, name) for name in FILES}
    four = (documents[f"{name}.yaml"] for name in ("scenario", "factions", "forces", "events"))
    map_ = load_map(library.data_folder() / "maps" / "indochina_24km.yaml")
    rules = load_ruleset(library.data_folder() / "rulesets" / "standard.yaml")
    whole = Folder(*four, map=map_, rules=rules.move)
    for name, rows in (("forces.yaml", "groups"), ("events.yaml", "events")):
        # few stand for all: each is looked at anew for every value that is tried
        del documents[name].data[rows][12:]
    tried = set()
    for name, document in documents.items():
        for way, around, key in values(document.data):
            # one value of each kind of entry stands for all
            if (name, way[-2:]) in tried:
                continue
            tried.add((name, way[-2:]))
            right = around[key]
            for wrong in WRONG:
                around[key] = wrong
                checks.check_sense(whole)
                document.faults.clear()
            around[key] = right
    assert len(tried) > 150
