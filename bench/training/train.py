"""Train the model that tells the parts of a reference (src/jatspack/recognize/references/model.crfsuite).

    python bench/training/train.py [--count 14000] [--show 20] [--output FILE]

It learns from references that this program makes up (compose.py), by nothing but shapes (features.py); the
same count gives the same model. --show prints some of them instead.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

from compose import printed
from styles import Segments

from jatspack.recognize.references.features import features
from jatspack.recognize.references.tokens import tokenize

MODEL = Path(__file__).resolve().parents[2] / "src/jatspack/recognize/references/model.crfsuite"


def labelled(segments: Segments, slanted: frozenset[str]) -> tuple[list[list[str]], list[str]]:
    """Features and labels of the tokens of a reference."""
    text, ends = "", []
    for label, part in segments:
        text = f"{text} {part}".strip()
        ends.append((len(text), label))
    tokens = tokenize(text)
    labels = [next(label for end, label in ends if token.start < end) for token in tokens]
    italics = [label in slanted for label in labels] if slanted.intersection(labels) else []
    return features(tokens, italics), labels


def main() -> int:
    """Train, or show what is trained on."""
    import pycrfsuite

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=14_000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--output", type=Path, default=MODEL)
    asked = parser.parse_args()
    random = Random(1)
    if asked.show:
        for _ in range(asked.show):
            print(" ".join(f"<{label}>{part}" for label, part in printed(random)[0]))
        return 0
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.3, "c2": 0.05, "max_iterations": 120, "feature.minfreq": 3})
    for _ in range(asked.count):
        trainer.append(*labelled(*printed(random)))
    trainer.train(str(asked.output))
    print(f"{asked.output}: {asked.output.stat().st_size / 1024:.0f} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
