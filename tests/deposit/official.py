"""Official schemas that packages carry, each loaded once. Nothing is fetched: what they import lies beside them."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import xmlschema
from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"
HERE = Path(__file__).parent


def folder(package: str) -> Path:
    """Where a package lies that is installed for its schemas and not imported (tests/deposit/schemas.txt)."""
    spec = find_spec(package)
    assert spec is not None, f"{package}: run pip install --no-deps -r tests/deposit/schemas.txt"
    return Path(next(iter(spec.submodule_search_locations or ())))


@cache
def _crossref() -> Any:
    home = folder("commonmeta") / "resources" / "crossref"
    beside = {
        "http://www.w3.org/2009/01/xml.xsd": home / "xml.xsd",
        "http://www.w3.org/Math/XMLSchema/mathml3/mathml3.xsd": home / "standard-modules/mathml3/mathml3.xsd",
    }

    def local(uri: str) -> str:
        return beside[uri].as_uri() if uri in beside else uri

    return xmlschema.XMLSchema11(str(home / "crossref5.5.0.xsd"), uri_mapper=local, allow="local")


def crossref(data: bytes) -> list[str]:
    """What the schema of Crossref 5.5.0 complains of."""
    return [f"{e.path}: {e.reason}" for e in _crossref().iter_errors(etree.fromstring(data))]


@cache
def _library(name: str, version: str) -> etree.XMLSchema:
    """A schema of the package eulxml; what it would fetch is here instead."""
    home = folder("eulxml") / "schema_data"
    tree = etree.parse(str(home / name))
    beside = {"xlink.xsd": home / "xlink.xsd", "xml.xsd": HERE / "data/xml.xsd", "simpledc": HERE / "data/simpledc.xsd"}
    for element in tree.iter(XSD + "import"):
        address = element.get("schemaLocation", "")
        element.set("schemaLocation", next(path.as_uri() for end, path in beside.items() if end in address))
    assert version in etree.tostring(tree, encoding="unicode")
    return etree.XMLSchema(tree)


def mods(data: bytes) -> list[str]:
    """What the schema of MODS 3.4 complains of; only the number of the version is set aside."""
    root = etree.fromstring(data)
    assert root.get("version") == "3.8"
    root.set("version", "3.4")
    schema = _library("mods-3-4.xsd", "3.4")
    schema.validate(root)
    return [entry.message for entry in schema.error_log]


def oai_dc(data: bytes) -> list[str]:
    """What the schema of oai_dc 2.0 complains of."""
    schema = _library("oai_dc.xsd", "oai_dc")
    schema.validate(etree.fromstring(data))
    return [entry.message for entry in schema.error_log]


@cache
def _csl() -> Any:
    schema = json.loads((folder("commonmeta") / "resources" / "csl-data.json").read_text("utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def csl_json(data: bytes) -> list[str]:
    """What the schema of CSL-JSON complains of."""
    return [error.message for error in _csl().iter_errors(json.loads(data))]


def datacite_json(data: bytes) -> list[str]:
    """What the schema of DataCite 4.5 complains of."""
    from datacite import schema45

    return [error.message for error in schema45.validator.iter_errors(json.loads(data))]
