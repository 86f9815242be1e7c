#!/usr/bin/env python3
"""Carries sourced price facts over into the tables of this crate.

    python3 pricing-data/carry.py SOURCE_FOLDER

SOURCE_FOLDER holds the gathered facts: compute.csv, block_storage.csv, object_storage.csv, network.csv,
managed.csv, commitments.csv, power.csv and carbon.csv, one row per fact with its source and its date. What is
written by hand (places, free allowances, figures the gathered files lack) stands in by_hand/ beside this script.

Every table of these names below tables/ is written anew, in one order, with LF and without quotes, so a second run
of the same facts leaves no difference; other tables are left alone. What is changed on the way, what is left out and why is told in SOURCES.md. Anything this
script does not know how to carry stops it: a fact that is dropped without a word is worse than none.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = HERE / "tables"
BY_HAND = HERE / "by_hand"

# Prices known only from these are left out: the one is copyleft, the other of unknown origin.
EXCLUDED = {"Z4", "Z8"}

REGION_NAMES = {"East US": "eastus", "West Europe": "westeurope", "*": "any"}

COMPUTE = (
    "shape,family,category,arch,vcpu,memory_gib,burstable,gpus,network_gbps,network_burst_gbps,local_disk_gb,"
    "local_disks,local_disk_kind,disk_mbps,disk_burst_mbps,disk_iops,disk_burst_iops,on_demand,spot,spot_basis,"
    "spot_interruption,sustained_use,commit_1y,commit_1y_upfront,commit_3y,commit_3y_upfront,flexible_1y,"
    "flexible_3y,price_source,price_as_of,spot_source,spot_as_of,commit_source,commit_as_of,hardware_source,"
    "complete,note"
).split(",")
BLOCK = (
    "volume,component,unit,tier_from,tier_to,price,included_iops,included_mbps,max_iops,max_mbps,min_gib,max_gib,"
    "iops_per_gib,source,as_of,note"
).split(",")
OBJECT = (
    "class,redundancy,component,unit,tier_from_gb,tier_to_gb,price,min_days,min_object_kb,first_byte,source,as_of,"
    "note"
).split(",")
NETWORK = "kind,from,to,unit,tier_from_gb,tier_to_gb,price,source,as_of,note".split(",")
MANAGED = "service,engine,deployment,component,sku,unit,price,vcpu,memory_gib,network,source,as_of,note".split(",")
COMMITMENTS = (
    "kind,scope,name,term_years,payment,on_demand,committed,upfront_total,discount_pct,discount_min_pct,"
    "discount_max_pct,samples,source,as_of,note"
).split(",")
POWER = "kind,key,min_watts,watts_10pct,watts_50pct,max_watts,value,unit,source,as_of,note".split(",")
CARBON = (
    "region,year,location,basis,pue,wue_l_kwh,grid_gco2_kwh,marginal_gco2_kwh,production_gco2_kwh,"
    "market_gco2_kwh,cfe_share,source,as_of,note"
).split(",")
ALLOWANCES = "service,what,amount,unit,period,in_tiers,source,as_of,note".split(",")
PLACES = "provider,region,city,geography,peer,zones,source,as_of,note".split(",")

# The Azure lines of a monthly cost report: the price is a month's cost of one of these.
A_MONTH_OF = {
    "throughput units": "throughput-unit-month",
    "capacity units": "capacity-unit-month",
    "processing units": "processing-unit-month",
    "units": "unit-month",
    "connections": "connection-month",
}
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
SINGULAR = {
    "hours": "hour",
    "requests": "request",
    "invocations": "invocation",
    "GB-seconds": "GB-second",
    "GiB-seconds": "GiB-second",
    "vCPU-seconds": "vCPU-second",
    "GHz-seconds": "GHz-second",
    "vCore-hours": "vCore-hour",
}
MSK_UNITS = {
    "RunVolume GP2": "GB-month",
    "TieredStorage Tiered storage": "GB-month",
    "Serverless Cluster-hours": "hour",
    "Serverless Partition-hours": "partition-hour",
    "Serverless Per-GB data ingressed": "GB",
    "Serverless Per-GB data egressed": "GB",
}
KEPT_STORAGE = {
    "Extended retention": "GB-month",
    "Retained acknowledged message storage": "GiB-month",
    "Snapshot message backlog storage": "GiB-month",
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    tables = defaultdict(list)
    carry_compute(read(source / "compute.csv"), tables)
    carry_block_storage(read(source / "block_storage.csv"), tables)
    carry_object_storage(read(source / "object_storage.csv"), tables)
    carry_network(read(source / "network.csv"), tables)
    carry_managed(read(source / "managed.csv"), tables)
    carry_commitments(read(source / "commitments.csv"), tables)
    carry_power_and_carbon(read(source / "power.csv"), read(source / "carbon.csv"), tables)
    carry_by_hand(tables)

    carried = {name for _, _, name in tables}
    for file in TABLES.rglob("*.csv"):
        if file.stem in carried:
            file.unlink()
    for path, rows in sorted(tables.items()):
        write(path, rows)
    print(f"{sum(len(rows) for rows in tables.values())} rows in {len(tables)} tables")


# Wide: one row a machine shape ------------------------------------------------------------------------------------


def carry_compute(rows, tables):
    for row in rows:
        commit_sources = set(row["commit_src"].split("|"))
        excluded = commit_sources & EXCLUDED
        if excluded and excluded != commit_sources:
            sys.exit(f"{row['instance_type']}: commitments partly from {excluded}; decide which cells are whose")
        row = {key: "" if excluded and key.startswith(("commit_", "flex_")) else value for key, value in row.items()}
        for source in ("od_src", "spot_src", "hw_src"):
            if set(row[source].split("|")) & EXCLUDED:
                sys.exit(f"{row['instance_type']}: {source} is excluded")

        # Azure states one figure, the bandwidth allocated to the machine: a sustained ceiling, not a burst on credits.
        sustained, burst = row["net_baseline_gbps"], row["net_burst_gbps"]
        if row["provider"] == "azure":
            sustained, burst = burst, ""
        known = (row["vcpu"], row["memory_gib"], sustained, row["disk_baseline_mbps"], row["disk_baseline_iops"])
        carried = [
            row["instance_type"],
            row["family"],
            row["category"],
            row["arch"],
            row["vcpu"],
            row["memory_gib"],
            # The first generation of micro machines shares its processor too; the source knows it only of later ones.
            "yes" if row["instance_type"] == "t1.micro" else {"0": "no", "1": "yes"}[row["burstable"]],
            row["gpu_count"],
            sustained,
            burst,
            unless_zero(row["local_disk_gb"]),
            unless_zero(row["local_disk_count"]),
            row["local_disk_kind"],
            row["disk_baseline_mbps"],
            row["disk_burst_mbps"],
            row["disk_baseline_iops"],
            row["disk_burst_iops"],
            row["od_usd_h"],
            row["spot_usd_h"],
            spot_basis(row),
            row["spot_interrupt"],
            row["sud_full_month_usd_h"],
            row["commit_1y_noup_usd_h"],
            row["commit_1y_allup_usd_h"],
            row["commit_3y_noup_usd_h"],
            row["commit_3y_allup_usd_h"],
            row["flex_1y_noup_usd_h"],
            row["flex_3y_noup_usd_h"],
            row["od_src"],
            row["od_asof"],
            row["spot_src"],
            row["spot_asof"],
            row["commit_src"],
            row["commit_asof"],
            row["hw_src"],
            "yes" if all(known) else "no",
            row["notes"],
        ]
        add(tables, row["provider"], region(row["region"]), "compute", COMPUTE, carried)


def spot_basis(row):
    """AWS publishes savings, not prices: its spot prices are list price times one minus the advisor's saving."""
    if not row["spot_usd_h"]:
        return ""
    return "derived" if row["provider"] == "aws" else "published"


# Long: one row a price -------------------------------------------------------------------------------------------


def carry_block_storage(rows, tables):
    for row in rows:
        component, price, currency = row["component"], row["price"], row["currency"]
        place, source, as_of, note = region(row["region"]), row["source"], row["as_of"], row["notes"]
        tier_from, tier_to, unit = row["tier_from"], row["tier_to"], row["unit"]
        if currency not in ("USD", ""):
            # The pounds stay out; what the provider's documentation says of the disk holds in every region.
            if component != "capacity":
                continue
            component, price, tier_from, tier_to = "limits", "", "", ""
            place, source, as_of, note = "any", "Z7", "2026-08-11", "limits only; no price in USD is sourced"
        if excluded_source(source):
            continue
        if component != "limits" and not tier_from:
            continue  # From where on it is paid is not known: a price nobody could use.
        as_of, note = dated(as_of, note)
        carried = [row["volume_type"], component, unit, tier_from, tier_to, price]
        carried += [row[key] for key in ("included_iops", "included_mbps", "max_iops", "max_mbps")]
        carried += [row[key] for key in ("min_gib", "max_gib", "iops_per_gib")]
        add(tables, row["provider"], place, "block_storage", BLOCK, carried + [source, as_of, note])


def carry_object_storage(rows, tables):
    groups = defaultdict(list)
    for row in rows:
        if excluded_source(row["source"]):
            continue
        # A namespace with folders has request prices of its own, so it is a class of its own.
        name = row["tier"] + ("-hns" if "Hierarchical Namespace" in row["notes"] else "")
        redundancy = row["redundancy"].replace("ra-", "ra")
        groups[row["provider"], region(row["region"]), name, redundancy, row["component"]].append(row)
    for (provider, place, name, redundancy, component), rows in groups.items():
        for row in one_ladder(provider, rows):
            as_of, note = dated(row["as_of"], row["notes"])
            carried = [name, redundancy, component, row["unit"], row["tier_from_gb"], row["tier_to_gb"]]
            carried += [row["price_usd"], row["min_days"], row["min_object_kb"], row["first_byte"]]
            add(tables, provider, place, "object_storage", OBJECT, carried + [row["source"], as_of, note])


def one_ladder(provider, rows):
    """One price, or one ladder of tiers, out of what several sources say of the same thing.

    A row without tiers repeats a ladder or a newer row; an open end is the start of the next tier.
    """
    if any(row["tier_from_gb"] for row in rows):
        rows = sorted((row for row in rows if row["tier_from_gb"]), key=lambda row: float(row["tier_from_gb"]))
        following = rows[1:] + [None]
        for row, after in zip(rows, following):
            if not row["tier_to_gb"]:
                row["tier_to_gb"] = after["tier_from_gb"] if after else "inf"
        return rows
    if len(rows) > 1:
        if len({row["price_usd"] for row in rows}) > 1:
            sys.exit(f"{provider}: sources disagree: {rows}")
        rows = [max(rows, key=lambda row: row["as_of"])]
    return rows


def carry_network(rows, tables):
    for row in rows:
        provider, kind, place, to = row["provider"], row["kind"], region(row["from_region"]), row["to"]
        unit, price, note = row["unit"], row["price_usd"], row["notes"]
        tier_from, tier_to = row["tier_from_gb"], row["tier_to_gb"]
        if excluded_source(row["source"]):
            continue
        if kind.startswith("cdn-"):
            if place == "Any":
                continue  # A free allowance, not a tier: it stands in by_hand/allowances.csv.
            folder = "edge"
        else:
            folder = place
        if provider == "aws" and kind == "cross-az" and to == place:
            to = "same-region"
        if provider == "azure" and kind == "internet-egress" and not tier_from:
            continue  # One price without its tiers; the ladder in any/ has the same price and the tiers.
        if kind == "nat-gateway-hour" and unit == "VM-hour":
            if row["source"] == "G1":
                # The source lists an hour of a gateway: 32 times a machine's price, where it stops rising.
                unit, note = "hour", "a gateway for 32 machines or more"
            else:
                kind, tier_from, tier_to = "nat-gateway-vm-hour", "", ""
                note = "per machine behind the gateway; stated for the first 32"
        as_of, note = dated(row["as_of"], note)
        carried = [kind, place, to, unit, tier_from, tier_to, price, row["source"], as_of, note]
        add(tables, provider, folder, "network", NETWORK, carried)


def carry_managed(rows, tables):
    for row in rows:
        if excluded_source(row["source"]):
            continue
        component, unit, notes = row["component"], row["unit"], [row["notes"]]
        if not unit:
            unit = MSK_UNITS[component]
            notes.append("the unit is not in the feed; taken from the name of the component")
        elif unit in A_MONTH_OF:
            unit = A_MONTH_OF[unit]
            notes.append("a month's cost of one")
        elif component in KEPT_STORAGE:
            unit = KEPT_STORAGE[component]
            notes.append("kept for a month")
        unit = SINGULAR.get(unit, unit)
        as_of, note = dated(row["as_of"], "; ".join(filter(None, notes)))
        carried = [row["service"], row["engine"], row["deployment"], component, row["sku"], unit, row["price_usd"]]
        carried += [row["vcpu"], row["memory_gib"], row["network"], row["source"], as_of, note]
        add(tables, row["provider"], region(row["region"]), "managed", MANAGED, carried)


def carry_commitments(rows, tables):
    for row in rows:
        if excluded_source(row["source"]):
            continue
        payment, upfront = row["payment"], ""
        if payment.startswith("upfront total"):
            payment, upfront = "all-upfront", payment.removeprefix("upfront total").strip()
        as_of, note = dated(row["as_of"], row["notes"])
        carried = [row["kind"], row["scope"], row["sku_or_family"], unless_zero(row["term_years"]), payment]
        carried += [row["on_demand_usd_h"], row["committed_usd_h"], upfront]
        carried += [row["discount_pct"], row["min_pct"], row["max_pct"], row["n"], row["source"], as_of, note]
        add(tables, row["provider"], region(row["region"]), "commitments", COMMITMENTS, carried)


def carry_power_and_carbon(power, carbon, tables):
    for row in power:
        as_of, note = dated(row["as_of"], row["notes"])
        carried = [row[key] for key in ("kind", "key", "min_watts", "watts_10pct", "watts_50pct", "max_watts")]
        carried += [row["value"], row["unit"], row["source"], as_of, note]
        add(tables, row["provider"], "", "power", POWER, carried)
    for row in carbon:
        as_of, note = dated(row["as_of"], row["notes"])
        carried = [row[key] for key in ("region", "year", "location", "metric_basis", "pue", "wue_l_kwh")]
        carried += [row[key] for key in ("grid_gco2_kwh", "marginal_gco2_kwh", "production_gco2_kwh")]
        carried += [row["market_based_gco2_kwh"], row["cfe_share"], row["source"], as_of, note]
        add(tables, row["provider"], "", "carbon", CARBON, carried)


# Written by hand -------------------------------------------------------------------------------------------------


def carry_by_hand(tables):
    for row in read(BY_HAND / "network.csv"):
        add(tables, row["provider"], row["region"], "network", NETWORK, [row[key] for key in NETWORK])
    for row in read(BY_HAND / "allowances.csv"):
        add(tables, row["provider"], "any", "allowances", ALLOWANCES, [row[key] for key in ALLOWANCES])
    for row in read(BY_HAND / "places.csv"):
        add(tables, "", "", "places", PLACES, [row[key] for key in PLACES])


# Small things ----------------------------------------------------------------------------------------------------


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(file)]


def region(name):
    return REGION_NAMES.get(name, name)


def unless_zero(number):
    return "" if number == "0" else number


def excluded_source(sources):
    return bool(set(sources.split("|")) & EXCLUDED)


def dated(as_of, note):
    """An ISO day. Where a source dates itself by a year or a month the first day of it, so age is never flattered."""
    if len(as_of) == 10:
        return as_of, note
    day = {4: as_of + "-01-01", 7: as_of + "-01"}[len(as_of)]
    return day, "; ".join(filter(None, [note, f"dated {as_of} only"]))


def add(tables, provider, place, name, columns, row):
    assert len(row) == len(columns), (name, row)
    plain = [THOUSANDS.sub("", cell).replace(",", ";").replace('"', "'") for cell in row]
    tables[provider, place, name].append((columns, plain))


def write(path, rows):
    file = TABLES.joinpath(*filter(None, path)).with_suffix(".csv")
    file.parent.mkdir(parents=True, exist_ok=True)
    columns = rows[0][0]
    lines = [",".join(columns)] + [",".join(row) for row in sorted((row for _, row in rows), key=in_order)]
    file.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


def in_order(row):
    """Text as text and numbers as numbers, so that tiers rise and large follows medium."""
    return [(0, number, "") if (number := numeric(cell)) is not None else (1, 0.0, cell) for cell in row]


def numeric(cell):
    try:
        return float(cell)
    except ValueError:
        return None


main()
