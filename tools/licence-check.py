#!/usr/bin/env python3
"""Checks the licences in the bill of materials: every runtime component needs one that goes with Apache-2.0.

Usage: tools/licence-check.py target/bom.json
LGPL libraries are accepted as separate, replaceable jars; GPL without a linking exception, AGPL and SSPL are refused; a
component without a stated licence is refused until it is listed below with where its licence was read.
"""
import json, re, sys

GOOD = re.compile(
    r"apache|mit\b|bsd|bouncy castle|epl|eclipse|mpl|mozilla|lgpl|lesser general|cddl|edl|public domain|cc0|unlicense|"
    r"isc\b|unicode|w3c|0bsd|go license|zlib|blueoak|upl|classpath", re.I)
BAD = re.compile(r"\bagpl|affero|sspl|server side public|elastic license|commons clause|busl", re.I)
READ_BY_HAND = {
    # group/name: licence and where it was read
}

bom = json.load(open(sys.argv[1]))
wrong, seen = [], 0
for c in bom.get("components", []):
    if c.get("group") == "org.wanglou" or c.get("scope") == "excluded":
        continue
    seen += 1
    name = f"{c.get('group', '')}/{c['name']}"
    texts = []
    for entry in c.get("licenses", []):
        licence = entry.get("license", {})
        texts += [t for t in (licence.get("id"), licence.get("name"), entry.get("expression")) if t]
    if not texts and name in READ_BY_HAND:
        texts = [READ_BY_HAND[name]]
    if not texts:
        wrong.append(f"{name} {c.get('version')}: no licence stated; read it and list it in tools/licence-check.py")
    elif not any(GOOD.search(t) and not BAD.search(t) for t in texts):
        wrong.append(f"{name} {c.get('version')}: {', '.join(texts)}")
for line in wrong:
    print("licence:", line)
print(f"licence: {seen} components read, {len(wrong)} refused")
sys.exit(1 if wrong or not seen else 0)
