"""The figures of LoRA, live in a notebook: `LoraWidget("rank", {"r": 8})` shows a figure, and `.state` follows its reader."""

import anywidget
import traitlets

__all__ = ["LoraWidget", "WIDGETS"]

# The build writes the parameters of each figure, the address of the site and the version into the next lines.
WIDGETS = {}
HOME = ""
__version__ = ""


class LoraWidget(anywidget.AnyWidget):
    """A figure by its name. `state` goes both ways, `options` (theme, lock, …) to the figure, `summary` comes from it."""

    _esm = f"export {{default}} from '{HOME}js/v1/lora.anywidget.mjs'"

    name = traitlets.Enum(tuple(WIDGETS)).tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    summary = traitlets.Unicode("", help="The result as a sentence.").tag(sync=True)

    def __init__(self, name="rank", state=None, **more):
        known = WIDGETS.get(name, state or {})
        for parameter in state or {}:
            if parameter not in known:
                raise traitlets.TraitError(f"{name} has no parameter {parameter!r}; it has {', '.join(known)}")
        super().__init__(name=name, state=state or {}, **more)
