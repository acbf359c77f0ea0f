"""How fast, how much. Prints one JSON object; nothing is asserted on time, but each thing measured must be right.

python -m tests.bench
"""

from __future__ import annotations

import json
import os

from tests.bench import bench_editor, bench_plans, bench_preview, bench_stack


def main() -> None:
    result = {
        "machine": {"cores": os.cpu_count(), "load before": round(os.getloadavg()[0], 1)},
        "plan (ms)": bench_plans.measure(),
        "preview and parse (ms)": bench_preview.measure(),
        "stack": bench_stack.measure(),
        "editor": bench_editor.measure(),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
