"""`kampuchea map`: build a hex map from public geography, and show one as text."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from game.cli import output
from game.core.filenames import name_fault
from game.core.files import make_folder, write_whole
from game.core.hexmap import PROJECTIONS, HexMap
from game.core.ids import Crossing, Rail, River, Road, Terrain
from game.scenario.library import assets_folder
from game.scenario.mapfile import MapFileError, dump_lines, dump_map, lines_path, load_map

app = typer.Typer(no_args_is_help=True, help="Build and look at hex maps.")

THEATRE = "100.95,9.2,109.35,15.365"
"""Box of the committed map. Its edges are chosen so that the grid parts towns that face each other on a border."""


@app.command()
def build(
    geo: Annotated[Path, typer.Option(help="Folder of public geography: GeoJSON layers and ESRI ASCII grids.")],
    hand: Annotated[
        Path | None, typer.Option(help="Folder of hand-made layers; the game's own if left out.", show_default=False)
    ] = None,
    bbox: Annotated[str, typer.Option(help="west,south,east,north in degrees.")] = THEATRE,
    km: Annotated[float, typer.Option(help="Kilometres per hex.")] = 12.0,
    projection: Annotated[str, typer.Option(help=f"{' or '.join(PROJECTIONS)}.")] = "lambert_azimuthal",
    name: Annotated[str, typer.Option(help="Name of the map and of its file.")] = "cambodia_12km",
    title: Annotated[str, typer.Option(help="Title for people; the name if not given.")] = "",
    out: Annotated[Path, typer.Option(help="Folder to write to: that of the scenario, as a rule.")] = Path(),
) -> None:
    """Build NAME.yaml and NAME.lines.txt. The same input gives the same bytes."""
    try:
        from game.scenario.mapbuild.build import Request, build_map
        from game.scenario.mapbuild.sources import MapBuildError
    except ImportError as error:
        # by name: the game itself is in no registry, so its extra `geo` cannot be asked for from everywhere
        _stop(f"{error.name} is missing, which building maps needs; install it: {_installer()} shapely pyproj")
    if not name or not name.replace("_", "").isalnum():
        _stop(f"--name {name!r}: use letters, figures and _ only")
    if fault := name_fault(name, ".lines.txt"):
        _stop(f"--name {name!r}: {fault}")
    try:
        request = Request(geo, hand or assets_folder() / "geo", _box(bbox), km, projection, name, title)
        hex_map, lines = build_map(request)
    except MapBuildError as error:
        _stop(str(error))
    target = out / f"{name}.yaml"
    try:
        make_folder(out)
        write_whole(target, dump_map(hex_map))
        write_whole(lines_path(target), dump_lines(lines))
    except OSError as error:
        _stop(f"{target}: cannot be written ({error.strerror}); choose another folder with --out")
    output.say(f"{target}: {hex_map.cols} x {hex_map.rows} hexes, {len(hex_map.places)} places")


@app.command()
def show(file: Annotated[Path, typer.Argument(help="A map file.")]) -> None:
    """Print the picture of a map and what it holds."""
    try:
        hex_map = load_map(file)
    except MapFileError as error:
        _stop(str(error))
    output.say(picture(hex_map))
    output.say(statistics(hex_map))


def picture(hex_map: HexMap) -> str:
    """One character a hex, towns as *, odd rows half a hex to the east."""
    signs = {
        Terrain.SEA: "~",
        Terrain.LAKE: "o",
        Terrain.RICE: ".",
        Terrain.UPLAND: ",",
        Terrain.DRY_FOREST: "d",
        Terrain.FOREST: "f",
        Terrain.SWAMP: "s",
        Terrain.URBAN: "#",
    }
    cells = [signs[Terrain(t)] for t in hex_map.terrain.tolist()]
    for place in hex_map.places:
        cells[place.hex] = "*"
    rows = [cells[row * hex_map.cols : (row + 1) * hex_map.cols] for row in range(hex_map.rows)]
    key = "~ sea  o lake  . rice  , upland  d dry forest  f forest  s swamp  # city  * place"
    return "\n".join(" " * (i & 1) + " ".join(row) for i, row in enumerate(rows)) + f"\n{key}"


def statistics(hex_map: HexMap) -> str:
    """What a map holds, in lines."""
    terrain = Counter(Terrain(t).name.lower() for t in hex_map.terrain.tolist())
    lines = [
        f"{hex_map.title} ({hex_map.name})",
        f"{hex_map.cols} x {hex_map.rows} hexes of {hex_map.km_per_hex:g} km, {hex_map.projection.name}",
        "terrain: " + ", ".join(f"{count} {name}" for name, count in sorted(terrain.items())),
        "countries: "
        + ", ".join(f"{name} {int((hex_map.country == i).sum())}" for i, name in enumerate(hex_map.countries)),
        f"provinces: {len(hex_map.provinces)}",
    ]
    for title, links, classes in (
        ("roads", hex_map.road, Road),
        ("rails", hex_map.rail, Rail),
        ("rivers", hex_map.river, River),
        ("crossings", hex_map.crossing, Crossing),
    ):
        counts = [f"{int((links == c).sum()) // 2} {c.name.lower()}" for c in classes if c]
        lines.append(f"{title}: " + ", ".join(counts))
    kinds = Counter(place.kind for place in hex_map.places)
    lines.append(f"places: {len(hex_map.places)}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    return "\n".join(lines)


def _installer() -> str:
    """The command that installs for the Python that runs this, as the user's shell takes it."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install"


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        _stop(f"--bbox {text!r}: give west,south,east,north in degrees, for example {THEATRE}")
    return west, south, east, north


def _stop(message: str) -> NoReturn:
    output.tell(message)
    raise typer.Exit(2)
