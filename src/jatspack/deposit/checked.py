"""XML that no registry's package has a schema for, checked with the project's own grammar of it (schemas/deposit)."""

from __future__ import annotations

from functools import cache

from lxml import etree

from jatspack.check.schemas import schema
from jatspack.deposit.job import Account


def checked(root: etree._Element, grammar: str, account: Account) -> None:
    """Note what of the document its grammar does not allow."""
    # What was built has prefixes and namespaces in another form than what is read: a reader's view is what counts.
    tree = etree.fromstring(etree.tostring(root))
    validator = _grammar(grammar)
    if not validator.validate(tree):
        log = validator.error_log
        account.broken("; ".join(dict.fromkeys(entry.message for entry in list(log)[:3])) or "it is not valid")


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(schema(f"deposit/{name}.rng"))))
