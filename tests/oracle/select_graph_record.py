"""Records what dbt's graph code answers for small random graphs: the report of a cycle, what waits for what in `build`
(test edges), and the graph of a selection. Also Python's fnmatch for a table of patterns. Writes tests/cases/graph/.

    <venv>/bin/python tests/oracle/select_graph_record.py
"""
import json
import random
from fnmatch import fnmatchcase
from pathlib import Path
from types import SimpleNamespace

import networkx as nx
from dbt.compilation import Linker
from dbt.graph import Graph

OUT = Path(__file__).resolve().parents[1] / "cases" / "graph"


def random_nodes(rng, count, cyclic, tests):
    """`{id: [ids it depends on]}` in the order of the manifest; ids of tests begin with `test.`."""
    names = [f"model.p.m{i}" for i in range(count)]
    shuffled = names[:]
    rng.shuffle(shuffled)
    nodes = {}
    for i, name in enumerate(shuffled):
        pool = shuffled if cyclic else shuffled[:i]
        nodes[name] = rng.sample(pool, min(len(pool), rng.choice([0, 1, 1, 2, 3])))
    for i in range(tests):
        nodes[f"test.p.t{i}.x"] = rng.sample(names, min(len(names), rng.choice([1, 1, 1, 2, 2, 3])))
    keys = list(nodes)
    rng.shuffle(keys)
    return {key: nodes[key] for key in keys}


def manifest_of(nodes):
    made = {
        key: SimpleNamespace(unique_id=key, depends_on_nodes=parents, resource_type=key.split(".")[0], name=key)
        for key, parents in nodes.items()
    }
    children = {key: [] for key in nodes}
    for key, parents in nodes.items():
        for parent in parents:
            children[parent].append(key)
    empty = {}
    return SimpleNamespace(
        nodes=made, sources=empty, semantic_models=empty, exposures=empty, functions=empty, metrics=empty,
        unit_tests=empty, saved_queries=empty, child_map=children,
    )


def closure(graph):
    return {node: sorted(nx.descendants(graph, node)) for node in graph.nodes() if nx.descendants(graph, node)}


def main():
    rng = random.Random(20)
    cycles = []
    while len(cycles) < 80:
        nodes = random_nodes(rng, rng.randint(1, 9), True, 0)
        try:
            Linker().link_graph(manifest_of(nodes))
            message = None
        except RuntimeError as error:
            message = str(error)
        if message or len(cycles) % 8 == 0:
            cycles.append({"nodes": nodes, "message": message})
    waits = []
    for _ in range(80):
        nodes = random_nodes(rng, rng.randint(2, 12), False, rng.randint(1, 8))
        manifest = manifest_of(nodes)
        linker = Linker()
        linker.link_graph(manifest)
        linker.add_test_edges_1(manifest)
        selected = sorted(rng.sample(sorted(nodes), rng.randint(1, len(nodes))))
        subset = Graph(linker.graph).get_subset_graph(selected).graph
        waits.append({"nodes": nodes, "dependents": closure(linker.graph), "selected": selected, "subset": closure(subset)})

    patterns = ["", "*", "?", "a*", "*a", "a*b*c", "**", "a?c", "[abc]", "[!abc]", "[a-c]x", "[c-a]x", "[]]", "[!]]", "[", "a[", "[a", "[!", "[]", "[-a]", "[a-]", "[!a-c]*", "[a-c-e]", "[a^]", "[^a]", "[\\]", "a.b", "*.*", "é*", "[é-ü]", "😀?", "[a]b]", "*[a]*", "[[]", "a\\*", "[a&&b]", "[--a]", "*\n*"]
    names = ["", "a", "b", "abc", "abbc", "a.b", "ax", "bx", "dx", "]", "[", "a[", "[a", "-", "c", "d", "^", "é", "ö", "😀x", "😀", "b]", "ab]", "a\\*", "a*", "\\", "&", "a\nb", "A", "aXc", "!", "a]"]
    globs = [[name, pattern, fnmatchcase(name, pattern)] for pattern in patterns for name in names]

    OUT.mkdir(parents=True, exist_ok=True)
    for name, value in {"cycles": cycles, "waits": waits, "fnmatch": globs}.items():
        (OUT / f"{name}.json").write_text("[\n" + ",\n".join(json.dumps(v) for v in value) + "\n]\n")
    print({"cycles": len(cycles), "waits": len(waits), "fnmatch": len(globs)})


if __name__ == "__main__":
    main()
