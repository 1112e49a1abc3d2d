"""What a wheel holds besides the packages of pyproject.toml: the notebooks, beside lib/ in the source."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

NOTEBOOKS = Path(__file__).parent / "notebooks"


class Build(build_py):
    """Put the notebooks into the package; an editable install keeps to those of the source."""

    def run(self) -> None:
        """Build anew, so that nothing of an earlier build is left."""
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        target = Path(self.build_lib, "aqparat", "notebooks")
        target.mkdir()
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            self.copy_file(str(path), str(target / path.name))


setup(cmdclass={"build_py": Build})
