"""Netflix' planner and ours from the same table of needs; called by tests/peers/netflix."""

import csv
import subprocess
import sys
import time

from service_capacity_modeling.capacity_planner import model_desires, planner
from service_capacity_modeling.hardware import shapes
from service_capacity_modeling.interface import (
    CapacityDesires,
    CapacityPlan,
    DataShape,
    Interval,
    QueryPattern,
    certain_float,
)

REGION = "us-east-1"


def interval(low, mid, high, confidence=0.9):
    return Interval(low=low, mid=mid, high=high, confidence=confidence)


# The problems of the study that this version asks too.
PROBLEMS = {
    "service": (
        "org.netflix.stateless-java",
        CapacityDesires(
            service_tier=1,
            query_pattern=QueryPattern(
                estimated_read_per_second=certain_float(10_000), estimated_write_per_second=certain_float(0)
            ),
        ),
    ),
    "store": (
        "org.netflix.cassandra",
        CapacityDesires(
            service_tier=1,
            query_pattern=QueryPattern(
                estimated_read_per_second=interval(50_000, 100_000, 300_000),
                estimated_write_per_second=interval(50_000, 100_000, 300_000),
            ),
            data_shape=DataShape(estimated_state_size_gib=interval(200, 500, 2000)),
        ),
    ),
}


def resolved(model, desires):
    """What the planner itself samples from: the desires with the model's defaults."""
    return next(d for name, d in planner._sub_models(model, desires, {}) if name == model)


def fleet(plan):
    clusters = plan.candidate_clusters
    cluster = (clusters.zonal or clusters.regional)[0]
    copies = len(clusters.zonal) if clusters.zonal else 1
    drive = cluster.attached_drives[0].name if cluster.attached_drives else ""
    return f"{cluster.instance.name}+{drive}", cluster.count * copies, float(cluster.annual_cost) / cluster.count


def needs(model, world):
    """Every option that carries a world by the peer's own rules: how many, and what one costs a year."""
    found = {}
    planning = planner._models[model]
    for instance, drive, context in planner.generate_scenarios(planning, REGION, world, 3, None, None, None):
        plan = planning.capacity_plan(
            instance=instance, drive=drive, context=context, desires=world, extra_model_arguments={}
        )
        if isinstance(plan, CapacityPlan):
            option, count, each = fleet(plan)
            if option not in found or count * each < found[option][0] * found[option][1]:
                found[option] = (count, each)
    return found


def covered(worlds, option, count):
    held = sum(1 for world in worlds if option in world and world[option][0] <= count)
    return 100.0 * held / len(worlds)


def machines(path):
    hardware = shapes.region(REGION)
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["name", "vcpu", "cpu_ghz", "cpu_ipc_scale", "ram_gib", "net_mbps", "annual_cost_usd"])
        for i in hardware.instances.values():
            if float(i.annual_cost) > 0:
                out.writerow([i.name, i.cpu, i.cpu_ghz, i.cpu_ipc_scale, i.ram_gib, i.net_mbps, i.annual_cost])
    return path


def main():
    choose, work, draws = sys.argv[1], sys.argv[2], int(sys.argv[3])
    print(f"{'':8} {'':12} {'machines':>28} {'a year':>11} {'covers':>8} {'of unseen':>10}")
    seconds = {}
    for name, (model, desires) in PROBLEMS.items():
        start = time.process_time()
        plan = planner.plan(model_name=model, region=REGION, desires=desires, simulations=draws)
        seconds[name] = time.process_time() - start
        option, count, each = fleet(plan.least_regret[0])
        worlds = [needs(model, world) for world in model_desires(resolved(model, desires), 2 * draws)]
        seen, unseen = worlds[:draws], worlds[draws:]
        table = f"{work}/needs-{name}.csv"
        with open(table, "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["world", "option", "count", "cost_each"])
            for number, world in enumerate(seen):
                for known, (n, cost) in sorted(world.items()):
                    out.writerow([number, known, n, f"{cost:.4f}"])
        ours, n, _, took = subprocess.run([choose, table], capture_output=True, text=True, check=True).stdout.split(",")
        mean = [w[ours][1] for w in seen if ours in w]
        cost = int(n) * sum(mean) / len(mean)
        for who, what, number, dollars in (("peer", option, count, count * each), ("Plimsoll", ours, int(n), cost)):
            share, later = covered(seen, what, number), covered(unseen, what, number)
            print(f"{name:8} {who:12} {number:>5} x {what:20} {dollars:>11,.0f} {share:>7.0f}% {later:>9.0f}%")
        print(f"{name:8} choosing from the peer's table took {float(took) * 1000:.1f} ms")
    print()
    times = subprocess.run([choose, "--time", machines(f"{work}/machines.csv")], capture_output=True, text=True, check=True)
    print(f"{'':8} {'draws':>7} {'Plimsoll':>10} {'peer':>10} {'times':>8}   (one thread, a whole plan: ours by the clock, best of 3; the peer's seconds of a processor)")
    for line in times.stdout.splitlines():
        name, draws_of, took = line.split(",")
        peer = f"{seconds[name]:9.2f}s" if int(draws_of) == draws else f"{'':>10}"
        times_as = f"{seconds[name] / float(took):7.0f}x" if int(draws_of) == draws else ""
        print(f"{name:8} {draws_of:>7} {float(took):9.3f}s {peer} {times_as}")


if __name__ == "__main__":
    main()
