#!/usr/bin/env python3
"""Writes `tables/machine_power.csv` and `tables/grid.csv`: what machines draw, and what a kilowatt-hour emits where.

Reads this folder's own tables and nothing else:

- `speed.csv` names the processor of a family where a provider documents it;
- `power` of AWS names the processor and the embodied carbon of each machine's host;
- `power` of the three providers has the watts of a vCPU, idle and fully used, by processor, and the effectiveness
  (PUE) of a provider's data centers on the mean;
- `carbon` has the electricity of each region, from several sources and years.

A processor without watts of its own gets those of its nearest relative, and the row says so. Of several sources of a
region the one that spans the providers counts (C1), then the provider's own (C2), then the oldest (C3). Run it again
after `carry.py` or a change of `speed.csv`; it writes the same bytes from the same tables.
"""

import csv
import statistics
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
PROVIDERS = ["aws", "azure", "gcp"]
MACHINE_POWER = [
    "provider", "family", "processor", "basis", "idle_watts", "full_watts", "embodied_kg", "source", "as_of", "note",
]
GRID = ["provider", "region", "year", "gco2_kwh", "source", "as_of", "pue", "pue_source", "pue_as_of", "note"]

# No electricity emits more than twice what a plant that burns brown coal does; the source has values in other units.
MOST_GRAMS = 2000

# What the providers and AMD call them, as the coefficients do. The first that a text contains counts.
NAMES = [
    ("7r32", "EPYC 2nd Gen"), ("7571", "EPYC 1st Gen"), ("7r13", "EPYC 3rd Gen"), ("9r14", "EPYC 4th Gen"),
    ("naples", "EPYC 1st Gen"), ("rome", "EPYC 2nd Gen"), ("milan", "EPYC 3rd Gen"), ("genoa", "EPYC 4th Gen"),
    ("turin", "EPYC 5th Gen"), ("graviton2", "Graviton2"), ("graviton3e", "Graviton3E"), ("graviton3", "Graviton3"),
    ("graviton4", "Graviton4"), ("graviton5", "Graviton5"), ("graviton1", "Graviton"), ("labs graviton", "Graviton"),
    ("axion", "Axion"), ("ampere altra", "Ampere Altra"), ("cobalt 100", "Cobalt 100"), ("granite", "Granite Rapids"),
    ("emerald", "Emerald Rapids"), ("sapphire", "Sapphire Rapids"), ("ice lake", "Ice Lake"),
    ("cascade", "Cascade Lake"), ("coffee", "Coffee Lake"), ("e-2176g", "Coffee Lake"), ("8124m", "Skylake"),
    ("8151", "Skylake"), ("8175", "Skylake"), ("8176", "Skylake"), ("p-8175", "Skylake"), ("8252c", "Cascade Lake"),
    ("8259", "Cascade Lake"), ("8275", "Cascade Lake"), ("8280", "Cascade Lake"), ("broadwell", "Broadwell"),
    ("2686 v4", "Broadwell"), ("haswell", "Haswell"), ("8880 v3", "Haswell"), ("2676 v3", "Haswell"),
    ("2666 v3", "Haswell"), ("2651 v2", "Ivy Bridge"), ("2680 v2", "Ivy Bridge"), ("2670", "Sandy Bridge"),
    ("2665", "Sandy Bridge"), ("skylake", "Skylake"),
]

# Whose watts stand in where a processor has none of its own. The source's figure for the fifth generation of EPYC is
# four times that of the fourth, which no machine's measurement bears out; the fourth's is taken.
RELATIVES = {
    "EPYC 5th Gen": "EPYC 4th Gen", "Graviton": "Graviton2", "Graviton5": "Graviton4", "Axion": "Graviton4",
    "Ampere Altra": "Graviton2", "Cobalt 100": "Graviton2",
}
# Whose embodied carbon stands in where no host with the processor has a figure.
MAKERS = RELATIVES | {
    "Granite Rapids": "Sapphire Rapids", "Emerald Rapids": "Sapphire Rapids", "Coffee Lake": "Skylake",
    "Graviton3E": "Graviton3",
}

# Families of which no table here names the processor, with the sibling whose processor they share.
SIBLINGS = {
    "c8i": "c8i-flex", "m8i": "c8i-flex", "r8i": "c8i-flex", "m8id": "c8id", "c8a": "m8azn", "m8a": "m8azn",
    "r8a": "m8azn", "r7i": "r7iz",
}
# A family of fewer vCPUs than this at most is sold in parts of a host; its largest size says nothing about the host.
LEAST_HOST_VCPUS = 32


def rows(*path):
    with TABLES.joinpath(*path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def processor(text):
    # What follows a semicolon qualifies: `Cascade Lake; mixed with Ice Lake`.
    for part in text.lower().split(";"):
        for mark, name in NAMES:
            if mark in part:
                return name
    return None


def main():
    power = {provider: rows(provider, "power.csv") for provider in PROVIDERS}
    watts = {
        provider: {row["key"]: row for row in table if row["kind"] == "cpu_arch_watts_per_vcpu"}
        for provider, table in power.items()
    }
    hosts, made = aws_hosts(power["aws"])
    written = []
    speeds = rows("speed.csv")
    note_of = {row["family"]: row["note"] for row in speeds if row["provider"] == "aws"}
    for row in speeds:
        provider, family = row["provider"], row["family"]
        host = hosts.get(family) if provider == "aws" else None
        sibling = SIBLINGS.get(family) if provider == "aws" else None
        named = (host and host[0]) or processor(row["note"]) or (sibling and processor(note_of[sibling]))
        if named is None:
            continue
        notes = []
        chip = watts_of(named, provider, watts)
        if chip is None:
            continue
        coefficient, owner, known_as = chip
        if known_as != named:
            notes.append(f"watts of {known_as}")
        elif coefficient["note"].startswith("source reuses"):
            notes.append(coefficient["note"])
        if owner != provider:
            notes.append(f"watts as {owner} has them")
        embodied = host[1] if host else None
        if embodied is None:
            maker = named if named in made else MAKERS.get(named, named)
            embodied = statistics.median(made[maker]) if maker in made else None
            notes.append(f"embodied: median of AWS hosts with {maker}" if embodied else "embodied unknown")
        basis = "documented" if host or row["basis"] != "assumed" else "assumed"
        figure = "" if embodied is None else f"{embodied:.2f}"
        written.append([
            provider, family, named, basis, coefficient["min_watts"], coefficient["max_watts"], figure,
            coefficient["source"], coefficient["as_of"], "; ".join(notes),
        ])
    write("machine_power", MACHINE_POWER, written)
    write("grid", GRID, [row for provider in PROVIDERS for row in grid(provider, power[provider])])


def write(name, columns, written):
    with (TABLES / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *written])


def grid(provider, power):
    """One row for each region of which some source tells what its electricity emits."""
    means = [row for row in power if row["kind"] == "pue"]
    mean = max(means, key=lambda row: row["as_of"])
    best = {}
    for row in rows(provider, "carbon.csv"):
        grams = row["grid_gco2_kwh"]
        if not grams or float(grams) > MOST_GRAMS:
            continue
        known = best.get(row["region"])
        # C1 sorts before C2 before C3; of one source the last year counts.
        rank = (row["source"], -int(row["year"] or 0))
        if known is None or rank < known[0]:
            best[row["region"]] = (rank, row)
    for region, (_, row) in sorted(best.items()):
        pue = [row["pue"], row["source"], row["as_of"]] if row["pue"] else [mean["value"], mean["source"], mean["as_of"]]
        note = row["note"] if row["pue"] else "; ".join(filter(None, [row["note"], "PUE of the provider on the mean"]))
        yield [provider, region, row["year"], row["grid_gco2_kwh"], row["source"], row["as_of"], *pue, note]


def aws_hosts(power):
    """Family -> (processor, kg for each vCPU of a host), and processor -> such kg of every family with it."""
    vcpus, family_of = {}, {}
    for row in rows("aws", "us-east-1", "compute.csv"):
        family_of[row["shape"]] = row["family"]
        vcpus[row["family"]] = max(vcpus.get(row["family"], 0), float(row["vcpu"]))
    hosts, made = {}, {}
    for row in power:
        family = family_of.get(row["key"])
        named = processor(row["note"])
        if row["kind"] != "platform_embodied" or family is None or named is None or family in hosts:
            continue
        # The largest size of a family is the whole host.
        whole = vcpus[family] >= LEAST_HOST_VCPUS
        hosts[family] = (named, float(row["value"]) * 1000 / vcpus[family] if whole else None)
        if whole:
            made.setdefault(named, []).append(hosts[family][1])
    return hosts, made


def watts_of(named, provider, watts):
    """The coefficient of a processor or of its relative, by the provider itself or else by another."""
    for name in (named, RELATIVES.get(named)):
        if name is None or (name == named and named == "EPYC 5th Gen"):
            continue
        for owner in (provider, "aws", "azure", "gcp"):
            if name in watts[owner]:
                return watts[owner][name], owner, name
    return None


if __name__ == "__main__":
    main()
