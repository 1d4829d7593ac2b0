"""The figures of LoRA, live in a notebook: `LoraWidget("rank", {"r": 8})` shows a figure, and `.state` follows its reader."""

import anywidget
import traitlets

__all__ = ["LoraWidget", "WIDGETS"]

# The build writes the parameters of each figure, the address of the site and the version into the next lines.
WIDGETS = {}
HOME = ""
__version__ = ""


class LoraWidget(anywidget.AnyWidget):
    """A figure by its name. `state` goes both ways, `options` (theme, lock, …) go to the figure, `summary` comes from it."""

    # If a module has not started within two seconds, anywidget loses everything that Python sets afterwards. So this one
    # starts at once, and loads the figure when it is shown.
    _esm = """\
export default {
  async render(view) {
    const module = await import("HOME/js/v1/lora.anywidget.mjs").catch((error) => {
      view.el.textContent = `The figure comes from HOME/ and could not be loaded: ${error.message}`;
    });
    await module?.default.initialize(view);
    return module?.default.render(view);
  },
};
""".replace("HOME/", HOME)

    name = traitlets.Enum(tuple(WIDGETS)).tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    summary = traitlets.Unicode("", help="The result as a sentence.").tag(sync=True)

    def __init__(self, name="rank", state=None, **more):
        super().__init__(name=name, state=state or {}, **more)

    @traitlets.validate("state")
    def _with_known_parameters(self, proposal):
        known = WIDGETS[self.name]
        for parameter in proposal["value"]:
            if parameter not in known:
                raise traitlets.TraitError(f"{self.name} has no parameter {parameter!r}; it has {', '.join(known)}")
        return proposal["value"]
