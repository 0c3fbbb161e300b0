"""What the documentation shows is what the program does."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
SNIPPETS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """One process for all examples: the libraries are imported once."""
    manager = KernelManager()
    manager.start_kernel()
    yield manager
    manager.shutdown_kernel(now=True)


def execute(content: nbformat.NotebookNode, kernel: KernelManager, folder: Path) -> None:
    """Run the cells in `folder`, with no name of an earlier notebook and with the test's own home."""
    home = {name: value for name, value in os.environ.items() if name.startswith(("ECOMGEN_", "HF_"))}
    fresh = (
        'for name in get_ipython().run_line_magic("who_ls", ""):\n    del globals()[name]\n'
        f"import os\nos.chdir({str(folder)!r})\nos.environ.update({home!r})"
    )
    content.cells.insert(0, nbformat.v4.new_code_cell(fresh))
    client = NotebookClient(content, km=kernel, timeout=300)
    try:
        client.execute()
    finally:
        client.kc.stop_channels()


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_readme_examples_run(snippet: str, kernel: KernelManager, tmp_path: Path) -> None:
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(snippet)])
    execute(content, kernel, tmp_path)
    assert any(output.get("name") == "stdout" and output["text"].strip() for output in content.cells[1].outputs)


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_run(notebook: Path, kernel: KernelManager, tmp_path: Path) -> None:
    execute(nbformat.read(notebook, as_version=4), kernel, tmp_path)


def test_the_command_line_reference_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "docs" / "make.py")
    assert spec and spec.loader
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert make.command_line() == (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8"), "run: make docs"


def test_links_in_the_documentation_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_public_name_is_there() -> None:
    import ecomgen

    for name in ecomgen.__all__:
        assert getattr(ecomgen, name) is not None
    with pytest.raises(AttributeError):
        ecomgen.nonsense  # noqa: B018
    assert callable(ecomgen.generate) and os.environ["ECOMGEN_HOME"]
