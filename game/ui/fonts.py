"""Fonts and drawn words. Every drawn word is cached; sizes are given at scale 1 and multiplied here."""

from __future__ import annotations

from functools import lru_cache

import pygame
from cachetools import LRUCache

from game.core.texts import printable
from game.ui.keeping import keeping, kept
from game.ui.resources import asset
from game.ui.theme import Rgb

FACES = {
    "ui": "Inter-Regular.otf",
    "ui_medium": "Inter-Medium.otf",
    "ui_semibold": "Inter-SemiBold.otf",
    "ui_bold": "Inter-Bold.otf",
    "ui_italic": "Inter-Italic.otf",
    "serif": "NotoSerif-Regular.ttf",
    "serif_bold": "NotoSerif-Bold.ttf",
    "serif_italic": "NotoSerif-Italic.ttf",
    "region": "EBGaramond12-Regular.otf",
}
"""Face -> file in assets/fonts. `ui*`: the screens; `serif*`: towns, headings, waters; `region`: lands."""

SCRIPT_FACES = {
    "khmer": ("NotoSansKhmer-Regular.ttf", "Khmr", range(0x1780, 0x1800)),
    "thai": ("NotoSansThai-Regular.ttf", "Thai", range(0x0E00, 0x0E80)),
    "lao": ("NotoSansLao-Regular.ttf", "Laoo", range(0x0E80, 0x0F00)),
}
"""Face -> file, ISO 15924 code by which letters are put together (Khmer ones stand under and around each other), and
the letters that it has."""


def script_face(name: str) -> str:
    """The face that has a name's letters; the screens' own for Latin ones."""
    return next((face for face, (_, _, letters) in SCRIPT_FACES.items() if ord(name[0]) in letters), "ui")


_TEXT_MB, _HALO_MB, _DRAWN_MB = 12.0, 8.0, 8.0
"""Room for words, for words with a rim, and for what is made of them."""

SAMPLE = (
    "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠạẢảẤấ"
    "ẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗ"
    "ỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹĔĕŎŏŬŭĬĭŒœ–—×±·’"
)
"""Every letter that Vietnamese and romanised Khmer names need, and the signs of the window."""


class Fonts:
    """The fonts at one interface scale. Needs `pygame.font.init()` to have run (it runs it if not)."""

    def __init__(self, scale: float = 1.0) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self.scale = scale
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self.text = keeping(_TEXT_MB)(self._text)
        self.halo = keeping(_HALO_MB)(self._halo)
        self.shortened = lru_cache(maxsize=4096)(self._shortened)
        self.wrapped = lru_cache(maxsize=2048)(self._wrapped)
        self.drawn: LRUCache[object, pygame.Surface] = kept(_DRAWN_MB)
        """Labels, discs and tooltips made of these fonts."""

    def font(self, face: str, size: float) -> pygame.font.Font:
        """The font of a face (key of FACES), `size` pixels high at scale 1."""
        return self._at(face, max(6, round(size * self.scale)))

    def exact(self, face: str, pixels: int) -> pygame.font.Font:
        """The font at a height in screen pixels, for drawings that follow the map's zoom, not the window's scale."""
        return self._at(face, max(6, pixels))

    def _at(self, face: str, pixels: int) -> pygame.font.Font:
        key = (face, pixels)
        if key not in self._fonts:
            file, script = SCRIPT_FACES[face][:2] if face in SCRIPT_FACES else (FACES[face], None)
            self._fonts[key] = pygame.font.Font(str(asset("fonts", file)), pixels)
            if script:
                self._fonts[key].set_script(script)
        return self._fonts[key]

    def width(self, words: str, face: str, size: float) -> int:
        """Width of the words in screen pixels."""
        return self.font(face, size).size(printable(words))[0]

    def _shortened(self, words: str, face: str, size: float, pixels: int) -> str:
        """The words, cut with '…' so that they fit."""
        words = printable(words)
        font = self.font(face, size)
        if font.size(words)[0] <= pixels:
            return words
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if font.size(words[:middle].rstrip() + "…")[0] <= pixels:
                low = middle
            else:
                high = middle - 1
        return words[:low].rstrip() + "…"

    def _wrapped(self, words: str, face: str, size: float, pixels: int) -> tuple[str, ...]:
        """The words in lines of at most `pixels`; an empty line between paragraphs stays."""
        font = self.font(face, size)
        lines: list[str] = []
        for paragraph in printable(words, lines=True).strip("\n").split("\n"):
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}" if line else word
                if line and font.size(longer)[0] > pixels:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        return tuple(lines)

    def let_go(self) -> None:
        """Forget what has been drawn: other fonts are used from now on."""
        for cache in (self.text.cache, self.halo.cache, self.drawn):
            cache.clear()

    @property
    def nbytes(self) -> int:
        """Bytes of all drawn words that are kept."""
        return int(self.text.cache.currsize + self.halo.cache.currsize + self.drawn.currsize)

    def _text(self, words: str, face: str, size: float, colour: Rgb) -> pygame.Surface:
        """The words on nothing, with straight alpha; what no text may hold is spelt out."""
        return self.font(face, size).render(printable(words), True, colour)

    def _halo(
        self, words: str, face: str, size: float, colour: Rgb, halo: Rgb, radius: int = 2, strength: float = 0.85
    ) -> pygame.Surface:
        """The words with a soft rim of `radius` pixels; premultiplied: blit with `BLEND_PREMULTIPLIED`."""
        return with_halo(self.font(face, size), words, colour, halo, radius, strength)


def with_halo(
    font: pygame.font.Font, words: str, colour: Rgb, halo: Rgb, radius: int = 2, strength: float = 0.85
) -> pygame.Surface:
    """Words with a soft rim, premultiplied alpha; the margin around them is `radius` + 1 on every side."""
    words = printable(words)
    ink = font.render(words, True, colour)
    rim = font.render(words, True, halo).premul_alpha()
    margin = radius + 1
    out = pygame.Surface((ink.get_width() + 2 * margin, ink.get_height() + 2 * margin), pygame.SRCALPHA)
    reach = range(-radius, radius + 1)
    for dx, dy in ((x, y) for x in reach for y in reach if x * x + y * y <= radius * radius + 1):
        out.blit(rim, (margin + dx, margin + dy), special_flags=pygame.BLEND_PREMULTIPLIED)
    level = round(255 * strength)
    out.fill((level, level, level, level), special_flags=pygame.BLEND_RGBA_MULT)
    out.blit(ink.premul_alpha(), (margin, margin), special_flags=pygame.BLEND_PREMULTIPLIED)
    return out
