"""Saving and loading: a list of saved games with scenario, date and turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.filenames import good_name, name_fault
from game.engine.autosaves import game_of, turns_back
from game.engine.replay import SUFFIX as REPLAY_SUFFIX
from game.engine.saves import SUFFIX, SaveError
from game.engine.session import Session
from game.ui.actions import Action, Pop, Push, Replace
from game.ui.brush import Brush, Tip
from game.ui.match import Match
from game.ui.pane import Pane
from game.ui.reel import Reel
from game.ui.screen import Screen
from game.ui.screens.dialogs import Choice, Dialog, error_dialog
from game.ui.screens.entry import EntryDialog
from game.ui.screens.replay import ReplayScreen
from game.ui.shelf import SavedGame
from game.ui.theme import BAD, MUTED, TEXT
from game.ui.words import full_day
from game.ui.work import Task

if TYPE_CHECKING:
    from game.ui.window import App


def saved_games(app: App) -> list[SavedGame]:
    """All saves and replays: the game that was saved last comes first, and of each game the newest save."""
    found = []
    paths = (
        [p for suffix in (SUFFIX, REPLAY_SUFFIX) for p in app.saves.glob("*" + suffix)] if app.saves.is_dir() else []
    )
    for path in paths:
        written = datetime.fromtimestamp(path.stat().st_mtime)
        found.append(app.library.summary(path, written))
    found.sort(key=lambda s: (s.written, s.path.name), reverse=True)
    order = {group: k for k, group in reversed([*enumerate(map(_group, found))])}
    return sorted(found, key=lambda s: order[_group(s)])


def _group(save: SavedGame) -> str:
    """What stands over it in the list together with others: the game, or the replays, or what cannot be loaded."""
    return "faulty" if save.fault else save.game or "replays"


def _heading(save: SavedGame) -> str:
    return {"faulty": "Cannot be loaded", "replays": "Replays"}.get(_group(save), save.scenario)


def newest_save(folder: Path) -> Path | None:
    """The save written last."""
    paths = list(folder.glob("*" + SUFFIX)) if folder.is_dir() else []
    return max(paths, key=lambda p: (p.stat().st_mtime, p.name), default=None)


def _name(path: Path) -> str:
    if game_of(path):
        back = turns_back(path)
        return "Latest autosave" if back == 0 else f"Autosave, {back} before"
    return path.name.removesuffix(SUFFIX).removesuffix(REPLAY_SUFFIX)


class LoadScreen(Screen):
    """The saved games; one is opened by a click or Enter."""

    over = True

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.games = saved_games(app)
        self.notice = ""
        self._loading: Task[tuple[Session, Reel | None, bool]] | None = None
        self.pane = Pane("saves", self._body, lambda: ("Load a saved game or a replay", str(app.saves)), self._foot, 52)
        self.panes = [self.pane]
        self.marks.focus = f"saves.{self.games[0].path.name}" if self.games else "saves.foot.close"

    def layout(self, width: float, height: float) -> None:
        self.pane.fit(self.app.fonts, self.marks, 720.0, (width, height))

    def _body(self, brush: Brush) -> float:
        if not self.games:
            return 20 + brush.para("There is no saved game yet.", 16, 18, brush.width - 32, MUTED)
        y = 8.0
        if self.notice:
            y += brush.para(self.notice, 16, y, brush.width - 32, BAD) + 8
        group = ""
        for game in self.games:
            if _group(game) != group:
                group = _group(game)
                brush.heading(_heading(game), 16, y + 12)
                y += 26
            key = game.path.name
            tip = Tip(key, game.fault or str(game.path))
            act = (partial(self.open, game.path)) if not game.fault else (partial(self._say, game))
            brush.row(key, (8, y, brush.width - 16, 52), act, tip=tip)
            used = brush.text(
                f"{full_day(game.written)}, {game.written:%H:%M}", brush.width - 62, y + 17, MUTED, "ui", 12, "r"
            )
            brush.text(_name(game.path), 22, y + 17, TEXT, "ui_semibold", 14, "l", brush.width - 110 - used)
            sub = game.fault or f"{game.scenario} · {game.says}"
            brush.text(sub, 22, y + 37, BAD if game.fault else MUTED, "ui", 12, "l", brush.width - 90)
            brush.icon("cross", brush.width - 32, y + 26, MUTED, 20)
            delete = Tip("Delete this save", "Asks first.")
            brush.hot("x" + key, (brush.width - 48, y + 8, 34, 36), partial(self._ask_delete, game), delete)
            brush.ring("x" + key, (brush.width - 46, y + 10, 30, 32))
            y += 58
        return y + 4

    def _foot(self, brush: Brush) -> None:
        if self._loading is not None:
            brush.text("Loading…", 16, 26, MUTED)
        brush.button("close", (brush.width - 132, 10, 120, 32), "Close", Pop, "Esc")

    def _say(self, game: SavedGame) -> Action | None:
        return error_dialog(self.app, f"{game.path.name} cannot be loaded", game.fault)

    def _ask_delete(self, game: SavedGame) -> Action:
        def delete() -> Action | None:
            try:
                game.path.unlink()
            except OSError as error:
                self.notice = f"{game.path.name} could not be deleted: {error.strerror or error}"
            self.games = saved_games(self.app)
            self.touch()
            self.relayout()
            return None

        text = f"{_name(game.path)} will be gone for good."
        return Push(Dialog(self.app, "Delete?", text, (Choice("Delete", delete), Choice("Keep", None, "primary"))))

    def open(self, path: Path | None) -> Action | None:
        """Load a game, in the background."""
        if path is not None and self._loading is None:
            at_risk = next((text for s in reversed(self.app.stack) if (text := s.at_risk())), "")
            if at_risk:
                load = Choice("Load", lambda: self._open(path))
                return Push(Dialog(self.app, "Leave this game?", at_risk, (load, Choice("Stay", None, "primary"))))
            return self._open(path)
        return None

    def _open(self, path: Path) -> Action | None:
        self._loading = Task(lambda: self._fetch(path), "load")
        self.touch()
        return None if self in self.app.stack else Push(self)

    def update(self, seconds: float) -> Action | None:
        if self._loading is None or not self._loading.done:
            return None
        task, self._loading = self._loading, None
        self.touch()
        if task.error is not None:
            return error_dialog(self.app, "The game could not be loaded", task.error)
        assert self.app.table is not None
        session, reel, changed = task.result()
        self.app.obey(Replace(self.app.table(session)))
        return None if reel is None else Push(ReplayScreen(self.app, Match(session), reel, changed))

    def _fetch(self, path: Path) -> tuple[Session, Reel | None, bool]:
        """The game in a file; of a replay also its reel, and whether it ended otherwise than recorded."""
        library = self.app.library
        session = library.load(path)
        if not path.name.endswith(REPLAY_SUFFIX):
            return session, None, False
        return session, library.reel(session), library.ends_otherwise(path, session)


def ask_save(app: App, match: Match, then: Action | None = None) -> Push:
    """Ask for a name and save the game under it; an existing save is replaced only after a question."""

    return _ask_name(app, match, "Save the game", SUFFIX, match.save, then)


def ask_replay(app: App, match: Match) -> Push:
    """Ask for a name and write the game as a replay, a text file that can be passed on."""
    return _ask_name(app, match, "Keep as a replay", REPLAY_SUFFIX, lambda p: app.library.keep_replay(match.session, p))


def _ask_name(
    app: App, match: Match, title: str, suffix: str, save: Callable[[Path], None], then: Action | None = None
) -> Push:
    def write(path: Path) -> Action | None:
        try:
            save(path)
        except SaveError as error:
            return error_dialog(app, "The game was not saved", error)
        return then or Push(Dialog(app, "Saved", f"{_name(path)} is in {path.parent}."))

    def done(name: str) -> Action | None:
        path = app.saves / (name + suffix)
        if path.exists():
            replace = Choice("Replace", lambda: write(path))
            text = f"There is a save of the name {name} already."
            return Push(
                Dialog(app, "Replace it?", text, (replace, Choice("Another name", lambda: ask(name), "primary")))
            )
        return write(path)

    def ask(name: str) -> Push:
        return Push(EntryDialog(app, title, "Name of the file", name, partial(_fault, suffix=suffix), done))

    return ask(good_name(f"{match.scenario.title} {match.day:%Y-%m-%d}", suffix))


def _fault(name: str, suffix: str) -> str:
    """What is wrong with the name of a save; empty if it is good."""
    if game_of(Path(name + suffix)):
        return "Names like this one are for autosaves, which are replaced"
    return name_fault(name, suffix)
