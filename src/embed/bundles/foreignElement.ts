import {loraWidget} from "../../figure/element.ts";
import {figureNamed, loadWidget} from "../../figures/registry.ts";
import css from "../styles/foreign.css?inline";
import {startTextWorker} from "./textWorker.ts";

/** Where the element comes from. */
interface ElementSource {
  /** Address of the site that its links lead to, with a slash at its end. */
  home: string;
  /** Address of the worker's script. */
  worker: string;
}

/** Defines `<lora-widget>` on a foreign page. A page may do so twice: the first definition stays. */
export function defineForeign({home, worker}: ElementSource) {
  const Figure = loraWidget({
    figureName: figureNamed,
    load: loadWidget,
    liveFigure: () => import("../../figure/live/liveFigure.ts"),
    home,
    isAddressed: false,
    attributes: () => import("../../figure/state/attributes.ts"),
    // A page may not start a worker from another site's script, but a worker from text may import that script. Where the page's
    // policy forbids this too, runs are computed on the page.
    worker: () => startTextWorker(`import ${JSON.stringify(worker)};`, {type: "module"}),
    css,
  });

  /** The element, which keeps its key presses from the shortcuts of the page. */
  class ForeignFigure extends Figure {
    constructor() {
      super();
      keepKeysInside(this);
    }
  }
  if (!customElements.get("lora-widget")) customElements.define("lora-widget", ForeignFigure);
}

/**
 * Keeps key presses inside a figure from the page around it, as a frame would. Otherwise a slide deck would turn its slides while a
 * reader moves a slider with the arrow keys. Escape and keys with Ctrl, Alt or Meta still reach the page.
 */
const keepKeysInside = (element: HTMLElement) => {
  for (const type of ["keydown", "keypress", "keyup"] as const)
    element.addEventListener(type, (event) => {
      if (event.key !== "Escape" && !event.ctrlKey && !event.altKey && !event.metaKey) event.stopPropagation();
    });
};
