"""How soon the tables of words and places are ready: the first phrase in a fresh process, and a list of 8,000 places.

    python benchmarks/readiness.py

Prints seconds of processor time, the best of three, without the time that importing takes.
"""

from __future__ import annotations

import subprocess
import sys

FIRST_PHRASE = """
import time, pandas
from analysis.coding.actors import find_actors
from analysis.coding.lexicon import default_lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.text import fold
begun = time.process_time()
text = fold("x")
find_actors(text, find_mentions(text, default_lexicon()))
print(time.process_time() - begun)
"""
PLACES = """
import time, pandas
from analysis.coding.gazetteer import default_gazetteer, load_gazetteer
default_gazetteer()
rows = range(8000)
table = pandas.DataFrame({"name_ar": [f"{chr(0x628 + n % 20)}{chr(0x633)}{n}" for n in rows]})
table["lat"], table["lon"] = [34 + n / 9000 for n in rows], 40.0
begun = time.process_time()
load_gazetteer(table).lexicon()
print(time.process_time() - begun)
"""


def main() -> None:
    """Time each in a process of its own."""
    for name, code in (("first phrase", FIRST_PHRASE), ("8,000 places more", PLACES)):
        runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in "123"]
        print(f"{name}: {min(float(run.stdout) for run in runs):.2f} s of processor")


if __name__ == "__main__":
    main()
