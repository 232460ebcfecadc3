"""The same input, configuration and version give the same bytes, whatever else is different."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from labels import SAMPLES

PROGRAM = Path(__file__).with_name("elsewhere.py")
SOURCE = Path(__file__).resolve().parents[2] / "src"
NOBODY = 65534


def run(
    sample: str, folder: Path, *, optimized: bool = False, machine: tuple[str, str, str] = ("as it is", "all", "022"),
    environment: dict[str, str] | None = None, **more: Any,
) -> dict[str, str]:  # fmt: skip
    """The digest of every file that a run makes, in a process with nothing of ours but its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SAMPLES / sample, folder / "in")
    (folder / "home").mkdir()
    (folder / "tmp").mkdir()
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "SOURCE_DATE_EPOCH": "1700000000"}
    base |= {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    if "user" in more:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, more["user"], more["group"])
    command = [sys.executable, *(["-O"] if optimized else []), str(PROGRAM)]
    command += [str(Path(more.get("cwd", ""), folder / "in" / "article.md")), str(folder / "out"), *machine]
    done = subprocess.run(command, env=base | (environment or {}), capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stderr
    return digests(folder / "out")


def digests(out: Path) -> dict[str, str]:
    found = {str(p.relative_to(out)): p for p in sorted(out.rglob("*")) if p.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()}


def turkish(folder: Path) -> dict[str, str]:
    """A locale in which I has no dot and commas part decimals, where this machine can make one."""
    folder.mkdir(parents=True)
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
    if shutil.which("localedef") and not subprocess.run(command, capture_output=True, check=False).returncode:
        return {"LOCPATH": str(folder), "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}
    return {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "tr"}


@pytest.mark.parametrize("sample", ["en-tables-figures", "kk-ru-en-history"])
def test_another_machine_gives_the_same_bytes(sample: str, tmp_path: Path) -> None:
    """Locale, time zone, hashes, rights, place, order of folders, home, processors, times of files, python -O."""
    here = run(sample, tmp_path / "a", environment={"LC_ALL": "C.UTF-8", "TZ": "UTC0", "PYTHONHASHSEED": "0"})
    assert {"article.pdf", "article.bag.zip", "article.bag.tar.gz", "article.bag/tagmanifest-sha512.txt"} <= here.keys()
    deep = tmp_path / "Мои статьи и %20 & more" / "/".join(["deep " * 8] * 6)
    other = {"TZ": "XYZ-14:45", "PYTHONHASHSEED": "4294967295", "COLUMNS": "20", "USER": "else", "NO_COLOR": "1"}
    there = run(
        sample,
        deep,
        environment=other | turkish(tmp_path / "locales"),
        machine=("reversed", "one", "077"),
        optimized=True,
    )
    assert {name for name in here | there if here.get(name) != there.get(name)} == set()


def test_links_and_old_files_give_the_same_bytes(tmp_path: Path) -> None:
    sample = "en-tables-figures"
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    here = run(sample, tmp_path / "real" / "a", environment={"TZ": "ABC+11:30", "LC_ALL": "POSIX"})
    for path in (tmp_path / "real").rglob("*"):
        os.utime(path, (86_400, 86_400), follow_symlinks=False)
    there = run(sample, tmp_path / "link" / "b", machine=("as it is", "all", "000"))
    assert {name for name in here | there if here.get(name) != there.get(name)} == set()


def test_another_user_gets_the_same_bytes(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root may run something as another user")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    command = [sys.executable, "-c", "import jatspack.pipeline"]
    home = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE)}
    try:
        subprocess.run(command, env=home, user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("Python and jatspack lie where another user may not read them")
    here = run("kk-ru-en-history", tmp_path / "a")
    there = run("kk-ru-en-history", tmp_path / "b", user=NOBODY, group=NOBODY, extra_groups=[])
    assert {name for name in here | there if here.get(name) != there.get(name)} == set()
