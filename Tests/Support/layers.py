#!/usr/bin/env python3
"""Folders of Sources/App know those below them and never those above: fails with each type that is used upwards.

A type belongs to the folder that declares it. ID<Type> names a table and binds nobody. A new folder is added to LAYERS."""
import collections
import pathlib
import re
import sys

# From the ground up; folders of one line may know each other.
LAYERS = [
    ["Configuration", "Core", "Jobs", "Parts", "Records", "Vault"],
    ["Channels"],
    ["Agents"],
    ["Profiles"],
    ["Accounts"],
    ["Escalations"],
    ["Reminders"],
    ["Deliveries"],
    ["Timeline"],
    ["Today"],
    ["Seed"],
]
# The table of routes and the navigation know every page.
DOORS = {"Core/Site.swift"}
# What still points up, each with its way out; one that is gone has to go from here too.
KNOWN = {
    ("Core/Dispatcher.swift", "Sessions"),  # it notes when a session was last seen
}

root = pathlib.Path(__file__).resolve().parents[2] / "Sources/App"
texts = {str(file.relative_to(root)): file.read_text() for file in sorted(root.rglob("*.swift"))}
level = {folder: number for number, folders in enumerate(LAYERS) for folder in folders}
declared = re.compile(r"^(?:public |final |indirect )*(?:struct|class|enum|protocol|typealias) (\w+)", re.M)
home = {name: file for file, text in texts.items() for name in declared.findall(text)}


def code(text):
    """Without comments, ids, and words for people; what is put into words is code."""
    text = re.sub(r"//.*", "", text)
    text = re.sub(r'"((?:\\.|[^"\\])*)"', lambda words: " ".join(re.findall(r"\\\(([^)]*)", words[1])), text)
    return re.sub(r"\bID<\w+>", "", text)


found = 0
seen = set()
for file, text in texts.items():
    folder = file.split("/")[0]
    if folder not in level:
        print(f"Sources/App/{folder} has no place in {pathlib.Path(__file__).name}")
        found = 1
        continue
    if file in DOORS:
        continue
    for name in sorted(set(re.findall(r"\b[A-Z]\w+\b", code(text)))):
        above = home.get(name, file).split("/")[0]
        if level.get(above, 0) <= level[folder]:
            continue
        if (file, name) in KNOWN:
            seen.add((file, name))
            continue
        print(f"Sources/App/{file} uses {name}, which stands above it in {home[name]}")
        found = 1
for file, name in sorted(KNOWN - seen):
    print(f"Sources/App/{file} no longer uses {name}: take it out of {pathlib.Path(__file__).name}")
    found = 1
sys.exit(found)
