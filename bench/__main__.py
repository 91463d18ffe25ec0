"""`python -m bench NAME [options]`: run one benchmark, or list them."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main() -> int:
    """Run the named benchmark with the remaining arguments."""
    names = sorted(item.name for item in pkgutil.iter_modules(bench.__path__) if not item.name.startswith("_"))
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print("usage: python -m bench NAME [options]")
        for name in names:
            module = importlib.import_module(f"bench.{name}")
            print(f"  {name:<12} {(module.__doc__ or '').splitlines()[0]}")
        return 0 if len(sys.argv) < 2 else 2
    name = sys.argv.pop(1)
    module = importlib.import_module(f"bench.{name}")
    result = module.main()
    return int(result or 0)


if __name__ == "__main__":
    sys.exit(main())
