import css from "../styles/foreign.css?inline";
import {follow} from "../widgets/attributes.ts";
import {loraWidget} from "../widgets/element.ts";
import {isWidgetName, load} from "../widgets/registry.ts";

// A page may load the script twice; the first definition stays.
if (!customElements.get("lora-widget"))
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (name) => (isWidgetName(name) ? load(name) : undefined),
      shell: () => import("../widgets/live.ts"),
      // This script is /js/v1/lora-widget.js of the site the widgets come from.
      home: new URL("../../", import.meta.url).href,
      addressed: false,
      follow,
      css,
    }),
  );
