"""What --to json says of a run, for those who hold another format's file against it."""
import collections
import json
import sys


def read(path):
    """The records by their type, and the actors by their number."""
    of_type = collections.defaultdict(list)
    with open(path) as file:
        for record in map(json.loads, file):
            of_type[record["type"]].append(record)
    return of_type, {r["id"]: r for r in of_type["actor"]}


def nearest(actors, actor, kind):
    """The actor, or the one of that kind which it belongs to."""
    while actors[actor]["kind"] != kind:
        actor = actors[actor]["parent"]
    return actor


def same(what, plain, other):
    """Ends the test at the first that one of them lacks; prints how many there are."""
    plain, other = collections.Counter(plain), collections.Counter(other)
    for item in plain - other:
        sys.exit(f"{what}: {item} is in JSON alone")
    for item in other - plain:
        sys.exit(f"{what}: {item} is not in JSON")
    print(what, sum(plain.values()))
