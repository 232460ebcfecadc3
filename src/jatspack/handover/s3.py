"""S3-compatible storage, through botocore, the core of Amazon's own library.

The bag is one object, so that it is there whole or not at all: small ones by PutObject, others in parts (multipart
upload). S3 checks each request by its SHA-256. botocore makes, signs and reads the requests; they go through the same
wire as those of all protocols. Its own retries, configuration files and look-ups of credentials are off.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from jatspack.config.targets import S3Target
from jatspack.findings import MissingDependency
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.exchange import Answer, Body, Request
from jatspack.handover.parcel import Piece
from jatspack.handover.troubles import Changed, Refused, Strange, Trouble
from jatspack.handover.wire import Wire, read_xml

PART = 16 << 20  # bytes of a part; a part is held in memory
MOST_PARTS = 10_000  # Amazon S3, multipart upload limits
_ALL = frozenset(range(200, 300)) | {400, 403, 404, 409, 411, 412, 416, 501}


def deliver(job: Delivery[S3Target]) -> Deposited:
    """Put the object, unless it is there already."""
    piece = job.parcel.zipped(only_zip=False)
    store = _Store(job, piece)
    there = store.head()
    if there is not None and there.get("sha256") == piece.sha256:
        return Deposited(store.address, already=True)
    if other := store.elsewhere():
        return Deposited(other, already=True)
    if there is not None:
        store.may_replace(there)
    version = store.put() if piece.size <= PART else store.put_in_parts()
    job.note("stored", version=version)
    store.prove()
    return Deposited(store.address, replaced=there is not None, known={"version": version} if version else {})


class _Store:
    """One object of a bucket."""

    def __init__(self, job: Delivery[S3Target], piece: Piece) -> None:
        self.job, self.piece, self.target = job, piece, job.target
        self.key = f"{job.target.prefix}{piece.name if job.parcel.bag.is_dir() else job.parcel.name}"
        self.address = f"s3://{self.target.bucket}/{self.key}"
        self.client = _client(job)
        self.at = {"Bucket": self.target.bucket, "Key": self.key}
        # Metadata of S3 are ASCII.
        own = {"sha256": piece.sha256, "content": job.parcel.digest}
        self.metadata = {**own, "identifier": quote(job.parcel.identifier, safe="/:")[:500]}

    def head(self) -> dict[str, str] | None:
        """Metadata of the object, None where there is none."""
        found = self._call("head_object", **self.at)
        return None if found is None else dict(found.get("Metadata", {}))

    def elsewhere(self) -> str:
        """Where the bag is with the same content, but serialised in another way; Changed where it has other content."""
        base = self.key.removesuffix(self.job.parcel.name).removesuffix(self.piece.name)
        for name in self.job.parcel.names:
            key = f"{base}{name}"
            if key == self.key or name.endswith(".bag"):
                continue
            found = self._call("head_object", Bucket=self.target.bucket, Key=key)
            if found is not None and found.get("Metadata", {}).get("content") == self.job.parcel.digest:
                return f"s3://{self.target.bucket}/{key}"
            if found is not None:
                raise Changed(f"s3://{self.target.bucket}/{key} has other content", "move it away")
        return ""

    def may_replace(self, there: dict[str, str]) -> None:
        """Changed where another article has the key, or the bucket would lose what it holds."""
        other = unquote(there.get("identifier", ""))
        if other and other != self.job.parcel.identifier:
            raise Changed(f"{self.address} is another article, {other[:100]}", "set another prefix for this journal")
        if self.target.replace:
            return
        state = self._call("get_bucket_versioning", Bucket=self.target.bucket)
        if state is None or state.get("Status") != "Enabled":
            raise Changed(
                f"{self.address} has other content, and the bucket keeps no versions",
                f"turn on versioning of the bucket, or set replace = true in [targets.{self.job.name}]",
            )

    def put(self) -> str:
        """The whole object in one request; its version, "" where there are none."""
        data = self._part(0, self.piece.size)
        made = self._call(
            "put_object",
            Body=data,
            ContentType=self.piece.media_type,
            Metadata=self.metadata,
            **_checked(data),
            **self.at,
        )
        return str((made or {}).get("VersionId", ""))

    def put_in_parts(self) -> str:
        """The object in parts; those that an interrupted run left are kept."""
        upload = self._upload()
        there = self._parts(upload)
        done = []
        for number, (start, size) in enumerate(self._spans(), 1):
            data = self._part(start, size)
            checks = _checked(data)
            tag = there.get(number, {}).get("ETag", "")
            same = there.get(number, {}).get("ChecksumSHA256", checks["ChecksumSHA256"]) == checks["ChecksumSHA256"]
            if not (tag.strip('"') == hashlib.md5(data, usedforsecurity=False).hexdigest() and same):
                made = self._call("upload_part", Body=data, UploadId=upload, PartNumber=number, **checks, **self.at)
                tag = (made or {}).get("ETag", "{tag}")
                self.job.note(f"part {number}")
            done.append({"PartNumber": number, "ETag": tag, "ChecksumSHA256": checks["ChecksumSHA256"]})
        made = self._call("complete_multipart_upload", UploadId=upload, MultipartUpload={"Parts": done}, **self.at)
        self.job.receipt.forget("upload", "upload_sha256")
        return str((made or {}).get("VersionId", ""))

    def _spans(self) -> Iterator[tuple[int, int]]:
        part = max(PART, -(-self.piece.size // MOST_PARTS))
        for start in range(0, self.piece.size, part):
            yield start, min(part, self.piece.size - start)

    def _upload(self) -> str:
        """The upload that an interrupted run began, if it is of these bytes; else a new one, and others end."""
        found = self._call("list_multipart_uploads", Bucket=self.target.bucket, Prefix=self.key) or {}
        open_ = [row["UploadId"] for row in found.get("Uploads", []) if row.get("Key") == self.key]
        known = self.job.receipt.known
        mine = known.get("upload", "") if known.get("upload_sha256") == self.piece.sha256 else ""
        for other in open_:
            if other != mine:
                self._call("abort_multipart_upload", UploadId=other, **self.at)
        if mine in open_:
            return mine
        made = self._call(
            "create_multipart_upload", ContentType=self.piece.media_type, Metadata=self.metadata,
            ChecksumAlgorithm="SHA256", **self.at,
        )  # fmt: skip
        upload = str((made or {}).get("UploadId", "{upload}"))
        self.job.note("upload begun", upload=upload, upload_sha256=self.piece.sha256)
        return upload

    def _parts(self, upload: str) -> dict[int, dict[str, str]]:
        """What an upload has already, by number (a thousand a page)."""
        out: dict[int, dict[str, str]] = {}
        marker = 0
        while not self.job.wire.rehearsal:
            page = self._call("list_parts", UploadId=upload, PartNumberMarker=marker, **self.at) or {}
            out |= {int(row["PartNumber"]): row for row in page.get("Parts", [])}
            following = int(page.get("NextPartNumberMarker") or 0)
            if not page.get("IsTruncated") or following <= marker:
                break
            marker = following
        return out

    def prove(self) -> None:
        """The object is there with the right size and digest; Strange where it is not."""
        if self.job.wire.rehearsal:
            self._call("head_object", **self.at)
            return
        found = self._call("head_object", **self.at)
        if found is None or found.get("ContentLength") != self.piece.size:
            raise Strange(f"{self.address} is not there after it was stored")
        if found.get("Metadata", {}).get("sha256") != self.piece.sha256:
            raise Strange(f"{self.address} has not the digest of what was sent")

    def _part(self, start: int, size: int) -> bytes:
        with self.piece.body(start, size).open() as file:
            return file.read()

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any] | None:
        """An operation on the object; None where it, or the upload, is missing. Refused for what S3 refuses."""
        from botocore.exceptions import ClientError

        try:
            return dict(getattr(self.client, operation)(**arguments))
        except ClientError as error:
            status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
            told = error.response.get("Error", {})
            if status == 404 and told.get("Code") != "NoSuchBucket":
                return None
            why = self.job.wire.credentials.scrub(f"{status} {told.get('Code', '')}: {told.get('Message', '')}"[:300])
            how = "see whether the keys are right, and may write there" if status == 403 else "see what it says"
            raise Refused(why, how, status) from None
        except Trouble:
            raise
        except Exception as error:  # whatever the library makes of an answer that is none
            raise Strange(f"its answer cannot be read ({type(error).__name__})") from None


def _checked(data: bytes) -> dict[str, str]:
    return {"ChecksumSHA256": base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")}


def _client(job: Delivery[S3Target]) -> Any:
    try:
        import botocore.session  # noqa: F401
        from botocore.config import Config
    except ImportError as error:
        raise MissingDependency("S3 needs botocore: pip install 'jatspack[s3]'") from error
    target, keys = job.target, job.wire.credentials
    session = _session()
    client = session.create_client(
        "s3",
        region_name=target.region,
        endpoint_url=target.url,
        aws_access_key_id=keys["access_key_id"].reveal(),
        aws_secret_access_key=keys["secret_access_key"].reveal(),
        aws_session_token=keys["session_token"].reveal() if "session_token" in keys else None,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": target.addressing},
            retries={"total_max_attempts": 1},
            parameter_validation=True,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
    client.meta.events.register("before-send.s3", _Through(job.wire))
    return client


@cache
def _session() -> Any:
    """botocore without the configuration files of this machine; it reads its descriptions of S3 once."""
    import botocore.session

    session = botocore.session.Session()
    for name in ("config_file", "credentials_file"):
        session.set_config_variable(name, os.devnull)
    return session


class _Through:
    """botocore's hook before it sends: the request goes through the wire instead."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def __call__(self, request: Any, **_: Any) -> Any:
        from botocore.awsrequest import AWSResponse

        headers = {
            str(name): value.decode("latin-1") if isinstance(value, bytes) else str(value)
            for name, value in request.headers.items()
            if name.lower() not in ("expect", "content-length", "user-agent", "transfer-encoding")
        }
        body = request.body
        data = body.read() if hasattr(body, "read") else body or b""
        data = data.encode() if isinstance(data, str) else bytes(data)
        answer = self.wire.pass_on(
            Request(
                request.method,
                request.url,
                self._assumed(request),
                _ALL,
                headers,
                Body.of(data) if data else None,
                repeatable=True,  # parts by number, the same bytes; an upload begun twice is ended by the next run
                authorized=False,
            )
        )
        content = answer.body
        if content and answer.status < 300 and request.method != "HEAD":
            read_xml(answer)  # before botocore reads it: no entities
        elif b"<!" in content:
            content = b""
        return AWSResponse(request.url, answer.status, dict(answer.headers), _Raw(content))

    def _assumed(self, request: Any) -> Answer:
        """What S3 answers: no object, no upload, a new upload."""
        if request.method == "HEAD":
            return Answer(404)
        if request.method == "POST" and request.url.endswith("?uploads"):
            xml = b"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
            return Answer(200, body=xml)
        return Answer(200, {"etag": '"{tag}"'} if request.method == "PUT" else {})


class _Raw(io.BytesIO):
    """What botocore reads an answer from."""

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield self.getvalue()
