import {loraWidget} from "../../shell/element.ts";
import css from "../../styles/foreign.css?inline";
import {isWidgetName, load} from "../../widgets/registry.ts";
import {keepKeys} from "./keepKeys.ts";
import {textWorker} from "./textWorker.ts";

/** A script of another site starts no worker, but one of the page's own may import it; where the host's policy forbids that, runs are sliced. */
function foreignWorker(): Worker {
  const script = JSON.stringify(new URL("./lora-worker.js", import.meta.url).href);
  return textWorker([`import ${script};`], {type: "module"});
}

const Figure = loraWidget({
  load: (name) => (isWidgetName(name) ? load(name) : undefined),
  shell: () => import("../../shell/figure/live.ts"),
  // This script is /js/v1/lora-widget.js of the site the widgets come from.
  home: new URL("../../", import.meta.url).href,
  addressed: false,
  attributes: () => import("../../shell/state/attributes.ts"),
  worker: foreignWorker,
  css,
});

/** The element among the shortcuts of a page that does not know it. */
class ForeignFigure extends Figure {
  constructor() {
    super();
    keepKeys(this);
  }
}

// A page may load the script twice; the first definition stays.
if (!customElements.get("lora-widget")) customElements.define("lora-widget", ForeignFigure);
