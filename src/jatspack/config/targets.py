"""[targets.NAME] of journal.toml: where `jatspack deposit` hands a bag to.

Credentials stand in no file: jatspack.handover.credentials takes them from the environment or the keyring.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from jatspack.config.base import Model

LONGEST = 2000  # characters of an address
NAME = r"^[a-z][a-z0-9-]{0,39}$"  # each name has environment variables of its own: - is _ there
SECRETS = re.compile(r"token|pass|secret|credential|user|login|api_?key|access_?key|auth", re.IGNORECASE)


def loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _safe(url: str) -> str:
    """The address; ValueError, which never holds it, for one that credentials must not be sent to or stand in."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("this is no address") from None
    if parts.scheme not in ("https", "http") or not host:
        raise ValueError("write the whole address, from https:// on")
    if parts.scheme == "http" and not loopback(host):
        raise ValueError("use https: over http anybody on the way could read the credentials")
    if "@" in parts.netloc:
        raise ValueError("an address holds no user or password: they belong into the environment or the keyring")
    if parts.query or parts.fragment:
        raise ValueError("leave out what follows ? or #; a token belongs into the environment or the keyring")
    return url


TargetName = Annotated[str, Field(pattern=NAME)]
Url = Annotated[str, Field(max_length=LONGEST), AfterValidator(_safe)]
Header = Annotated[str, Field(max_length=200, pattern=r"^[\x20-\x7e]*$")]
Uuid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", description="a UUID")]
Sent = Annotated[
    list[Literal["bag", "pdf", "jats", "html"]],
    Field(min_length=1, description="what is uploaded: the bag as a zip, and files that are in it"),
]
Replace = Annotated[bool, Field(description="let a changed article take the place of what is there")]


class Sword2Target(Model):
    """A SWORD v2 repository."""

    kind: Literal["sword2"]
    url: Annotated[Url, Field(description="the service document (SD-IRI)")]
    collection: Annotated[str, Field(max_length=LONGEST, description="title or Col-IRI, where there are several")] = ""
    packaging: Header = "http://purl.org/net/sword/package/BagIt"
    on_behalf_of: Header = ""


class Sword3Target(Model):
    """A SWORD v3 repository."""

    kind: Literal["sword3"]
    url: Annotated[Url, Field(description="the Service-URL")]
    packaging: Header = "http://purl.org/net/sword/3.0/package/SWORDBagIt"
    on_behalf_of: Header = ""


class InvenioTarget(Model):
    """InvenioRDM, such as Zenodo."""

    kind: Literal["invenio"]
    url: Annotated[Url, Field(description="the site, such as https://zenodo.org")]
    files: Sent = Field(default=["pdf", "jats", "bag"])
    publish: Annotated[bool, Field(description="publish the record, or hand it to the community's review")] = False
    doi: Annotated[
        Literal["article", "reserve", "none"],
        Field(
            description="the record has the article's DOI, one that the repository reserves, or what it gives itself"
        ),
    ] = "article"
    community: Annotated[str, Field(max_length=100, pattern=r"^[\w-]*$", description="id of a community")] = ""
    resource_type: Annotated[str, Field(max_length=100, pattern=r"^[\w-]+$")] = "publication-article"
    access: Annotated[Literal["public", "restricted"], Field(description="of record and files")] = "public"
    journal_fields: Annotated[bool, Field(description="the site has InvenioRDM's journal fields; Zenodo has")] = False


class DSpaceTarget(Model):
    """DSpace 7 or later."""

    kind: Literal["dspace"]
    url: Annotated[Url, Field(description="the REST API's root, such as https://repository.example.org/server/api")]
    collection: Uuid
    files: Sent = Field(default=["pdf", "jats", "bag"])
    grant_licence: Annotated[bool, Field(description="agree to the collection's deposit licence")] = False
    submit: Annotated[bool, Field(description="hand the item to the collection's workflow")] = False


class S3Target(Model):
    """S3-compatible storage."""

    kind: Literal["s3"]
    url: Annotated[Url, Field(description="the endpoint, such as https://s3.eu-central-1.amazonaws.com")]
    bucket: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$")]
    prefix: Annotated[str, Field(max_length=500, description="what keys begin with, such as articles/")] = ""
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")] = "us-east-1"
    addressing: Annotated[Literal["path", "virtual"], Field(description="where the bucket's name stands")] = "path"
    replace: Replace = False


class FolderTarget(Model):
    """A folder of this machine, such as a mounted archive."""

    kind: Literal["folder"]
    path: Annotated[str, Field(min_length=1, max_length=LONGEST, description="from journal.toml's own folder on")]
    replace: Replace = False


Target = Annotated[
    Sword2Target | Sword3Target | InvenioTarget | DSpaceTarget | S3Target | FolderTarget, Field(discriminator="kind")
]
KINDS = ("sword2", "sword3", "invenio", "dspace", "s3", "folder")


def variable(target: str, what: str) -> str:
    """The environment variable that holds a credential of a target."""
    return f"JATSPACK_{target.upper().replace('-', '_')}_{what.upper()}"
