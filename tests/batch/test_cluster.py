"""A batch on real workers of dask: the same bytes as on one machine, whatever becomes of a worker."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

from jatspack.batch import Entry, Ledger

from .articles import article, command, digests, environment, events, jatspack, write

pytestmark = pytest.mark.xdist_group("cluster")  # one cluster for all
SAMPLES = Path(__file__).parents[2] / "samples"
SPARING = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False", "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "500ms"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


class Cluster:
    """A scheduler and its workers, which run in another folder than the batch."""

    def __init__(self, folder: Path) -> None:
        self.file, self._folder = folder / "scheduler.json", folder / "elsewhere"
        self._folder.mkdir()
        self._scheduler = self._start("scheduler", "--port", 0)
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, what: str, *options: object) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{what}.log").open("ab")
        module = f"distributed.cli.dask_{what}"
        return subprocess.Popen(
            [sys.executable, "-m", module, "--no-dashboard", "--scheduler-file", str(self.file), *map(str, options)],
            cwd=self._folder,
            env={**environment(), **SPARING, "SOURCE_DATE_EPOCH": "0"},  # the batch's own counts
            stdout=log,
            stderr=log,
        )

    def ready(self, workers: int = 2) -> Cluster:
        """With so many workers that live."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < workers:
            options = ("--nthreads", 1, "--no-nanny", "--local-directory", self._folder)
            self.workers.append(self._start("worker", "--host", "127.0.0.1", *options))
        return self

    def children(self) -> list[psutil.Process]:
        """The processes that make articles."""
        return [child for worker in self.workers for child in made_by(worker)]

    def logs(self) -> str:
        return "\n".join(path.read_text("utf-8", "replace") for path in self._folder.glob("*.log"))

    def close(self) -> None:
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()


def made_by(worker: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        children = psutil.Process(worker.pid).children()
        return [child for child in children if "jatspack.batch.worker:answer" in child.cmdline()]
    except psutil.Error:
        return []


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.close()


@pytest.fixture
def cluster(started: Cluster) -> Cluster:
    return started.ready()


def unseen(path: Path) -> str:
    """A path that leads there from the folder of the batch, and nowhere from that of a worker."""
    return f"/proc/self/cwd/{path.name}"


def batch(cwd: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("batch", *arguments),
        cwd=cwd,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples with their images and configuration; images with an odd name and through a link; facts of a list."""
    inbox = tmp_path_factory.mktemp("far") / "inbox"
    for sample in ("en-tables-figures", "kk-ru-en-history"):
        shutil.copytree(SAMPLES / sample, inbox / sample)
    pictures = write(inbox / "pictures", odd="![One](a\\_b.png)", link="![Two](link.png)", none="![Three](none.png)")
    (pictures / "a_b.png").write_bytes(PNG)
    (pictures / "link.png").symlink_to("a_b.png")
    (pictures / "journal.toml").write_text('[journal]\ntitle.en = "Pictures"\n', "utf-8")
    (inbox / "table.csv").write_text(
        "source,volume,article\npictures/odd.md,7,settings/odd.toml\npictures/link.md,8,\n", "utf-8"
    )
    (inbox / "settings").mkdir()
    (inbox / "settings" / "odd.toml").write_text('issue = "3"\n', "utf-8")
    return inbox


ALL_BUT_PDF = ("--only", "jats,html,report,bag")


@pytest.fixture(scope="module")
def local(inbox: Path) -> Path:
    """What one machine makes of them."""
    out = inbox.parent / "local"
    done = batch(inbox.parent, "inbox", "inbox/table.csv", "-o", "local", *ALL_BUT_PDF, "--workers", 1)
    assert "5 articles" in done.stderr, done.stderr
    return out


def rows(out: Path) -> dict[str, Entry]:
    """What the ledger says, by source."""
    with Ledger(out) as ledger:
        return {entry.name: entry for entry in ledger.entries()}


def told(out: Path) -> dict[str, tuple[object, ...]]:
    """The same but for times and paths."""
    return {
        name: (e.state, e.exit, e.attempts, e.sha256, e.configuration, e.images, e.summary)
        for name, e in rows(out).items()
    }


@pytest.mark.parametrize("travels", [False, True], ids=["shared-disk", "no-shared-disk"])
def test_same_bytes_as_on_one_machine(inbox: Path, local: Path, cluster: Cluster, travels: bool) -> None:
    out = inbox.parent / f"far-{travels}"
    paths = (unseen(inbox), f"{unseen(inbox)}/table.csv", "-o", unseen(out)) if travels else None
    done = batch(
        inbox.parent,
        *(paths or (inbox, inbox / "table.csv", "-o", out)),
        *("--scheduler-file", cluster.file, *ALL_BUT_PDF),
    )
    assert "Traceback" not in done.stderr, done.stderr + cluster.logs()
    assert digests(out) == digests(local)
    assert told(out) == told(local)
    assert rows(out)["pictures/odd.md"].images == {"a_b.png": sha256(PNG).hexdigest()}
    assert not list(out.rglob(".*")), "litter"


def test_a_worker_is_killed_in_the_middle(cluster: Cluster, tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", **{f"a{n:02}": f"Article number {n}. " * 30 for n in range(12)})
    assert batch(tmp_path, "inbox", "-o", "local", *ALL_BUT_PDF, "--workers", 1).returncode == 0
    victim = cluster.workers[0]
    one = subprocess.Popen(
        command("batch", inbox, "-o", tmp_path / "far", *ALL_BUT_PDF, "--json", "--scheduler-file", cluster.file),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert one.stdout
    lines = []
    for line in iter(one.stdout.readline, ""):
        lines.append(line)
        if victim.poll() is None and events([line], "ended") and made_by(victim):
            victim.kill()
            victim.wait()
    assert one.wait() == 0, "".join(lines) + cluster.logs()
    assert victim.poll() is not None
    names = [event["source"] for event in events(lines, "ended")]
    assert sorted(names) == sorted(f"a{n:02}.md" for n in range(12)), "lost, or done twice"
    assert {row.attempts for row in rows(tmp_path / "far").values()} == {1}
    assert digests(tmp_path / "far") == digests(tmp_path / "local")
    assert not list((tmp_path / "far").rglob(".*")), "litter"


def test_stopped_at_once_and_gone_on_with(cluster: Cluster, tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", **{f"a{n}": f"Article number {n}." for n in range(5)})
    (inbox / "hang.md").write_text(article("Of waiting", "TROUBLE:hang"), "utf-8")
    arguments = (inbox, "-o", tmp_path / "far", *ALL_BUT_PDF, "--json", "--scheduler-file", cluster.file)
    one = subprocess.Popen(command("batch", *arguments), stdout=subprocess.PIPE, text=True, env=environment())
    assert one.stdout
    lines = []
    for line in iter(one.stdout.readline, ""):
        lines.append(line)
        if len(events(lines, "ended")) == 3:
            one.send_signal(signal.SIGTERM)
            break
    lines += one.stdout.readlines()
    assert one.wait() == 130
    assert not list((tmp_path / "far").rglob(".*")), "litter"
    ended = [event["source"] for event in events(lines, "ended")]
    assert {row.state for name, row in rows(tmp_path / "far").items() if name not in ended} == {"waiting"}
    (inbox / "hang.md").unlink()
    again = jatspack("batch", *arguments)
    assert again.returncode == 0, again.stderr + cluster.logs()
    assert not {event["source"] for event in events(again.stdout.splitlines(), "ended")} & set(ended)
    assert {row.state for row in rows(tmp_path / "far").values()} == {"done", "gone"}


def test_trouble_ends_an_article_and_no_worker(cluster: Cluster, tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", good="A text.", hang="TROUBLE:hang", memory="TROUBLE:memory", bug="TROUBLE:bug")
    write(inbox, crash="TROUBLE:crash", last="After all of them.")
    (inbox / "dangling.md").symlink_to(inbox / "nothing")
    (inbox / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (inbox / "last.toml").write_text("colour = 'red'\n", "utf-8")
    out = tmp_path / "far"
    limits = ("--time-limit", 12, "--memory-limit", 700)
    done = batch(
        tmp_path,
        *(unseen(inbox), "-o", unseen(out), "--only", "jats", *limits, "--scheduler-file", cluster.file),
    )
    assert done.returncode == 1, done.stderr + cluster.logs()
    says = {
        "good.md": ("done", ""),
        "hang.md": ("set-aside", "longer than 12 s"),
        "memory.md": ("set-aside", "more than 700 MB"),
        "crash.md": ("set-aside", "SIGSEGV"),
        "bug.md": ("failed", "ZeroDivisionError: of a detector"),
        "dangling.md": ("failed", f"{unseen(inbox)}/dangling.md: there is no such file"),
        "picture.md": ("failed", f"{unseen(inbox)}/picture.md: this is a PNG image"),
        "last.md": ("failed", f"{unseen(inbox)}/last.toml:1: unknown key"),
    }
    known = rows(out)
    assert known.keys() == says.keys()
    for name, (state, message) in says.items():
        assert known[name].state == state, known[name]
        assert message in known[name].message
    assert all(worker.poll() is None for worker in cluster.workers)


def test_what_hangs_ends_with_its_batch(cluster: Cluster, tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", hang="TROUBLE:hang")
    before = {child.pid for child in cluster.children()}
    arguments = (inbox, "-o", tmp_path / "far", "--only", "jats", "--json", "--scheduler-file", cluster.file)
    one = subprocess.Popen(command("batch", *arguments), stdout=subprocess.PIPE, text=True, env=environment())
    busy: list[psutil.Process] = []
    while not busy:
        time.sleep(0.2)
        assert one.poll() is None
        busy = [child for child in cluster.children() if child.pid not in before]
    one.kill()
    one.wait()
    gone, alive = psutil.wait_procs(busy, timeout=60)
    assert not alive
    assert len(gone) == 1


def test_pdf_in_a_journals_own_look(cluster: Cluster, tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", one="A plain text.")
    (inbox / "journal.toml").write_text(
        '[theme]\nname = "ours"\nlogo = "logo.png"\n[output]\nserialize = "zip"\n', "utf-8"
    )
    (inbox / "logo.png").write_bytes(PNG)
    (inbox / "ours").mkdir()
    (inbox / "ours" / "theme.css").write_text("h1 { color: #123456 }\n", "utf-8")
    assert batch(tmp_path, "inbox", "-o", "local", "--workers", 1).returncode == 0
    done = batch(tmp_path, unseen(inbox), "-o", unseen(tmp_path / "far"), "--scheduler-file", cluster.file)
    assert done.returncode == 0, done.stderr + cluster.logs()
    assert "one.pdf" in rows(tmp_path / "far")["one.md"].summary.outputs
    assert digests(tmp_path / "far") == digests(tmp_path / "local")


def test_workers_that_it_starts_itself_finish_after_an_interrupt(tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", **{f"a{n}": "TROUBLE:slow" for n in range(6)})
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    arguments = (inbox, "-o", tmp_path / "far", "--only", "jats", "--engine", "dask", "--workers", 1)
    one = subprocess.Popen(
        command("batch", *arguments), stderr=subprocess.PIPE, text=True, env=environment(), start_new_session=True
    )
    assert one.stderr
    assert "dask at tls://127.0.0.1" in one.stderr.readline()
    while not (tmp_path / "far" / "a0").exists():
        assert one.poll() is None
        time.sleep(0.1)
    os.killpg(one.pid, signal.SIGINT)  # as a terminal does
    said = one.stderr.read()
    assert one.wait() == 130, said
    assert "what is being done is finished" in said
    states = [row.state for row in rows(tmp_path / "far").values()]
    assert set(states) == {"done", "waiting"}
    assert states.count("done") >= 2
    assert {child.pid for child in psutil.Process().children(recursive=True)} <= before
