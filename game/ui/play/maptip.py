"""What a tooltip says of the map: the counters under the mouse, or the overlay's value there."""

from __future__ import annotations

from game.core.ids import OFF_MAP, HexIndex
from game.core.view import View
from game.ui.actors import name_now
from game.ui.brush import Tip
from game.ui.mapview import CounterHit, HexOverlay
from game.ui.play.facts import about, force_facts, force_tip, thousands
from game.ui.play.society import Line, mines_line, people_lines

_MOST = 12
"""Forces of a pile that are named one by one."""


def map_tip(view: View, hit: CounterHit | None, hex_: HexIndex, overlay: HexOverlay | None) -> Tip | None:
    """The tooltip for a place on the map; None if there is nothing to add to the picture."""
    if hit is not None:
        return _pile_tip(view, hit)
    if overlay is None or hex_ == OFF_MAP or overlay.class_of_hex[hex_] < 0:
        return None
    step = overlay.classes[int(overlay.class_of_hex[hex_])]
    found = _details(view, hex_, overlay.title)
    if found is not None:
        return Tip(f"{overlay.title}: {step.label}", found.tip.text, found.tip.rows, found.tip.source)
    label = "In all" if step.value.endswith("hexes") else "Here"
    text = overlay.subtitle[:1].upper() + overlay.subtitle[1:] + "."
    return Tip(f"{overlay.title}: {step.label}", text, ((label, step.value),) if step.value else ())


def _details(view: View, hex_: HexIndex, overlay: str) -> Line | None:
    """What stands behind an overlay's colour in a hex."""
    if overlay == "Mines":
        return mines_line(view, hex_)
    key = overlay.lower()
    return next((line for line in people_lines(view, hex_) if line.key == key), None)


def _pile_tip(view: View, hit: CounterHit) -> Tip:
    found = [force_facts(view, counter.id) for counter in hit.pile]
    if len(found) == 1:
        return force_tip(view, found[0])
    own = view.is_own(found[0].faction)
    count = thousands if own else about
    rows = [(f.name, count(f.men)) for f in found[:_MOST]]
    if len(found) > _MOST:
        rows.append((f"and {len(found) - _MOST} more", count(sum(f.men for f in found[_MOST:]))))
    whose = name_now(view, found[0].faction)
    text = f"{count(sum(f.men for f in found)).capitalize()} men together{'' if own else ', as reported'}."
    return Tip(f"{len(found)} forces of {whose}", text, tuple(rows), "A click opens the stack.")
