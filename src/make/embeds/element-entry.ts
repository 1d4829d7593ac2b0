import {loraWidget} from "../../shell/element.ts";
import {loader} from "../../shell/loader.ts";
import css from "../../styles/foreign.css?inline";
import {isWidgetName, load} from "../../widgets/registry.ts";
import {keepKeys} from "./keepKeys.ts";
import {textWorker} from "./textWorker.ts";

/**
 * A page may not start a worker from another site's script, but a worker from text may import that script. Where the page's
 * policy forbids this too, runs are computed on the page.
 */
function foreignWorker(): Worker {
  const script = JSON.stringify(new URL("./lora-worker.js", import.meta.url).href);
  return textWorker([`import ${script};`], {type: "module"});
}

const Figure = loraWidget({
  load: (name, again) => (isWidgetName(name) ? load(name, again) : undefined),
  shell: loader(() => import("../../shell/figure/liveFigure.ts")),
  // This script is /js/v1/lora-widget.js of the site the widgets come from.
  home: new URL("../../", import.meta.url).href,
  addressed: false,
  attributes: loader(() => import("../../shell/state/attributes.ts")),
  worker: foreignWorker,
  css,
});

/** The element on a page that may have keyboard shortcuts of its own. */
class ForeignFigure extends Figure {
  constructor() {
    super();
    keepKeys(this);
  }
}

// A page may load this script twice. The first definition stays.
if (!customElements.get("lora-widget")) customElements.define("lora-widget", ForeignFigure);
