"""Controls of a notebook, and what follows them: one widget, whose keys stay inside it.

JupyterLab takes letters typed in a widget for its own (`x` cuts the cell: ipywidgets #3912), unless the very
element that has the focus forbids it; so the controls are elements of our own. Nothing is displayed inside an
`Output`, which may keep a notebook from ever ending (nbclient #312): what is shown is a value of the widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from aqparat.palette import DARK, rules

Chosen = Mapping[str, Any]  # name of a field to the value chosen in it; of `many`, to a list of values

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Field:
    """What can be chosen.

    Parameters
    ----------
    name : str
    label : str
    options : tuple of (str, str)
        Value and name of each, in the order they are shown.
    kind : str
        `one`: a list that opens; `listed`: a list that stands open; `many`: a list of which any number may
        be chosen, none for all of it; `steps`: a slider over the options.
    value : str or list of str
        What is chosen; of `many` a list.
    hint : str
        Of `many`: how several are chosen, and what is shown where none is.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    kind: str = "one"
    value: str | list[str] = ""
    hint: str = ""

    def holding(self, value: Any) -> Field:
        """Return it with a value chosen; of one it does not offer, that before, or the first."""
        known = [option for option, _ in self.options]
        if self.kind == "many":
            return replace(self, value=[each for each in value or () if each in known])
        return replace(self, value=next((v for v in (value, self.value, *known) if v in known), ""))


class Controls(anywidget.AnyWidget):
    """Fields to choose from and, below them, what was chosen.

    Parameters
    ----------
    fields : callable
        Gives the fields for what is chosen so far; the later ones may depend on the earlier.
    shown : callable
        Gives what is shown for what is chosen: pages as `aqparat.explore.shown.page` makes them.
    words : mapping
        What the controls say: the name of the panel (`panel`), what stands above it (`mark`), their
        `language`, the labels of buttons (`clear`, `save`, `sort`), what to do without widgets (`run`).
    """

    _esm = _HERE / "controls.js"
    _css = "\n".join(
        [
            (_HERE / "controls.css").read_text(encoding="utf-8"),
            f".aqparat-explore {{ {rules()} }}",
            '[data-jp-theme-light="false"] .aqparat-explore {',
            *(f"--chart-{name}: {colour};" for name, colour in DARK.items()),
            "}",
        ]
    )
    fields = traitlets.List().tag(sync=True)
    pages = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)  # the browser's alone: a late answer undoes no later choice
    answered = traitlets.Dict().tag(sync=True)  # what was chosen in the browser, and is answered

    def __init__(
        self,
        fields: Callable[[Chosen], Sequence[Field]],
        shown: Callable[[Chosen], Sequence[dict[str, Any]]],
        words: Mapping[str, str],
    ) -> None:
        super().__init__(words=dict(words))
        self._fields, self._shown = fields, shown
        self.choose()
        self.observe(lambda change: self.choose(**change["new"]), "chosen")

    def choose(self, **chosen: Any) -> None:
        """Choose in fields by their names, as in the browser; the others keep what is chosen there."""
        before = {field["name"]: field["value"] for field in self.fields}
        fields = self._fields({**before, **chosen})
        with self.hold_sync():
            self.fields = [asdict(field) for field in fields]
            self.pages = list(self._shown({field.name: field.value for field in fields}))
            self.answered = dict(self.chosen)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show, where there are no widgets, what is shown now."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        mark = [self.words["mark"]] if self.words.get("mark") else []
        above, below = ([f"<p>{escape(text)}</p>" for text in texts] for texts in (mark, [self.words["run"]]))
        data["text/html"] = "\n".join([*above, *(page["html"] for page in self.pages), *below])
        data["text/plain"] = "\n".join([*mark, *(page["text"] for page in self.pages)])
        return data, metadata
