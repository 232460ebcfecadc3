"""What the models of both files are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LONGEST = 100_000  # characters of one value

Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", description="BCP 47 tag, such as kk")]
Issn = Annotated[str, Field(pattern=r"^\d{4}-\d{3}[\dX]$", description="ISSN with its hyphen")]
Date = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD")]
Text = Annotated[str, Field(max_length=LONGEST)]


class Model(BaseModel):
    """Unknown keys are mistakes: a misspelt key must not be passed over in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
