"""Run the command line: `python -m consensus.statistics --help`."""

import sys

from consensus.statistics.command import main

if __name__ == "__main__":
    sys.exit(main())
