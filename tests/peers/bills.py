"""Times sums of a bill in Plimsoll and in DuckDB, in turns, and checks both against the generator's key.

    bills.py PLIMSOLL FILE.csv KEY.json RUNS

Each run is a process of its own: start, read, print. Figures are medians; memory is the largest resident set.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from decimal import Decimal

DUCKDB = """
import duckdb, json, sys
connection = duckdb.connect()
connection.execute("set enable_progress_bar = false")
rows = connection.execute(sys.argv[1]).fetchall()
print(json.dumps([len(rows), sum(row[-2] for row in rows), sum(row[-1] for row in rows)]))
"""

BY_SERVICE = "ServiceName,RegionId"


def query(path, columns):
    return (
        f"select {columns}, date_trunc('month', ChargePeriodStart) as month, sum(EffectiveCost), count(*) "
        f"from read_csv('{path}') group by all"
    )


def run(command):
    """The output, the seconds, the processor seconds and the megabytes of a command."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if status != 0:
        sys.exit(f"{' '.join(command)[:200]}: status {status}")
    return output, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main():
    plimsoll, path, key, runs = sys.argv[1], sys.argv[2], json.load(open(sys.argv[3])), int(sys.argv[4])
    ours = [plimsoll, "bill", path, "--period", "month", "--cost", "effective"]
    theirs = [sys.executable, "-c", DUCKDB]
    questions = [
        ("sums by service, region, month", [*ours, "--by", BY_SERVICE, "--format", "json", "--sums"], query(path, BY_SERVICE)),
        ("the whole answer, same groups", [*ours, "--by", BY_SERVICE, "--format", "json"], query(path, BY_SERVICE)),
    ]
    print(f"{os.path.getsize(path) / 1e9:.2f} GB, {key['rows']:,} rows, {runs} runs in turns, medians")
    print(f"{'':32} {'Plimsoll':>24} {'DuckDB':>24} {'times':>6}")
    for name, our_command, sql in questions:
        figures = {"ours": [], "theirs": []}
        for _ in range(runs):
            output, *figure = run(our_command)
            figures["ours"].append(figure)
            check(json.loads(output), key)
            output, *figure = run([*theirs, sql])
            figures["theirs"].append(figure)
            groups, total, rows = json.loads(output.splitlines()[-1])
            assert rows == key["rows"], (rows, key["rows"])
        shown, medians = [], []
        for side in ("ours", "theirs"):
            seconds, processor, memory = (statistics.median(column) for column in zip(*figures[side]))
            medians.append(seconds)
            shown.append(f"{seconds:6.2f} s {processor:5.1f} cpu {memory:5.0f} MB")
        print(f"{name:32} {shown[0]:>24} {shown[1]:>24} {medians[1] / medians[0]:6.2f}")


def check(answer, key):
    """Our total is the key's, to the last digit."""
    total = answer["answer"]["total"]
    assert total["rows"] == key["rows"], (total["rows"], key["rows"])
    assert Decimal(total["effective"]) == Decimal(key["total"]["effective"]), (total, key["total"])


if __name__ == "__main__":
    main()
