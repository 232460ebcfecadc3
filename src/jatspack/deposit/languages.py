"""Codes of languages as the targets want them, from BCP 47 tags. langcodes and pycountry know them."""

from __future__ import annotations

import re
from functools import cache


def tag(lang: str) -> str:
    """A BCP 47 tag as xml:lang takes it (XML Schema language); "" for what is none."""
    return lang if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", lang) else ""


@cache
def short(lang: str) -> str:
    """ISO 639-1, or 639-3 where there is none of two letters; "" for what is no language."""
    import pycountry

    code = tag(lang).partition("-")[0].lower()
    found = pycountry.languages.get(alpha_2=code) if len(code) == 2 else pycountry.languages.get(alpha_3=code)
    return str(getattr(found, "alpha_2", "") or found.alpha_3) if found is not None and code != "und" else ""


@cache
def bibliographic(lang: str) -> str:
    """ISO 639-2/B, three letters, as MARC's list and DOAJ have them; "" for none."""
    import pycountry

    code = short(lang)
    found = pycountry.languages.get(alpha_2=code) if len(code) == 2 else pycountry.languages.get(alpha_3=code)
    return str(getattr(found, "bibliographic", "") or found.alpha_3) if found is not None else ""


def crossref(lang: str) -> str:
    """ISO 639-1 or 639-3, as Crossref's list of languages."""
    return short(lang)


def locale(lang: str) -> str:
    """A locale as OJS names it, such as kk or en (3.4); the language alone where no country is said."""
    parts = tag(lang).split("-")
    code = short(lang)
    country = next((p.upper() for p in parts[1:] if len(p) == 2), "")
    return f"{code}_{country}" if code and country else code
