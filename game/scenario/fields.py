"""Types of the values in scenario files: what a field may hold and what it refers to.

The description and the unit of every field live with the field in `schema`; the key reference, the JSON Schema and
the loader's remedies are all made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from game.scenario.characters import line_fault


@dataclass(frozen=True)
class Refers:
    """Marks a name that must be known: place, country, province, faction, side, group, depot, source or location."""

    to: str


@dataclass(frozen=True)
class InScenario:
    """Marks a date that must lie between the scenario's start and end."""


class Entry(BaseModel):
    """Base of every mapping in a scenario file: no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, defer_build=True)


def _shown(text: str) -> str:
    if fault := line_fault("", text):
        raise PydanticCustomError(LINE_FAULT, fault[1])
    return text


LINE_FAULT = "line_fault"
"""Pydantic's name for what `characters.line_fault` finds."""
SHOWN = AfterValidator(_shown)
"""Of a text that is shown in a line of its own."""


def unit(text: str) -> dict[str, Any]:
    """The unit of a field, for the key reference."""
    return {"unit": text}


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,59}$")]
"""A name for use in the files: lower-case letters, figures and underscores."""
Title = Annotated[str, StringConstraints(min_length=1, max_length=120), SHOWN]
Prose = Annotated[str, StringConstraints(max_length=6000)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]

PlaceRef = Annotated[str, Refers("place")]
LocationRef = Annotated[str, Refers("location")]
"""A place of the map, or the four figures of a hex, in quotes."""
CountryRef = Annotated[str, Refers("country")]
ProvinceRef = Annotated[str, Refers("province")]
FactionRef = Annotated[str, Refers("faction")]
MovementRef = Annotated[str, Refers("movement")]
"""A faction that contends for the people's support."""
SideRef = Annotated[str, Refers("side")]
SourceRef = Annotated[str, Refers("source")]
DepotRef = Annotated[str, Refers("depot")]
GroupRef = Annotated[str, Refers("group")]
ScenarioDate = Annotated[date, InScenario()]

Pair = Annotated[list[FactionRef], Field(min_length=2, max_length=2)]
Share = Annotated[float, Field(ge=0, le=1)]
Confidence = Annotated[int, Field(ge=0, le=4)]

Sources = Annotated[
    list[SourceRef], Field(default_factory=list, description="Where the values come from: ids of `sources`.")
]
