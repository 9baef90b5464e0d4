"""Colours that everybody can tell apart, and letters that every name needs."""

from itertools import combinations

import numpy as np
import pytest

from game.ui import theme
from game.ui.fonts import FACES, SAMPLE, Fonts, script_face

# Dichromacy after Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
MACHADO = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def cam02_ucs(colour: theme.Rgb, sight: str) -> np.ndarray:
    """J', a', b' of CAM02-UCS (Luo, Cui and Li 2006), sRGB viewing conditions."""
    v = np.array(colour) / 255
    linear = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    linear = np.clip(MACHADO[sight] @ linear, 0, 1)
    xyz = 100 * np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    white = np.array([95.047, 100.0, 108.883])
    cat = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
    hpe = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0, 0, 1]])
    la, yb = 64 / np.pi / 5, 20.0
    k = 1 / (5 * la + 1)
    fl = 0.2 * k**4 * 5 * la + 0.1 * (1 - k**4) ** 2 * (5 * la) ** (1 / 3)
    n = yb / 100
    nbb = 0.725 * n**-0.2
    z = 1.48 + np.sqrt(n)
    d = 1 - np.exp((-la - 42) / 92) / 3.6

    def response(c: np.ndarray) -> np.ndarray:
        rgb_w = cat @ white
        adapted = hpe @ np.linalg.inv(cat) @ ((d * 100 / rgb_w + 1 - d) * (cat @ c))
        p = (fl * np.abs(adapted) / 100) ** 0.42
        return np.sign(adapted) * 400 * p / (27.13 + p) + 0.1

    r, g, b = response(xyz)
    rw, gw, bw = response(white)
    a_, b_ = r - 12 * g / 11 + b / 11, (r + g - 2 * b) / 9
    h = np.arctan2(b_, a_)
    achromatic, achromatic_w = (2 * r + g + b / 20 - 0.305) * nbb, (2 * rw + gw + bw / 20 - 0.305) * nbb
    j = 100 * (achromatic / achromatic_w) ** (0.69 * z)
    et = 0.25 * (np.cos(h + 2) + 3.8)
    t = 50000 / 13 * nbb * et * np.hypot(a_, b_) / (r + g + 1.05 * b)
    m = t**0.9 * np.sqrt(j / 100) * (1.64 - 0.29**n) ** 0.73 * fl**0.25
    jp, mp = 1.7 * j / (1 + 0.007 * j), np.log(1 + 0.0228 * m) / 0.0228
    return np.array([jp, mp * np.cos(h), mp * np.sin(h)])


def least_distance(sight: str) -> float:
    seen = [cam02_ucs(style.colour, sight) for style in theme.FACTION_PRESETS.values()]
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))


@pytest.mark.parametrize("sight", list(MACHADO))
def test_all_pairs_of_faction_colours_differ_by_ten_for_every_kind_of_sight(sight: str) -> None:
    assert least_distance(sight) >= 10


def test_the_distance_measure_agrees_with_the_published_figure_for_full_sight() -> None:
    assert least_distance("normal") == pytest.approx(18.4, abs=0.5)


def test_factions_differ_by_shape_and_silhouette_too() -> None:
    styles = list(theme.FACTION_PRESETS.values())
    assert len({s.shape for s in styles}) == len({s.silhouette for s in styles}) == len(styles)


def test_words_on_panels_and_counters_reach_the_contrast_that_reading_needs() -> None:
    for words, ground in (
        (theme.TEXT, theme.PANEL), (theme.MUTED, theme.RAISED), (theme.DIM, theme.RAISED), (theme.BRASS, theme.RAISED),
        (theme.GOOD, theme.PANEL), (theme.WARN, theme.PANEL), (theme.BAD, theme.PANEL), (theme.INK, theme.PAPER),
        (theme.INK_2, theme.PAPER), (theme.INK, theme.RICE), (theme.INK, theme.FOREST),
    ):  # fmt: skip
        assert theme.contrast(words, ground) >= 4.5
    for style in theme.FACTION_PRESETS.values():
        assert theme.contrast(style.text, style.colour) >= 4.5, style.name


def test_readable_moves_a_colour_until_it_can_be_read() -> None:
    assert theme.contrast(theme.readable((80, 80, 80), theme.PANEL), theme.PANEL) >= 4.5


def test_a_scenario_with_an_unknown_shape_is_told_the_choices() -> None:
    with pytest.raises(ValueError, match=r"'blob' of Nobody is unknown; choose from circle, diamond"):
        theme.faction_style("Nobody", "#112233", "blob", "solid")
    with pytest.raises(ValueError, match="six hexadecimal digits"):
        theme.faction_style("Nobody", "red", "circle", "solid")


@pytest.mark.parametrize("face", list(FACES))
def test_every_face_has_every_letter_of_vietnamese_and_romanised_khmer(face: str) -> None:
    font = Fonts().font(face, 16)
    missing = [c for c, metrics in zip(SAMPLE, font.metrics(SAMPLE), strict=True) if metrics is None]
    assert missing == []


def test_halo_text_is_premultiplied_and_larger_than_the_bare_word() -> None:
    fonts = Fonts(1.5)
    bare = fonts.text("Huế", "serif_bold", 14, theme.INK)
    halo = fonts.halo("Huế", "serif_bold", 14, theme.INK, theme.HALO)
    assert halo.get_width() == bare.get_width() + 6
    corner = halo.get_at((0, 0))
    assert corner.a == 0 and (corner.r, corner.g, corner.b) == (0, 0, 0)
    assert fonts.halo("Huế", "serif_bold", 14, theme.INK, theme.HALO) is halo


@pytest.mark.parametrize(("name", "face"), [("ភ្នំពេញ", "khmer"), ("อรัญประเทศ", "thai"), ("ສະຫວັນນະເຂດ", "lao")])
def test_names_in_khmer_thai_and_lao_letters_are_put_together(name: str, face: str) -> None:
    font = Fonts(1.0).font(face, 20)
    assert script_face(name) == face
    assert None not in font.metrics(name)
    assert font.size(name)[0] < sum(font.size(letter)[0] for letter in name), "they stand apart"


def test_latin_names_keep_the_screens_face() -> None:
    assert script_face("Đà Nẵng") == script_face("Phnum Pénh") == "ui"
