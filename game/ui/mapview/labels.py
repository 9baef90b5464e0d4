"""Names on the map: towns and places around the counters, waters along their course, lands spaced out.

The layout is made for the whole map at one zoom, so that names stand still while the map is panned.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from math import atan2, degrees

import numpy as np
import pygame
from cachetools import LRUCache

from game.core.hexmap import HexMap, MapLine, Place
from game.core.ids import River
from game.ui import theme
from game.ui.fonts import Fonts, with_halo
from game.ui.keeping import keep, kept, nbytes
from game.ui.mapview.arrows import Sprite
from game.ui.mapview.canvas import Canvas
from game.ui.mapview.geometry import F64, along, centre, centres, lengths, smooth
from game.ui.mapview.placer import Placer, Rect
from game.ui.work import wake

_RANKS = {"capital": 3, "city": 3, "provincial capital": 2, "port": 2, "town": 1}
"""Importance by kind of place; any other kind is 0."""
_FACES = {3: ("serif_bold", 17), 2: ("serif_bold", 14), 1: ("serif", 13), 0: ("serif_italic", 12)}
_LEAST_ZOOM = {3: 12, 2: 16, 1: 32, 0: 48}
"""Pixels per hex from which a rank is named."""
_LAYOUTS_MB = 16.0


@dataclass(frozen=True)
class LabelKey:
    """All that a layout depends on."""

    px: int
    local_names: bool
    obstacles: tuple[Rect, ...]
    regions: tuple[tuple[str, int, int], ...]


class LabelField:
    """Sprites with their boxes, of which those in the window are found quickly."""

    def __init__(self, sprites: Sequence[Sprite]) -> None:
        self.sprites = list(sprites)
        boxes = [(s.x, s.y, s.x + s.surface.get_width(), s.y + s.surface.get_height()) for s in self.sprites]
        self._boxes = np.array(boxes, np.int64).reshape(len(boxes), 4)

    def draw(self, target: pygame.Surface, origin: tuple[int, int]) -> None:
        """Blit those that touch the window."""
        (ox, oy), (w, h), b = origin, target.get_size(), self._boxes
        inside = (b[:, 2] > ox) & (b[:, 0] < ox + w) & (b[:, 3] > oy) & (b[:, 1] < oy + h)
        near = [self.sprites[k] for k in np.flatnonzero(inside).tolist()]
        target.fblits([(s.surface, (s.x - ox, s.y - oy)) for s in near], pygame.BLEND_PREMULTIPLIED)

    def moved(self, share: float) -> LabelField:
        """The same sprites, as large as before, where their middles lie on a map `share` times as large."""
        moved = []
        for s in self.sprites:
            w, h = s.surface.get_size()
            moved.append(Sprite(s.surface, round((s.x + w / 2) * share - w / 2), round((s.y + h / 2) * share - h / 2)))
        return LabelField(moved)


class LabelLayout:
    """All names at one zoom: `under` the counters' arrows lie waters and lands, `towns` above them."""

    def __init__(self, px: int, under: LabelField, towns: LabelField) -> None:
        self.px, self.under, self.towns = px, under, towns

    def at(self, px: int) -> LabelLayout:
        """The same names at another zoom, until they are laid out for it."""
        return LabelLayout(px, self.under.moved(px / self.px), self.towns.moved(px / self.px))

    @property
    def nbytes(self) -> int:
        """Bytes of all sprites, of which one may stand in several places."""
        return sum({id(s.surface): nbytes(s.surface) for s in self.under.sprites + self.towns.sprites}.values())


class LabelMaker:
    """Lays out the names of one map in a thread of its own, with fonts of its own."""

    def __init__(self, hexmap: HexMap, lines: Sequence[MapLine], fonts: Fonts) -> None:
        self.hexmap, self.fonts = hexmap, fonts
        self.spots = [(place, self._spot(place)) for place in hexmap.places]
        self.rivers = self._courses(lines)
        self._kept: LRUCache[LabelKey, LabelLayout] = kept(_LAYOUTS_MB)
        self._shown: LabelLayout | None = None
        self._pending: tuple[LabelKey, Future[LabelLayout]] | None = None
        self._thread = ThreadPoolExecutor(1, "map labels")

    def layout(self, key: LabelKey, wait: bool) -> LabelLayout:
        """The layout for a key. Unless told to `wait`, the one last shown while it is made, moved to this zoom."""
        found = self._kept.get(key)
        if found is None and (wait or self._shown is None):
            found = keep(self._kept, key, self._make(key))
        if self._pending is not None and self._pending[1].done():  # also one that nobody waits for any more
            made_for, made = self._pending
            self._pending = None
            latest = keep(self._kept, made_for, made.result())
            if found is None and made_for.px == key.px:
                found = latest
        if key not in self._kept and self._pending is None:
            self._pending = key, self._thread.submit(self._make, key)
            self._pending[1].add_done_callback(lambda _: wake())
        if found is not None:
            self._shown = found
        assert self._shown is not None
        if self._shown.px != key.px:
            self._shown = self._shown.at(key.px)
        return self._shown

    @property
    def busy(self) -> bool:
        """Whether a layout is being made."""
        return self._pending is not None

    @property
    def nbytes(self) -> int:
        """Bytes of all layouts that are kept."""
        return int(self._kept.currsize)

    def close(self) -> None:
        """End the background thread and forget the layouts."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._kept.clear()
        self._shown = self._pending = None

    def _make(self, key: LabelKey) -> LabelLayout:
        placer = Placer(key.obstacles)
        towns = self._towns(key, placer)
        under = self._regions(key, placer) + self._waters(key, placer)
        return LabelLayout(key.px, LabelField(under), LabelField(towns))

    def _spot(self, place: Place) -> tuple[float, float]:
        """Where a place is, world units; a place without coordinates stands in the middle of its hex."""
        if place.lat == 0 and place.lon == 0:
            return centre(self.hexmap, place.hex)
        x, y = self.hexmap.projection.to_km(place.lat, place.lon)
        x0, y0 = self.hexmap.origin_km
        return (x - x0) / self.hexmap.km_per_hex, (y0 - y) / self.hexmap.km_per_hex

    # --- towns

    def _towns(self, key: LabelKey, placer: Placer) -> list[Sprite]:
        px = key.px
        shown = [
            (rank_of(place), place, (x * px, y * px))
            for place, (x, y) in self.spots
            if px >= _LEAST_ZOOM[rank_of(place)] or (rank_of(place) == 1 and px >= 20)
        ]
        shown.sort(key=lambda item: -item[0])
        signs, names = [], []
        for rank, place, (x, y) in shown:
            if rank < 2 and px < 32 and placer.blocked((x - 4, y - 4, 8, 8)):
                continue
            sign = _sign(rank, place.kind, self._sign_scale(px))
            w, h = sign.get_size()
            signs.append(Sprite(sign, round(x - w / 2), round(y - h / 2)))
            r = sign_radius(rank, place.kind) * self._sign_scale(px)
            placer.block((x - r, y - r, 2 * r, 2 * r))
        for rank, place, (x, y) in shown:
            if px < _LEAST_ZOOM[rank]:
                continue
            picture = self._name(place, rank, key)
            at = placer.place(
                picture.get_width() - 6,
                picture.get_height() - 10,
                x,
                y,
                px,
                4 + sign_radius(rank, place.kind) * self._sign_scale(px),
                rank >= 2,
            )
            if at is not None:
                names.append(Sprite(picture, round(at[0]) - 3, round(at[1]) - 5))
        return signs + names

    def _sign_scale(self, px: int) -> float:
        return min(1.15, max(0.6, px / 64)) * self.fonts.scale

    def _name(self, place: Place, rank: int, key: LabelKey) -> pygame.Surface:
        words = (place.local_name if key.local_names else "") or place.name
        face, size = _FACES[rank]
        if rank == 3 and key.px >= 32:
            words = words.upper()
        shrink = 1.0 if key.px >= 40 else 0.92
        return self.fonts.halo(words, face, size * shrink, theme.INK, theme.HALO, 2, 0.85)

    # --- waters

    def _courses(self, lines: Sequence[MapLine]) -> list[tuple[str, int, F64]]:
        """Named rivers as long lines: pieces of one name that meet are joined."""
        named: dict[str, list[tuple[int, F64]]] = {}
        for line in lines:
            name = line.name.split("(")[0].strip()
            if line.layer == "river" and name and len(line.points) > 1:
                named.setdefault(name, []).append((line.grade, np.asarray(line.points, np.float64)))
        out = []
        for name, pieces in named.items():
            grade = max(g for g, _ in pieces)
            out += [(name, grade, smooth(course, 2)) for course in _joined([p for _, p in pieces])]
        return sorted(out, key=lambda item: (-item[1], item[0], -lengths(item[2])[-1]))

    def _waters(self, key: LabelKey, placer: Placer) -> list[Sprite]:
        px = key.px
        if px < 24:
            return []
        sprites: list[Sprite] = []
        for name, grade, course in self.rivers:
            if grade < River.MAJOR and px < 40:
                continue
            size = round((15 if grade >= River.GREAT else 13) * self.fonts.scale * (1.0 if px >= 40 else 0.88))
            sprites += self._along(name, course * px, size, 3.0 if grade >= River.GREAT else 1.5, placer, px)
        return sprites

    def _along(self, name: str, course: F64, size: int, spacing: float, placer: Placer, px: int) -> list[Sprite]:
        """The name once every 900 pixels of course, where it runs straightest and clear."""
        font = self.fonts.exact("serif_italic", size)
        widths = [font.size(c)[0] + spacing for c in name]
        need = sum(widths)
        run = lengths(course)[-1]
        if run < need * 1.25:
            return []
        every = max(900.0, need * 3)
        sprites = []
        for stretch in range(max(1, round(run / every))):
            low = run * stretch / max(1, round(run / every)) + need * 0.1
            high = run * (stretch + 1) / max(1, round(run / every)) - need * 1.1
            best: tuple[float, F64] | None = None
            for start in np.linspace(low, max(low, high), 12):
                samples = along(course, np.linspace(start, start + need, 14))
                cost = _bend(samples) + 12 * max(placer.crowd(box) for box in _beads(samples, size))
                if best is None or cost < best[0]:
                    best = cost, samples
            if best is None or best[0] > 2.4:
                continue
            line = best[1] if best[1][-1, 0] >= best[1][0, 0] else best[1][::-1]
            for box in _beads(line, size):
                placer.block(box)
            sprites.append(self._curved(name, line, size, spacing))
        return sprites

    def _curved(self, name: str, line: F64, size: int, spacing: float) -> Sprite:
        font = self.fonts.exact("serif_italic", size * 2)
        x0, y0, w, h = _bounds(line, size * 2)
        sheet = pygame.Surface((int(w) + 2, int(h) + 2), pygame.SRCALPHA)
        at, lift = 0.0, size * 0.30
        run = lengths(line)[-1]
        for letter in name:
            advance = font.size(letter)[0] / 2
            middle = min(run, at + advance / 2)
            (ax, ay), (bx, by), (x, y) = along(line, [max(0.0, middle - size), min(run, middle + size), middle])
            angle = atan2(by - ay, bx - ax)
            nx, ny = np.sin(angle), -np.cos(angle)
            glyph = with_halo(font, letter, theme.WATER_LABEL, theme.WATER_HALO, 3, 0.55)
            glyph = pygame.transform.rotozoom(glyph, -degrees(angle), 0.5)
            pos = (
                round(x + nx * lift - x0 - glyph.get_width() / 2),
                round(y + ny * lift - y0 - glyph.get_height() / 2),
            )
            sheet.blit(glyph, pos, special_flags=pygame.BLEND_PREMULTIPLIED)
            at += advance + spacing
        return Sprite(sheet, int(x0), int(y0))

    # --- lands

    def _regions(self, key: LabelKey, placer: Placer) -> list[Sprite]:
        px = key.px
        sprites = []
        for name, hex_, span in key.regions or self._default_regions():
            x, y = (v * px for v in centre(self.hexmap, hex_))
            size = max(13.0, min(30.0, span * px * 0.045)) * self.fonts.scale
            picture = self._spaced(name, round(size), span * px)
            if picture is not None:
                at = _clearest(placer, x, y, picture.get_width(), picture.get_height(), px)
                sprites.append(Sprite(picture, round(at[0]), round(at[1])))
        return sprites

    def _default_regions(self) -> list[tuple[str, int, int]]:
        """The countries, each in the middle of its land."""
        out = []
        everything = centres(self.hexmap)
        for row, name in enumerate(self.hexmap.countries):
            own = np.flatnonzero(self.hexmap.country == row)
            if len(own) < 25:
                continue
            middle = everything[own].mean(axis=0)
            nearest = own[np.argmin(((everything[own] - middle) ** 2).sum(axis=1))]
            width = float(np.ptp(everything[own, 0]))
            out.append((name, int(nearest), max(5, round(width * 0.5))))
        return out

    def _spaced(self, name: str, size: int, width: float) -> pygame.Surface | None:
        font = self.fonts.exact("region", size)
        letters = [with_halo(font, c, theme.REGION_LABEL, theme.HALO, 2, 0.55) for c in name.upper()]
        bare = sum(font.size(c)[0] for c in name.upper())
        gap = min(size * 1.1, max(size * 0.22, (width - bare) / max(1, len(name) - 1)))
        sheet = pygame.Surface((int(bare + gap * len(name)) + 12, letters[0].get_height()), pygame.SRCALPHA)
        x = 0.0
        for letter, picture in zip(name.upper(), letters, strict=True):
            sheet.blit(picture, (round(x), 0), special_flags=pygame.BLEND_PREMULTIPLIED)
            x += font.size(letter)[0] + gap
        sheet.fill((205,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
        return sheet


def rank_of(place: Place) -> int:
    """Importance of a place, 0..3."""
    return _RANKS.get(place.kind, 0)


def sign_radius(rank: int, kind: str) -> float:
    """Half the size of a place's sign, pixels at scale 1."""
    return 7.0 if rank == 3 else 6.0 if kind == "port" or rank == 2 else 4.5


def _sign(rank: int, kind: str, z: float) -> pygame.Surface:
    """The sign of a place, premultiplied, centred."""
    ink, paper = theme.INK, (247, 240, 222)
    canvas = Canvas(22 * z, 22 * z, 4)
    c = canvas.w / 2
    if rank == 3:
        for half, colour in ((7.0, ink), (5.4, paper), (3.6, (156, 59, 46))):
            canvas.rect(c - half * z, c - half * z, 2 * half * z, 2 * half * z, colour, 0.8 * z)
    elif kind == "port":
        canvas.circle(c, c, 6.0 * z, ink)
        canvas.circle(c, c, 4.7 * z, (214, 232, 234))
        canvas.line([(c, c - 3 * z), (c, c + 3 * z)], ink, 1.2 * z)
        canvas.line([(c - 2.8 * z, c + 0.9 * z), (c, c + 3 * z), (c + 2.8 * z, c + 0.9 * z)], ink, 1.2 * z)
    elif rank == 2:
        canvas.circle(c, c, 5.4 * z, ink)
        canvas.circle(c, c, 4.0 * z, paper)
        canvas.circle(c, c, 2.0 * z, ink)
    elif kind == "pass":
        for side in (-1, 1):
            arc = [(c + side * (1.4 + 1.6 * t * t) * z, c + 4.2 * t * z) for t in np.linspace(-1, 1, 9)]
            canvas.line(arc, ink, 1.4 * z)
    elif kind in ("airfield", "airbase"):
        canvas.circle(c, c, 5.0 * z, ink)
        canvas.circle(c, c, 3.9 * z, paper)
        canvas.line([(c - 2.6 * z, c), (c + 2.6 * z, c)], ink, 1.3 * z)
        canvas.line([(c, c - 2.4 * z), (c, c + 2.4 * z)], ink, 1.3 * z)
    elif "camp" in kind:
        canvas.polygon([(c, c - 5 * z), (c + 5.4 * z, c + 4 * z), (c - 5.4 * z, c + 4 * z)], ink)
        canvas.polygon([(c, c - 2.8 * z), (c + 3.4 * z, c + 2.8 * z), (c - 3.4 * z, c + 2.8 * z)], paper)
    elif rank == 1:
        canvas.circle(c, c, 3.6 * z, ink)
        canvas.circle(c, c, 2.3 * z, paper)
    else:
        canvas.polygon([(c, c - 4.4 * z), (c + 4.4 * z, c), (c, c + 4.4 * z), (c - 4.4 * z, c)], ink)
        canvas.polygon([(c, c - 2.6 * z), (c + 2.6 * z, c), (c, c + 2.6 * z), (c - 2.6 * z, c)], paper)
    return canvas.surface()


def _joined(pieces: list[F64]) -> list[F64]:
    """Lines made of pieces whose ends meet (within a quarter of a hex)."""
    todo, out = list(pieces), []
    while todo:
        line = todo.pop(0)
        grown = True
        while grown:
            grown = False
            for k, other in enumerate(todo):
                for piece in (other, other[::-1]):
                    if np.hypot(*(line[-1] - piece[0])) < 0.25:
                        line, grown = np.vstack([line, piece[1:]]), True
                    elif np.hypot(*(line[0] - piece[-1])) < 0.25:
                        line, grown = np.vstack([piece[:-1], line]), True
                    if grown:
                        break
                if grown:
                    todo.pop(k)
                    break
        out.append(line)
    return out


def _bend(samples: F64) -> float:
    """Sum of the turns along a line, radians."""
    step = np.diff(samples, axis=0)
    heading = np.unwrap(np.arctan2(step[:, 1], step[:, 0]))
    return float(np.abs(np.diff(heading)).sum())


def _beads(samples: F64, size: float) -> list[Rect]:
    """Boxes strung along a name."""
    return [(float(x) - size * 0.7, float(y) - size * 0.7, size * 1.4, size * 1.4) for x, y in samples]


def _bounds(samples: F64, margin: float) -> Rect:
    low, high = samples.min(axis=0) - margin, samples.max(axis=0) + margin
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


def _clearest(placer: Placer, x: float, y: float, w: int, h: int, px: int) -> tuple[float, float]:
    """Corner of the least crowded box of w x h near a middle point."""
    steps = [(dx, dy) for dy in (0, -1, 1, -2, 2, 3, -3) for dx in (0, -1, 1)]
    options = [(x + dx * 0.9 * px - w / 2, y + dy * 0.75 * px - h / 2) for dx, dy in steps]
    best = min(range(len(options)), key=lambda k: placer.crowd((*options[k], w, h)) + 0.02 * k)
    placer.block((options[best][0], options[best][1] + h * 0.2, w, h * 0.6))
    return options[best]
