"""After `scripts/run-samples`: one record in short, and where the tables lie."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    workspace = Path(sys.argv[1])
    lines = (workspace / "records.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    print(f"\n{len(records)} records. One of them ({records[-1]['source']['file']}):")
    record = records[-1]
    for pointer in ("organization", "fiscal_year", "indicator", "target", "result"):
        print(f"  {pointer:12} {json.dumps(record[pointer], ensure_ascii=False)}")
    place = record["provenance"].get("/target")
    print(f"  /target was read from: {json.dumps(place, ensure_ascii=False)}")
    print(f"Tables: {workspace}/indicators.csv, quarters.csv, mentions.csv, documents.csv ...")


if __name__ == "__main__":
    main()
