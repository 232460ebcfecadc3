"""What the models of both files are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONGEST = 100_000  # characters of one value


def _of_the_calendar(value: str) -> str:
    """A date as it is; ValueError where the month has no such day."""
    if value.count("-") == 2:
        date.fromisoformat(value)
    return value


Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", description="BCP 47 tag, such as kk")]
Issn = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{3}[0-9X]$", description="ISSN with its hyphen")]
Date = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD")]
Day = Annotated[
    str,
    Field(
        pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
        description="YYYY-MM-DD; empty removes it",
    ),
    AfterValidator(_of_the_calendar),
]
Doi = Annotated[
    str,
    Field(pattern=r"^(10\.[0-9]{4,9}(\.[0-9]+)*/\S+)?$", description="such as 10.5555/12345678; empty removes it"),
]
Orcid = Annotated[str, Field(pattern=r"^(([0-9]{4}-){3}[0-9]{3}[0-9X])?$", description="such as 0000-0002-1825-0097")]
Email = Annotated[str, Field(pattern=r"^[^\s@]+@[^\s@]+$", max_length=254)]
Text = Annotated[str, Field(max_length=LONGEST)]


class Model(BaseModel):
    """Unknown keys are mistakes: a misspelt key must not be passed over in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
