"""The diplomacy page: relations of all, two factions beside each other, proposals made and received, the vote."""

from __future__ import annotations

from game.ui.pages.assembly import AssemblyPane, IncomingPane
from game.ui.pages.blocs import BlocsPane
from game.ui.pages.council import Council
from game.ui.pages.matrix import Matrix
from game.ui.pages.page import Column, Page
from game.ui.pages.pair import PairPane
from game.ui.pages.planned import PlannedPane
from game.ui.pages.proposals import ProposalsPane


def diplomacy_page(council: Council) -> Page:
    """The page and its panels."""
    matrix, blocs, assembly, pair = Matrix(council), BlocsPane(council), AssemblyPane(council), PairPane(council)
    incoming, proposals, planned = IncomingPane(council), ProposalsPane(council), PlannedPane(council, "planned")
    columns = (
        Column(1.25, (matrix.pane, blocs.pane, assembly.pane), fill=1, least=0.2, spare=blocs.pane),
        Column(1.0, (pair.pane, incoming.pane)),
        Column(0.85, (proposals.pane, planned.pane)),
    )
    return Page("Diplomacy", columns, ("Relations", "Blocs", "UN", "Pair", "Received", "Propose", "Planned"))
