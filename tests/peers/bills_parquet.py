"""Times sums of a Parquet bill in Plimsoll and in DuckDB, in turns, and checks both against the generator's key.

    bills_parquet.py PLIMSOLL FILE.parquet KEY.json RUNS
    bills_parquet.py --convert FILE.csv FILE.parquet

Each run is a process of its own: start, read, print. Figures are medians; memory is the largest resident set.
"""

import json
import os
import statistics
import sys

from bills import BY_SERVICE, DUCKDB, check, run


def convert(csv, parquet):
    import duckdb

    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.execute(f"copy (from read_csv('{csv}')) to '{parquet}' (format parquet, compression zstd)")


def main():
    if sys.argv[1] == "--convert":
        return convert(*sys.argv[2:])
    plimsoll, path, key, runs = sys.argv[1], sys.argv[2], json.load(open(sys.argv[3])), int(sys.argv[4])
    ours = [plimsoll, "bill", path, "--period", "month", "--cost", "effective", "--by", BY_SERVICE, "--format", "json"]
    sql = (
        f"select {BY_SERVICE}, date_trunc('month', ChargePeriodStart) as month, sum(EffectiveCost), count(*) "
        f"from read_parquet('{path}') group by all"
    )
    theirs = [sys.executable, "-c", DUCKDB, sql]
    print(f"{os.path.getsize(path) / 1e9:.2f} GB, {key['rows']:,} rows, {runs} runs in turns, medians")
    print(f"{'':32} {'Plimsoll':>24} {'DuckDB':>24} {'times':>6} {'of cpu':>6}")
    for name, command in [("sums by service, region, month", [*ours, "--sums"]), ("the whole answer, same groups", ours)]:
        figures = {"ours": [], "theirs": []}
        for _ in range(runs):
            output, *figure = run(command)
            figures["ours"].append(figure)
            check(json.loads(output), key)
            output, *figure = run(theirs)
            figures["theirs"].append(figure)
            _, total, rows = json.loads(output.splitlines()[-1])
            assert rows == key["rows"], (rows, key["rows"])
            assert abs(total - float(key["total"]["effective"])) < 1e-6 * abs(total), (total, key["total"])
        shown, medians = [], []
        for side in ("ours", "theirs"):
            seconds, processor, memory = (statistics.median(column) for column in zip(*figures[side]))
            medians.append((seconds, processor))
            shown.append(f"{seconds:6.2f} s {processor:5.1f} cpu {memory:5.0f} MB")
        times = [theirs / ours for ours, theirs in zip(*medians)]
        print(f"{name:32} {shown[0]:>24} {shown[1]:>24} {times[0]:6.2f} {times[1]:6.2f}")


if __name__ == "__main__":
    main()
