"""How the modules of the package need each other."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_import_goes_in_a_circle() -> None:
    graph = grimp.build_graph("ecomgen", cache_dir=None)
    needed = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    list(TopologicalSorter(needed).static_order())  # an error names the circle
