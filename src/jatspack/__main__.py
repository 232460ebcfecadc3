"""python -m jatspack"""

from jatspack.cli import main

main()
