"""Hexes, lines and outlines of the drawn map."""

from itertools import pairwise

import numpy as np
import pytest
from mapview_world import COLS, ROWS, SEA_COLS, at, small_country

from game.core import hexes
from game.core.hexmap import MapLine
from game.core.ids import OFF_MAP, Terrain
from game.ui.mapview import geometry as g
from game.ui.mapview.areas import Areas
from game.ui.mapview.camera import ZOOMS, Camera
from game.ui.mapview.derive import complete
from game.ui.mapview.placer import Placer
from game.ui.mapview.rasters import distance


def test_the_raster_of_hexes_agrees_with_the_core_at_every_point() -> None:
    xs = np.linspace(-0.8, COLS + 1.2, 83, dtype=np.float32)
    ys = np.linspace(-0.8, ROWS, 71, dtype=np.float32)
    number, off_x, off_y = g.hex_grid(xs, ys, COLS, ROWS)
    for j, y in enumerate(ys):
        for i, x in enumerate(xs):
            assert number[j, i] == hexes.at(float(x), float(y), COLS, ROWS)
            if number[j, i] != OFF_MAP:
                cx, cy = hexes.centre(number[j, i] % COLS, number[j, i] // COLS)
                assert (off_x[j, i], off_y[j, i]) == pytest.approx((x - cx, y - cy), abs=1e-5)


def test_an_edge_has_the_same_corners_from_both_sides() -> None:
    hexmap = small_country()
    index = g.CornerIndex(hexmap)
    for hex_ in range(hexmap.n):
        for d in range(6):
            other = int(hexmap.neighbours[hex_, d])
            if other != OFF_MAP:
                assert set(index.edge(hex_, d)) == set(index.edge(other, hexes.opposite(d)))


def test_chains_join_edges_from_fork_to_fork_and_use_each_once() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (2, 4), (5, 6), (6, 7), (7, 5)]
    lines = g.chains(edges)
    walked = sorted(tuple(sorted(pair)) for line in lines for pair in pairwise(line))
    assert walked == sorted(tuple(sorted(e)) for e in edges)
    assert [0, 1, 2] in lines and [5, 6, 7, 5] in lines


def test_clipping_a_square_to_half_of_it_leaves_half() -> None:
    square = np.array([(0, 0), (4, 0), (4, 4), (0, 4)], float)
    cut = g.clip_polygon(square, (2, -1, 9, 9))
    assert cut[:, 0].min() == 2 and cut[:, 0].max() == 4
    assert len(g.clip_polygon(square, (5, 5, 9, 9))) == 0


def test_dashes_cover_their_share_of_a_line() -> None:
    line = np.array([(0, 0), (10, 0)], float)
    cut = g.dashes(line, (2.0,), 3.0)
    assert [(d[0, 0], d[-1, 0]) for d in cut] == [(0, 2), (5, 7)]


def test_distance_is_exact_within_reach() -> None:
    inside = np.ones((9, 9), bool)
    inside[4, 4] = False
    d = distance(inside, 6)
    assert d[4, 4] == 0 and d[4, 7] == 3
    assert d[7, 8] == pytest.approx(5.0)


def test_without_lines_the_coast_follows_the_hexes() -> None:
    hexmap = small_country()
    areas = Areas(hexmap, complete(hexmap, ()))
    xs = np.array([hexes.centre(c, 6)[0] for c in range(COLS)], np.float32)
    share = areas.coverage("coast", 8, (0.0, 5.0, 14.0, 7.0), 112, 16)
    middle = share[8, (xs * 8).astype(int)]
    assert (middle[: SEA_COLS - 1] < 0.1).all() and (middle[SEA_COLS + 1 :] > 0.9).all()


@pytest.mark.parametrize("reverse", [False, True])
def test_an_open_coast_is_closed_on_the_side_where_the_land_is(reverse: bool) -> None:
    hexmap = small_country()
    points = np.array([(3.3, -0.2), (3.1, 4.0), (3.4, 10.9)], np.float32)
    coast = MapLine("coast", "", 0, False, points[::-1] if reverse else points)
    areas = Areas(hexmap, complete(hexmap, (coast,)))
    share = areas.coverage("coast", 8, (0.0, 4.0, 14.0, 6.0), 112, 16)
    assert share[:, :16].max() == 0 and share[:, 40:].min() == 1


def test_a_land_hex_that_the_coast_drowns_gets_an_islet() -> None:
    hexmap = small_country()
    hexmap.terrain[at(0, 2)] = Terrain.RICE
    points = np.array([(3.3, -0.2), (3.1, 4.0), (3.4, 10.9)], np.float32)
    areas = Areas(hexmap, complete(hexmap, (MapLine("coast", "", 0, False, points),)))
    x, y = hexes.centre(0, 2)
    assert areas.coverage("coast", 16, (x - 0.5, y - 0.5, x + 0.5, y + 0.5), 16, 16).mean() > 0.05


def test_an_island_in_a_lake_is_dry() -> None:
    hexmap = small_country()
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32)
    lines = [MapLine("lake", "", 0, True, square * size + np.float32(6)) for size in (2.0, 0.7)]
    share = Areas(hexmap, complete(hexmap, lines)).coverage("lake", 8, (3.0, 3.0, 9.0, 9.0), 48, 48)
    assert share[24, 24] == 0 and share[24, 12] == 1


def test_zooming_keeps_the_point_under_the_mouse() -> None:
    camera = Camera(small_country(), (300, 240), 32)
    mouse = (180.0, 130.0)
    before = camera.to_world(mouse)
    assert camera.zoom_by(1, mouse)
    assert camera.to_world(mouse) == pytest.approx(before, abs=1.5 / camera.zoom)


def test_the_view_stays_on_the_map_and_reaches_under_the_panels() -> None:
    camera = Camera(small_country(), (300, 240), 64, insets=(50, 20, 0, 0))
    camera.pan(-9999, -9999)
    assert camera.to_screen(0, 0) == pytest.approx((50, 20), abs=1)
    camera.pan(9999, 9999)
    assert camera.to_screen(*camera.world) == pytest.approx((300, 240), abs=1)


def test_every_zoom_finds_the_hex_whose_centre_is_shown() -> None:
    hexmap = small_country()
    for zoom in ZOOMS:
        camera = Camera(hexmap, (400, 300), zoom)
        camera.centre_on(at(6, 6), glide=False)
        assert camera.hex_at(camera.hex_centre(at(6, 6))) == at(6, 6)


def test_a_glide_arrives_and_reduced_motion_jumps() -> None:
    hexmap = small_country()
    gliding, jumping = Camera(hexmap, (200, 150), 64), Camera(hexmap, (200, 150), 64, reduced_motion=True)
    for camera in (gliding, jumping):
        camera.centre_on(at(9, 8))
    assert gliding.moving and not jumping.moving
    while gliding.update(0.1):
        pass
    assert (gliding.x, gliding.y) == pytest.approx((jumping.x, jumping.y))


def test_labels_avoid_what_is_taken_and_each_other() -> None:
    placer = Placer([(10, -10, 60, 20)])
    first = placer.place(50, 12, 0, 0, 64)
    second = placer.place(50, 12, 0, 0, 64)
    assert first is not None and second is not None and first != second
    assert first[0] < 0
    crowded = Placer([(-500, -500, 1000, 1000)])
    assert crowded.place(50, 12, 0, 0, 64) is None
    assert crowded.place(50, 12, 0, 0, 64, must=True) is not None
