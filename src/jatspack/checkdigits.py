"""Check digits of ORCID iDs, ISSNs and ISBNs: for text, for JATS that is checked, and for what is made from it."""

from __future__ import annotations


def iso7064(digits: str) -> bool:
    """Whether the last of 16 characters is the check character of the others (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def issn_valid(value: str) -> bool:
    """Whether the check digit of ``1234-567X`` is right (ISO 3297, annex A)."""
    digits = value.replace("-", "")
    total = sum(int(d) * (8 - i) for i, d in enumerate(digits[:7]))
    return "0123456789X"[-total % 11] == digits[7]


def isbn_valid(digits: str) -> bool:
    """Whether the check digit of the 10 or 13 characters of an ISBN is right (ISO 2108, annex C)."""
    if len(digits) == 13 and digits.isdigit():
        return sum(int(d) * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0
    if len(digits) == 10 and digits[:9].isdigit():
        return sum((10 if d == "X" else int(d)) * (10 - n) for n, d in enumerate(digits)) % 11 == 0
    return False
