"""The map as drawn: what changes shows, what is asked is answered, nothing waits."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest
from mapview_world import COLS, FACTIONS, at, small_country

from game.core.ids import OFF_MAP, Season, Terrain
from game.scenario.mapfile import lines_path, load_lines, load_map
from game.ui import theme
from game.ui.fonts import Fonts
from game.ui.mapview import (
    Animation,
    ArrowKind,
    BattleFlash,
    Camera,
    Counter,
    CounterStack,
    Flow,
    MapScene,
    MapView,
    Marker,
    MarkerKind,
    Minimap,
    MovingCounter,
    OrderArrow,
    PathPreview,
    PostureIcon,
    Symbol,
    control_overlay,
    legend_of,
    supply_overlay,
)
from game.ui.mapview.counters import CounterArt, men_text
from game.ui.mapview.layers import LayerState
from game.ui.mapview.tiles import TileStore, bake, digest, tile_counts
from game.ui.resources import asset

ROOT = Path(__file__).resolve().parents[2]
SIZE = (420, 320)


class Desk:
    """A small window on the small country."""

    def __init__(self, cache: Path, zoom: int = 48) -> None:
        self.hexmap = small_country()
        self.view = MapView(self.hexmap, (), FACTIONS, Fonts(), cache)
        self.camera = Camera(self.hexmap, SIZE, zoom)
        self.surface = pygame.Surface(SIZE, 0, 32)
        control = np.where(self.hexmap.is_land, np.where(np.arange(self.hexmap.n) % COLS < 7, 0, 1), -1)
        self.scene = MapScene(control=control.astype(np.int8), show_labels=False)

    def shot(self, scene: MapScene | None = None) -> np.ndarray:
        self.view.draw(self.surface, self.camera, scene or self.scene, settle=True)
        return pygame.surfarray.array3d(self.surface).astype(int)

    def around(self, picture: np.ndarray, hex_: int, r: int = 14) -> np.ndarray:
        x, y = (round(v) for v in self.camera.hex_centre(hex_))
        return picture[x - r : x + r, y - r : y + r]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tiles")


@pytest.fixture
def desk(cache: Path):  # type: ignore[no-untyped-def]
    made = Desk(cache)
    yield made
    made.view.close()


def counter(id_: int, faction: int = 0, **more: object) -> Counter:
    return replace(Counter(id_, faction, "7", men=8500, posture=PostureIcon.ATTACK, supply_pips=3), **more)  # type: ignore[arg-type]


def test_land_forest_and_sea_look_different(desk: Desk) -> None:
    desk.camera.look_at(3, 6)
    picture = desk.shot(MapScene(show_labels=False))
    sea, land = desk.around(picture, at(1, 5)).mean((0, 1)), desk.around(picture, at(4, 8)).mean((0, 1))
    assert sea[2] > sea[0] + 20 and land[0] > land[2] + 15


def test_neighbouring_pieces_meet_without_a_seam(cache: Path) -> None:
    hexmap = small_country()
    store = TileStore(hexmap, (), cache)
    whole = pygame.surfarray.array3d(store.painter.picture(64, Season.DRY, 100, 100, 300, 200)).astype(int)
    left = pygame.surfarray.array3d(store.painter.picture(64, Season.DRY, 100, 100, 150, 200)).astype(int)
    right = pygame.surfarray.array3d(store.painter.picture(64, Season.DRY, 250, 100, 150, 200)).astype(int)
    difference = np.abs(np.concatenate([left, right]) - whole)
    assert np.quantile(difference, 0.999) <= 4


def test_the_wet_season_floods_only_where_it_says(desk: Desk) -> None:
    dry, wet = desk.shot(), desk.shot(replace(desk.scene, season=Season.WET))
    assert np.abs(desk.around(dry, at(5, 5)) - desk.around(wet, at(5, 5))).mean() > 8
    assert np.abs(desk.around(dry, at(9, 9)) - desk.around(wet, at(9, 9))).mean() < 1


def test_a_change_of_control_redraws_only_the_pieces_that_it_touches(desk: Desk) -> None:
    desk.camera.resize((1200, 900))
    desk.camera.set_zoom(96)
    desk.shot()
    before = dict(desk.view.ground._pieces)
    control = desk.scene.control.copy()  # type: ignore[union-attr]
    changed = desk.camera.hex_at((100, 100))
    control[changed] = 2
    desk.shot(replace(desk.scene, control=control))
    after = desk.view.ground._pieces
    redrawn = [k for k, piece in after.items() if before.get(k) is not piece]
    assert 0 < len(redrawn) < len(before)


def test_a_front_runs_only_between_factions_at_war(desk: Desk) -> None:
    peace = np.zeros((3, 3), bool)
    quiet = desk.shot(replace(desk.scene, at_war=peace))
    war = peace.copy()
    war[0, 1] = True
    assert desk.view.ground.state is not None and not desk.view.ground.state.fronts
    fought = desk.shot(replace(desk.scene, at_war=war))
    assert desk.view.ground.state.fronts
    assert np.abs(quiet - fought).max() > 60


def test_fog_darkens_what_is_not_seen(desk: Desk) -> None:
    seen = desk.shot()
    visible = np.ones(desk.hexmap.n, bool)
    visible[at(8, 8)] = False
    fog = desk.shot(replace(desk.scene, visible=visible))
    assert desk.around(seen, at(8, 8)).mean() > desk.around(fog, at(8, 8)).mean() + 6
    assert np.abs(desk.around(seen, at(5, 8)) - desk.around(fog, at(5, 8))).max() == 0


def test_an_overlay_colours_its_hexes_and_its_legend_shows_the_blended_colour(desk: Desk) -> None:
    tonnes = np.where(desk.hexmap.is_land, 50.0, -1.0)
    tonnes[at(8, 8)] = 0
    overlay = supply_overlay(tonnes, (40, 10), ("full", "poor", "cut off"))
    picture = desk.shot(replace(desk.scene, overlay=overlay))
    rows = legend_of(overlay).rows
    assert [r.label for r in rows] == ["full", "poor", "cut off"]
    assert np.abs(desk.around(picture, at(8, 9)).mean((0, 1)) - np.array(rows[0].colour)).max() < 25
    assert rows[2].pattern == "diagonal"


def test_the_control_overlay_lists_only_those_who_hold_land(desk: Desk) -> None:
    assert desk.scene.control is not None
    overlay = control_overlay(desk.scene.control, FACTIONS)
    assert [c.label for c in overlay.classes] == ["Vietnam", "Democratic Kampuchea"]
    assert (overlay.class_of_hex[~desk.hexmap.is_land] == -1).all()


def test_supply_classes_need_one_label_more_than_bounds() -> None:
    with pytest.raises(ValueError, match="2 bounds need 3 labels"):
        supply_overlay(np.zeros(4), (2, 1), ("a", "b"))


def test_clicks_find_counters_piles_and_hexes(desk: Desk) -> None:
    stack = CounterStack(at(5, 5), (counter(1), counter(2)))
    desk.shot(replace(desk.scene, stacks=(stack,)))
    x, y = desk.camera.hex_centre(at(5, 5))
    hit = desk.view.counter_at((x, y))
    assert hit is not None and hit.hex == at(5, 5) and [c.id for c in hit.pile] == [1, 2]
    assert desk.view.hex_at((x, y)) == at(5, 5)
    assert desk.view.counter_at(desk.camera.hex_centre(at(8, 8))) is None


def test_an_opened_stack_offers_each_counter_singly(desk: Desk) -> None:
    counters = tuple(counter(k) for k in range(4))
    scene = replace(desk.scene, stacks=(CounterStack(at(6, 6), counters),))
    desk.camera.centre_on(at(6, 6), glide=False)
    desk.view.open_stack(at(6, 6))
    desk.shot(scene)
    found = {
        hit.counter.id
        for x in range(0, SIZE[0], 8)
        for y in range(0, SIZE[1], 8)
        if (hit := desk.view.counter_at((x, y))) and len(hit.pile) == 1
    }
    assert found == {0, 1, 2, 3}
    desk.view.open_stack(OFF_MAP)
    desk.shot(scene)
    assert desk.view.counter_at(desk.camera.hex_centre(at(6, 6))).pile == counters  # type: ignore[union-attr]


def test_two_factions_in_a_hex_both_show(desk: Desk) -> None:
    desk.shot(replace(desk.scene, stacks=(CounterStack(at(5, 5), (counter(1, 0), counter(2, 1))),)))
    x, y = desk.camera.hex_centre(at(5, 5))
    seen = {hit.counter.faction for d in (-18, 18) if (hit := desk.view.counter_at((x + d, y + d)))}
    assert seen == {0, 1}


@pytest.mark.parametrize("symbol", list(Symbol))
def test_every_symbol_draws_something_of_its_own(symbol: Symbol) -> None:
    art = CounterArt(FACTIONS, Fonts())
    picture = art.picture(counter(1, symbol=symbol), 50)
    others = [art.picture(counter(1, symbol=s), 50) for s in Symbol if s is not symbol]
    mine = pygame.surfarray.array3d(picture)
    assert all((mine != pygame.surfarray.array3d(o)).any() for o in others)


@pytest.mark.parametrize("icon", list(PostureIcon))
def test_every_posture_draws_something_of_its_own(icon: PostureIcon) -> None:
    art = CounterArt(FACTIONS, Fonts())
    mine = pygame.surfarray.array3d(art.picture(counter(1, posture=icon), 50))
    others = [art.picture(counter(1, posture=p), 50) for p in PostureIcon if p is not icon]
    assert all((mine != pygame.surfarray.array3d(o)).any() for o in others)


def test_small_counters_carry_no_words() -> None:
    art = CounterArt(FACTIONS, Fonts())
    assert art.picture(counter(1, label="7", men=8500), 24) is art.picture(counter(2, label="341", men=900), 24)
    assert art.picture(counter(1, men=8500), 50) is not art.picture(counter(1, men=900), 50)


@pytest.mark.parametrize(("men", "words"), [(8500, "8.5"), (9950, "10"), (37100, "37"), (600, "0.6"), (0, "")])
def test_strength_is_told_in_thousands(men: int, words: str) -> None:
    assert men_text(men) == words


def test_everything_at_once_draws_at_every_zoom_and_scale(cache: Path) -> None:
    hexmap = small_country()
    for scale, zoom in ((1.0, 12), (1.0, 24), (1.5, 48), (2.0, 96)):
        view = MapView(hexmap, (), FACTIONS, Fonts(scale), cache)
        way = (at(5, 5), at(6, 4), at(7, 4))
        scene = MapScene(
            season=Season.WET,
            control=np.where(hexmap.is_land, 0, -1).astype(np.int8),
            contested=(at(8, 8),),
            visible=hexmap.terrain != Terrain.FOREST,
            stacks=(CounterStack(at(8, 8), (counter(1, believed=True), counter(2, 1, moved=True))),),
            arrows=tuple(OrderArrow(way, kind, 0, k + 1) for k, kind in enumerate(ArrowKind)),
            reach={at(5, 5): "0 d", at(6, 5): "1 d"},
            path=PathPreview(way, ((way[-1], "turn 1"),)),
            selected_hex=at(5, 5),
            hovered_hex=at(6, 6),
            overlay=replace(control_overlay(np.where(hexmap.is_land, 0, -1).astype(np.int8), FACTIONS),
                            flows=(Flow(way, 6.0), Flow(way, 4.0, cut=True)), notes=((way[0], "400 t"),)),
            markers=tuple(Marker(at(7, 7), kind, 0, "x") for kind in MarkerKind),
        )  # fmt: skip
        view.animation = Animation([MovingCounter(counter(1), way, 0, 1)], [BattleFlash(at(8, 8), 0)])
        view.animation.update(0.4)
        surface = pygame.Surface(SIZE, 0, 32)
        camera = Camera(hexmap, SIZE, zoom)
        view.draw(surface, camera, scene, settle=True)
        Minimap(view, (120, 100)).draw(surface, 5, 5, camera, scene)
        assert len(np.unique(pygame.surfarray.array2d(surface))) > 500
        view.close()


def test_labels_show_local_names_or_plain_ones(desk: Desk) -> None:
    desk.camera.centre_on(at(5, 3), glide=False)
    local = desk.shot(replace(desk.scene, show_labels=True))
    plain = desk.shot(replace(desk.scene, show_labels=True, local_names=False))
    assert (local != plain).any()


def test_a_moving_counter_leaves_its_hex_and_arrives(desk: Desk) -> None:
    way = (at(5, 5), at(6, 5), at(7, 5))
    mover = MovingCounter(counter(1), way, 0.0, 2.0)
    assert mover.at(desk.hexmap, 0) == pytest.approx(mover.at(desk.hexmap, -1))
    x0, x1, x2 = (mover.at(desk.hexmap, t)[0] for t in (0, 1, 2))
    assert x0 < x1 < x2
    desk.view.animation = Animation([mover])
    assert desk.view.update(1.0)
    desk.view.skip_animation()
    assert not desk.view.update(0.1)


def test_the_minimap_turns_a_click_into_a_hex_and_moves_the_camera(desk: Desk) -> None:
    desk.shot()
    mini = Minimap(desk.view, (140, 140))
    target = at(9, 8)
    x, y = ((v * mini.zoom) for v in (9.5, 8 * 0.866 + 0.577))
    assert mini.hex_at((x + 20, y + 30), 20, 30) == target
    desk.camera.set_zoom(96)
    mini.jump((x + 20, y + 30), 20, 30, desk.camera)
    sx, sy = desk.camera.hex_centre(target)
    assert (sx, sy) == pytest.approx((SIZE[0] / 2, SIZE[1] / 2), abs=4)


def test_drawing_never_waits_for_the_painter(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.view.draw(desk.surface, desk.camera, desk.scene)
    land = desk.around(pygame.surfarray.array3d(desk.surface).astype(int), at(5, 7))
    assert land.mean() > 120
    for _ in range(600):
        desk.view.draw(desk.surface, desk.camera, desk.scene)
        if not desk.view.busy and desk.view.ground.coarse_season is not None:
            break
        pygame.time.wait(20)
    assert not desk.view.busy
    desk.view.close()


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = TileStore(small_country(), (), blocked)
    assert store.get(16, Season.DRY, 0, 0).get_size() == (512, 512)


def test_a_broken_tile_file_is_painted_anew(tmp_path: Path) -> None:
    hexmap = small_country()
    first = TileStore(hexmap, (), tmp_path)
    good = first.get(16, Season.DRY, 0, 0)
    file = next(first.folder.rglob("dry_0_0.jpg"))
    file.write_bytes(file.read_bytes()[:40])
    again = TileStore(hexmap, (), tmp_path).get(16, Season.DRY, 0, 0)
    assert pygame.surfarray.array3d(again).mean() == pytest.approx(pygame.surfarray.array3d(good).mean(), abs=2)


def test_a_changed_map_has_another_fingerprint() -> None:
    hexmap = small_country()
    before = digest(hexmap, ())
    hexmap.terrain[at(8, 8)] = Terrain.SWAMP
    assert digest(hexmap, ()) != before


def test_baking_writes_every_tile_and_keeps_the_wet_season_only_where_it_differs(tmp_path: Path) -> None:
    hexmap = small_country()
    steps: list[tuple[int, int]] = []
    size = bake(hexmap, (), tmp_path, lambda done, total: steps.append((done, total)))
    cols, rows = tile_counts(hexmap, 64)
    assert len(list((tmp_path / "64").glob("dry_*.jpg"))) == cols * rows
    assert 0 < len(list((tmp_path / "64").glob("wet_*.jpg"))) < cols * rows
    assert size == sum(f.stat().st_size for f in tmp_path.rglob("*.jpg")) and steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios" / "maps").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_shipped_tiles_show_the_shipped_map(path: Path) -> None:
    mark = asset("ui", "tiles", path.stem, "digest.txt")
    remedy = f"run: python -m game.ui.mapview {path.relative_to(ROOT)}"
    assert mark.is_file(), remedy
    assert mark.read_text().strip() == digest(load_map(path), load_lines(lines_path(path))), remedy


def test_the_shipped_tiles_are_small_enough_to_ship() -> None:
    assert sum(f.stat().st_size for f in asset("ui", "tiles").rglob("*.jpg")) < 12e6


def test_a_frame_makes_few_new_arrows_and_the_next_ones_the_rest(cache: Path) -> None:
    hexmap = small_country()
    view = MapView(hexmap, (), FACTIONS, Fonts(), cache)
    try:
        ways = tuple(OrderArrow((at(3, k), at(4, k), at(5, k)), ArrowKind.MOVE, 0, k) for k in range(1, 9))
        scene, camera = MapScene(arrows=ways), Camera(hexmap, SIZE, 40)
        surface = pygame.Surface(SIZE, 0, 32)
        view.draw(surface, camera, scene)
        assert view.arrows.pending
        for _ in range(8):
            view.draw(surface, camera, scene)
        assert not view.arrows.pending
    finally:
        view.close()


def test_the_theme_has_no_colour_twice_for_two_uses_on_the_map() -> None:
    covers = (theme.RICE, theme.UPLAND, theme.DRY_FOREST, theme.FOREST, theme.SWAMP, theme.URBAN, theme.LAKE)
    assert len(set(covers)) == len(covers)


def test_a_region_of_contested_hexes_has_one_rim_about_it(desk: Desk) -> None:
    alone, beside = at(5, 5), at(6, 5)
    desk.camera.centre_on(alone, glide=False)
    one = desk.shot(replace(desk.scene, contested=(alone,)))
    both = desk.shot(replace(desk.scene, contested=(alone, beside)))
    none = desk.shot(replace(desk.scene, contested=()))
    x, y = (round(v) for v in desk.camera.hex_centre(alone))
    half = round(desk.camera.zoom * 0.475)
    shared, outer = np.s_[x + half - 2 : x + half + 3, y - 6 : y + 7], np.s_[x - half - 2 : x - half + 3, y - 6 : y + 7]
    assert (one[shared] != none[shared]).any()
    assert (both[shared] == none[shared]).all()
    assert (both[outer] == one[outer]).all()


def test_the_path_to_be_taken_leaves_the_counter_at_its_start_and_the_number_of_an_order_readable(desk: Desk) -> None:
    way = (at(5, 5), at(6, 4), at(7, 4))
    desk.camera.centre_on(way[0], glide=False)
    planned = replace(desk.scene, arrows=(OrderArrow(way, ArrowKind.MOVE, 0, 1),))
    path = replace(planned, path=PathPreview(way, ((way[-1], "turn 1"),)))
    without, with_path = desk.shot(planned), desk.shot(path)
    x, y = (round(v) for v in desk.camera.hex_centre(way[0]))
    room = round(desk.camera.zoom * 0.30)
    start = np.s_[x - room : x + room, y - room : y + room]
    assert (without[start] == with_path[start]).all()
    assert (without != with_path).any()


def test_ground_that_is_not_made_yet_shows_coarsely_without_holes_and_is_scaled_once(desk: Desk) -> None:
    desk.view.ground.show(LayerState.of(desk.view.hexmap, desk.scene))
    desk.view.ground._request = lambda keys: None  # type: ignore[method-assign,assignment]
    for zoom in (48, 64, 96):
        desk.camera.set_zoom(zoom)
        target = pygame.Surface(SIZE, 0, 32)
        target.fill((255, 0, 255))
        desk.view.ground.draw(target, desk.camera)
        assert not (pygame.surfarray.array3d(target) == (255, 0, 255)).all(axis=2).any()
        kept = dict(desk.view.ground._stand_ins)
        desk.view.ground.draw(target, desk.camera)
        assert all(desk.view.ground._stand_ins[key] is picture for key, picture in kept.items())


def test_the_words_of_a_camp_stand_where_no_counter_covers_them(desk: Desk) -> None:
    here, right = at(5, 5), at(6, 5)
    desk.camera.centre_on(here, glide=False)
    camp = Marker(here, MarkerKind.CAMP, 0, "120,000")
    stacks = (CounterStack(right, (counter(1),)),)
    alone = desk.shot(replace(desk.scene, stacks=stacks))
    marked = desk.shot(replace(desk.scene, stacks=stacks, markers=(camp,)))
    x, y = (round(v) for v in desk.camera.hex_centre(right))
    half = round(desk.camera.zoom * 0.36)
    box = np.s_[x - half : x + half, y - half : y + half]
    assert (alone[box] == marked[box]).all()
    free = desk.shot(replace(desk.scene, stacks=(), markers=(camp,)))
    bare = desk.shot(replace(desk.scene, stacks=()))
    shown, whole = (marked != alone).any(axis=2).sum(), (free != bare).any(axis=2).sum()
    assert shown > 0.95 * whole
