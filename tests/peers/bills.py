"""Times sums of a bill in Plimsoll and in DuckDB, in turns, and checks both against the generator's key.

    bills.py PLIMSOLL FILE.csv KEY.json RUNS

Each run is a process of its own: start, read, print. Figures are medians; memory is the largest resident set. The last
question has millions of groups, which both write to a file as CSV: ours sorted, theirs in any order.
"""

import csv
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

DUCKDB_TO_FILE = """
import duckdb, sys
connection = duckdb.connect()
connection.execute("set enable_progress_bar = false")
connection.execute(f"copy ({sys.argv[1]}) to '{sys.argv[2]}' (header)")
"""

BY_SERVICE = "ServiceName,RegionId"
BY_RESOURCE = (
    "BillingAccountId,SubAccountId,ServiceName,RegionId,AvailabilityZone,ChargeCategory,PricingCategory,SkuId,"
    "ResourceId,ResourceType,PricingUnit,CommitmentDiscountStatus"
)


def query(path, columns, costs="sum(EffectiveCost)"):
    return (
        f"select {columns}, date_trunc('month', ChargePeriodStart) as month, {costs}, count(*) "
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
    print(f"{'':32} {'Plimsoll':>26} {'DuckDB':>26} {'times':>6} {'cpu':>6}")
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
        show(name, figures)
    rollup(ours, path, key, runs)


def rollup(ours, path, key, runs):
    """Twelve columns and the month, written to files; ours is added up again, to the last digit."""
    our_file, their_file = f"{path}.ours", f"{path}.theirs"
    costs = ", ".join(f"sum({cost}Cost)" for cost in ("Billed", "Effective", "List", "Contracted"))
    to_file = [sys.executable, "-c", DUCKDB_TO_FILE, query(path, BY_RESOURCE, costs), their_file]
    figures = {"ours": [], "theirs": []}
    try:
        for number in range(runs):
            figures["ours"].append(run([*ours, "--by", BY_RESOURCE, "--sums", "--format", "csv", "--out", our_file])[1:])
            figures["theirs"].append(run(to_file)[1:])
            if number == 0:
                groups = check_file(our_file, key)
                assert groups == sum(1 for _ in open(their_file, "rb")) - 1
    finally:
        for file in (our_file, their_file):
            if os.path.exists(file):
                os.remove(file)
    show(f"{groups:,} groups to a file", figures)


def show(name, figures):
    shown, medians = [], []
    for side in ("ours", "theirs"):
        seconds, processor, memory = (statistics.median(column) for column in zip(*figures[side]))
        medians.append((seconds, processor))
        shown.append(f"{seconds:6.2f} s {processor:5.1f} cpu {memory:5.0f} MB")
    (our_seconds, our_processor), (their_seconds, their_processor) = medians
    times = f"{their_seconds / our_seconds:6.2f} {their_processor / our_processor:6.2f}"
    print(f"{name:32} {shown[0]:>26} {shown[1]:>26} {times}", flush=True)


def check_file(path, key):
    """The groups of our file, whose sums are the key's."""
    with open(path, newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        effective, rows = header.index("effective"), header.index("rows")
        groups, total, count = 0, Decimal(0), 0
        for row in reader:
            groups += 1
            total += Decimal(row[effective])
            count += int(row[rows])
    assert (count, total) == (key["rows"], Decimal(key["total"]["effective"])), (count, total)
    return groups


def check(answer, key):
    """Our total is the key's, to the last digit."""
    total = answer["answer"]["total"]
    assert total["rows"] == key["rows"], (total["rows"], key["rows"])
    assert Decimal(total["effective"]) == Decimal(key["total"]["effective"]), (total, key["total"])


if __name__ == "__main__":
    main()
