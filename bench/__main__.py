"""`make bench`: sheets, pages and imports, each against the bare thing beside it, all in one run."""

import os
import platform

from bench import imports, pages, sheets


def main() -> None:
    """Print every table; figures of different runs or machines are not to be compared, ratios are."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    imports.run()
    pages.run()
    sheets.run()


if __name__ == "__main__":
    main()
