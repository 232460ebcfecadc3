"""Makes hostile archives, and has each of them verified: none may hang, write, or go without its reason.

python tests/archive/hostile.py --count 1000

prints a line of JSON: how many there were of each attack, the longest time, and the memory that all of them took.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import random
import struct
import sys
import tarfile
import tempfile
import time
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from jatspack.archive import verify
from jatspack.findings import UnreadableInput

Files = dict[str, bytes]
UNREADABLE = "unreadable"  # no bag at all: said by an exception
ANY = "any"  # damage at random may hit what nobody reads
MEGABYTE_OF_ZEROS = 1 << 20


@dataclass(frozen=True)
class Case:
    """An archive, and the codes of which one at least must be found."""

    attack: str
    data: bytes
    codes: frozenset[str]


def bag(random_: random.Random, extra: Files | None = None, encoding: str = "UTF-8") -> Files:
    """A small whole bag by path; `extra` are payload files."""
    names = [f"data/{random_.choice('abcdef')}{n}.txt" for n in range(random_.randint(1, 4))]
    payload = {name: random_.randbytes(random_.randint(0, 200)) for name in names} | (extra or {})
    rows = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in payload.items())
    declared = f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n"
    return {"bagit.txt": declared.encode(), "manifest-sha256.txt": rows.encode("utf-8", "replace"), **payload}


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED, base: str = "bag/") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(f"{base}{name}")
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def entry(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, link
    return info


def tarred(files: Files, *more: tarfile.TarInfo, base: str = "bag/") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            archive.addfile(entry(f"{base}{name}", len(data)), io.BytesIO(data))
        for info in more:
            archive.addfile(info)
    return out.getvalue()


def packed(random_: random.Random, files: Files, base: str = "bag/") -> bytes:
    """As one of the three kinds."""
    kind = random_.choice(["zip", "tar", "tar.gz"])
    if kind == "zip":
        return zipped(files, random_.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), base)
    data = tarred(files, base=base)
    return gzip.compress(data, 1) if kind == "tar.gz" else data


def whole(random_: random.Random) -> Case:
    """No attack: what is whole must stay valid."""
    return Case("whole", packed(random_, bag(random_)), frozenset())


OUTSIDE = ["../out", "bag/../../out", "/tmp/out", "~/out", "~root/out", "\\\\host\\share\\out", "C:\\out", "c:/out",
           "bag\\..\\..\\out", "bag/data/../../../out", "//host/out"]  # fmt: skip


def names_that_lead_out(random_: random.Random) -> Case:
    files = {f"bag/{name}": data for name, data in bag(random_).items()}
    files[random_.choice(OUTSIDE)] = b"out"
    return Case("names that lead out", packed(random_, files, ""), frozenset({"bag-entry-unsafe"}))


def odd_names(random_: random.Random) -> Case:
    name = random_.choice(["a//b", "a/./b", "x" * 5000, "./../x"])
    return Case("odd names", packed(random_, bag(random_) | {f"data/{name}": b"x"}), frozenset({"bag-entry-unsafe"}))


def nul_in_a_name(random_: random.Random) -> Case:
    data = zipped(bag(random_) | {"data/safe.txt_evil": b"x"}, zipfile.ZIP_STORED)
    return Case("NUL in a name", data.replace(b"safe.txt_evil", b"safe.txt\0evil"), frozenset({"bag-entry-unsafe"}))


def manifest_that_leads_out(random_: random.Random) -> Case:
    files = bag(random_)
    files["manifest-sha256.txt"] += f"{'0' * 64}  {random_.choice(OUTSIDE)}\n".encode()
    return Case("a manifest that leads out", packed(random_, files), frozenset({"bag-manifest"}))


def fetch_that_leads_out(random_: random.Random) -> Case:
    place = random_.choice(
        ["https://example.org/x - ../out", "file:///etc/passwd 1 data/x", "x", "ftp://h/x -1 data/x"]
    )
    files = bag(random_) | {"fetch.txt": place.encode() + b"\n"}
    return Case("fetch.txt that leads out", packed(random_, files), frozenset({"bag-fetch"}))


def links(random_: random.Random) -> Case:
    kind = random_.choice([tarfile.SYMTYPE, tarfile.LNKTYPE])
    link = entry("bag/data/link", 0, kind, random_.choice(["/etc/passwd", "../../..", "bagit.txt"]))
    data = tarred(bag(random_), link)
    return Case("links in a tar", random_.choice([data, gzip.compress(data, 1)]), frozenset({"bag-symlink"}))


def zip_links(random_: random.Random) -> Case:
    out = io.BytesIO(zipped(bag(random_)))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("bag/data/link")
        info.create_system, info.external_attr = 3, random_.choice([0o120777, 0o010644, 0o020644]) << 16
        archive.writestr(info, "/etc/passwd")
    return Case("links and devices in a zip", out.getvalue(), frozenset({"bag-symlink", "bag-special-file"}))


def devices(random_: random.Random) -> Case:
    kind = random_.choice([tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
    return Case("devices", tarred(bag(random_), entry("bag/data/zero", 0, kind)), frozenset({"bag-special-file"}))


def device_names(random_: random.Random) -> Case:
    name = random_.choice(["CON", "nul.txt", "Aux", "com1.log", "lpt9", "x.", "a:b", "a?b"])
    return Case(
        "names of devices", packed(random_, bag(random_, {f"data/{name}": b"x"})), frozenset({"bag-name-unportable"})
    )


def twice(random_: random.Random) -> Case:
    files = list(bag(random_).items())
    name, data = random_.choice(files)
    if random_.random() < 0.5:
        more = io.BytesIO(tarred(dict(files)))
        with tarfile.open(fileobj=more, mode="a") as archive:
            archive.addfile(entry(f"bag/{name}", len(data)), io.BytesIO(data))
    else:
        more = io.BytesIO(zipped(dict(files)))
        with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(more, "a") as archive_:
            archive_.writestr(zipfile.ZipInfo(f"bag/{name}"), data)
    return Case("twice", more.getvalue(), frozenset({"bag-entry-twice"}))


def case_clash(random_: random.Random) -> Case:
    one, other = random_.choice([("A.txt", "a.txt"), ("ß.txt", "SS.txt"), ("é.txt", "e\u0301.txt"), ("Dir/a", "dir/b")])
    files = bag(random_, {f"data/{one}": b"1", f"data/{other}": b"2"})
    return Case("names that clash", packed(random_, files), frozenset({"bag-name-unportable"}))


def file_and_folder(random_: random.Random) -> Case:
    files = bag(random_, {"data/x": b"1", "data/x/y": b"2"})
    return Case("a file that is a folder", packed(random_, files), frozenset({"bag-entry-unsafe"}))


def bare(random_: random.Random) -> Case:
    return Case("no folder", packed(random_, bag(random_), ""), frozenset({"bag-bare"}))


def beside(random_: random.Random) -> Case:
    files = {f"bag/{name}": data for name, data in bag(random_).items()} | {"other/x": b"x"}
    return Case("a file beside the bag", packed(random_, files, ""), frozenset({"bag-entry-outside"}))


def zeros(megabytes: int, wbits: int) -> bytes:
    """A deflated stream of so many megabytes of zeros, made without compressing them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    head = packer.compress(bytes(MEGABYTE_OF_ZEROS)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MEGABYTE_OF_ZEROS)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (megabytes - 1) + packer.flush()


def zip_bomb(random_: random.Random) -> Case:
    """A zip whose one entry is some gigabytes of zeros; its directory says so, or lies."""
    size = random_.randint(2000, 3500) << 20
    said = random_.choice([size, 10, 0xFFFFFFF0])
    data = zipped(bag(random_) | {"data/bomb": b""}, zipfile.ZIP_STORED)
    stream, name = zeros(size >> 20, -15), b"bag/data/bomb"
    at = data.index(b"PK\1\2")
    local = data.index(name, 0, at) - 30
    local_header = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(stream), said, len(name), 0)
    before = data[:local] + local_header + name + stream
    directory = bytearray(data[at : data.rindex(b"PK\5\6")])
    place = directory.index(name) - 46
    struct.pack_into("<H", directory, place + 10, 8)
    struct.pack_into("<LLL", directory, place + 16, 0, len(stream), said)
    end = bytearray(data[data.rindex(b"PK\5\6") :])
    struct.pack_into("<L", end, 16, len(before))
    codes = frozenset({"bag-bomb", "bag-size-lies", "bag-file-unreadable"})
    return Case("zip bomb", before + bytes(directory) + bytes(end), codes)


def gzip_bomb(random_: random.Random) -> Case:
    """A tar of some gigabytes of zeros."""
    size = random_.randint(2000, 4000) << 20
    head = tarred(bag(random_)).rstrip(b"\0")
    head += bytes(-len(head) % 512) + entry("bag/data/bomb", size).tobuf(tarfile.GNU_FORMAT)
    data = gzip.compress(head, 1) + zeros(size >> 20, 31)
    return Case("gzip bomb", data, frozenset({"bag-bomb", "bag-archive-broken"}))


def shared_bytes(random_: random.Random) -> Case:
    """Two entries of the directory that are one in the file."""
    data = bytearray(zipped(bag(random_, {"data/x1": b"same", "data/x2": b"same"}), zipfile.ZIP_STORED))
    first = data.index(b"PK\1\2")
    one, other = data.index(b"bag/data/x1", first) - 46, data.index(b"bag/data/x2", first) - 46
    data[other + 42 : other + 46] = data[one + 42 : one + 46]
    return Case("shared bytes", bytes(data), frozenset({"bag-bomb"}))


def lying_size(random_: random.Random) -> Case:
    """The directory says another size than there is."""
    data = bytearray(zipped(bag(random_, {"data/liar": bytes(1000)})))
    place = data.index(b"bag/data/liar", data.index(b"PK\1\2")) - 46
    said = random_.choice([0, 1, 999, 1001, 100_000, 0xFFFFFFFE])
    struct.pack_into("<L", data, place + 24, said)
    codes = frozenset({"bag-file-unreadable", "bag-size-lies", "bag-bomb"})
    return Case("a size that lies", bytes(data), codes)


def unread_methods(random_: random.Random) -> Case:
    data = bytearray(zipped(bag(random_, {"data/x": b"x"})))
    place = data.index(b"bag/data/x", data.index(b"PK\1\2")) - 46
    if random_.random() < 0.5:
        struct.pack_into("<H", data, place + 10, random_.choice([9, 12, 14, 93, 99, 65535]))
    else:
        struct.pack_into("<H", data, place + 8, 1)
    return Case("encrypted, or packed by other means", bytes(data), frozenset({"bag-file-unreadable"}))


def directory_that_lies(random_: random.Random) -> Case:
    data = bytearray(zipped(bag(random_)))
    end = data.rindex(b"PK\5\6")
    struct.pack_into("<L", data, end + random_.choice([12, 16]), random_.choice([0xFFFFFFFE, 0x7FFFFFFF, 1 << 30]))
    codes = frozenset({UNREADABLE, "bag-file-unreadable", "bag-bomb"})
    return Case("a zip directory that lies", bytes(data), codes)


def header_that_lies(random_: random.Random) -> Case:
    """A PAX header, a long name or a file of terabytes, or of less than nothing, after a whole bag."""
    kind = random_.choice([tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE, tarfile.REGTYPE])
    size = random_.choice([1 << 40, -512, -(1 << 30), 1 << 31])
    header = entry("bag/data/x", 0, kind).tobuf(tarfile.GNU_FORMAT)
    number = struct.pack(">Q", size & 0xFFFFFFFFFFFFFFFF).rjust(12, b"\xff" if size < 0 else b"\x80")
    if size > 0:
        number = b"\x80" + number[1:].replace(b"\x80", b"\0", 3)
    header = bytearray(header[:124] + number + header[136:])
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    data = tarred(bag(random_)).rstrip(b"\0")
    data += bytes(-len(data) % 512) + bytes(header) + bytes(2048)
    return Case(
        "a tar header that lies", data, frozenset({"bag-archive-broken", "bag-file-unreadable", "bag-file-extra"})
    )


def deep_headers(random_: random.Random) -> Case:
    header = entry("x", 0, tarfile.XHDTYPE).tobuf(tarfile.USTAR_FORMAT)
    data = tarred(bag(random_)).rstrip(b"\0")
    data += bytes(-len(data) % 512) + header * random_.choice([2000, 20_000]) + bytes(1024)
    return Case("headers in headers", random_.choice([data, gzip.compress(data, 1)]), frozenset({"bag-archive-broken"}))


def digits(random_: random.Random) -> Case:
    """PAX records on which some versions of tarfile take time in their square."""
    record = b"1" * random_.choice([50_000, 1_000_000])
    header = entry("x", len(record), tarfile.XHDTYPE).tobuf(tarfile.USTAR_FORMAT)
    data = tarred(bag(random_)).rstrip(b"\0")
    data += bytes(-len(data) % 512) + header + record + bytes(-len(record) % 512 + 1024)
    return Case("long numbers in a header", data, frozenset({"bag-archive-broken"}))


def odd_encodings(random_: random.Random) -> Case:
    name = random_.choice(
        ["rot13", "punycode", "idna", "base64", "zip", "undefined", "unicode_escape", "KLINGON", "a" * 50]
    )
    return Case("odd encodings", packed(random_, bag(random_, encoding=name)), frozenset({"bag-invalid"}))


def flood(random_: random.Random) -> Case:
    """Hundreds of thousands of faults in one file."""
    line = random_.choice([b"x\n", b"00  data/none\n", b"00  ../out\n", b"0" * 64 + b"  data/a\n"])
    files = bag(random_) | {"manifest-sha512.txt": line * 300_000}
    return Case("a flood of faults", gzip.compress(tarred(files), 1), frozenset({"bag-manifest"}))


def long_manifest(random_: random.Random) -> Case:
    rows = "".join(f"{'0' * 64}  data/{n}\n" for n in range(random_.choice([300_000, 500_000])))
    files = bag(random_) | {"manifest-sha256.txt": rows.encode()}
    codes = frozenset({"bag-manifest", "bag-file-unreadable"})
    return Case("a manifest of half a million lines", zipped(files), codes)


def many_entries(random_: random.Random) -> Case:
    count = 150_000
    local = b"PK\3\4" + bytes(26)
    one = bytearray(46 + 6)
    one[:4], one[28:30] = b"PK\1\2", struct.pack("<H", 6)
    directory = b"".join(bytes(one[:46]) + b"%06d" % n for n in range(count))
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(directory), len(local), 0)
    return Case("very many entries", local + directory + end, frozenset({UNREADABLE}))


def deep_names(random_: random.Random) -> Case:
    """Thousands of paths, each thousands of folders deep."""
    files = bag(random_) | {f"data/{n}{'/a' * 2000}": b"" for n in range(3000)}
    return Case("deep names", gzip.compress(tarred(files), 1), frozenset({UNREADABLE}))


def cut(random_: random.Random) -> Case:
    data = packed(random_, bag(random_))
    return Case("cut off", data[: random_.randrange(len(data))], frozenset({ANY}))


def flipped(random_: random.Random) -> Case:
    data = bytearray(packed(random_, bag(random_)))
    for _ in range(random_.randint(1, 30)):
        data[random_.randrange(len(data))] = random_.randrange(256)
    return Case("damaged at random", bytes(data), frozenset({ANY}))


def noise(random_: random.Random) -> Case:
    start = random_.choice([b"", b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08\0", b"ustar"])
    return Case("noise", start + random_.randbytes(random_.randint(0, 3000)), frozenset({UNREADABLE}))


SELDOM: tuple[Callable[[random.Random], Case], ...] = (
    flood, long_manifest, many_entries, deep_names, zip_bomb, gzip_bomb,
)  # fmt: skip
OFTEN: tuple[Callable[[random.Random], Case], ...] = (
    whole, names_that_lead_out, odd_names, nul_in_a_name, manifest_that_leads_out, fetch_that_leads_out, links,
    zip_links, devices, device_names, twice, case_clash, file_and_folder, bare, beside, shared_bytes, lying_size,
    unread_methods, directory_that_lies, header_that_lies, deep_headers, digits, odd_encodings, cut, flipped, noise,
)  # fmt: skip


def case(number: int) -> Case:
    """The same archive for the same number; the costly ones come once in forty."""
    random_ = random.Random(number)
    made = SELDOM[number // 40 % len(SELDOM)] if number % 40 == 7 else OFTEN[number % len(OFTEN)]
    return made(random_)


def make(number: int, path: Path) -> tuple[str, frozenset[str]]:
    """Write an archive; what it is, and what must be found."""
    one = case(number)
    path.write_bytes(one.data)
    return one.attack, one.codes


def judged(wanted: frozenset[str], path: Path) -> str:
    """What is wrong with how an archive was judged; empty where nothing is."""
    try:
        found = verify(path)
    except UnreadableInput as error:
        return "" if wanted & {UNREADABLE, ANY} else f"refused: {error}"
    codes = {f.code for f in found.findings}
    if ANY in wanted:
        return ""
    if not wanted:
        return "" if found.verdict == "valid" else f"not valid: {codes}"
    return "" if wanted & codes and found.verdict != "valid" else f"{found.verdict}: {sorted(codes)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    count = parser.parse_args().count
    wrong, kinds, slowest = [], Counter[str](), (0.0, "")
    # Made by another process, so that only what verification takes is measured here.
    sys.path.append(str(Path(__file__).parents[1]))  # this is a program, too
    from peak_memory import peak

    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, get_context("spawn")) as maker:
        place = Path(folder) / "a" / "b"
        place.mkdir(parents=True)
        for number in range(count):
            attack, wanted = maker.submit(make, number, place / "archive").result()
            kinds[attack] += 1
            before = time.perf_counter()
            if why := judged(wanted, place / "archive"):
                wrong.append(f"{number}, {attack}: {why}")
            slowest = max(slowest, (time.perf_counter() - before, attack))
        most = peak()
        written = sorted(str(p.relative_to(folder)) for p in Path(folder).rglob("*") if p.is_file())
    result = {"attacks": kinds, "wrong": wrong, "written": written, "slowest": slowest, "megabytes": most // 1024}
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
