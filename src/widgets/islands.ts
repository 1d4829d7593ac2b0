import {loraWidget} from "./element.ts";
import {isWidgetName, load} from "./registry.ts";
import {siteRoot} from "./siteRoot.ts";

customElements.define(
  "lora-widget",
  loraWidget({
    load: (name) => (isWidgetName(name) ? load(name) : undefined),
    shell: () => import("./live.ts"),
    ...siteRoot(document.documentElement.dataset.root, location),
    addressed: document.documentElement.hasAttribute("data-addressed"),
    previews: true,
    worker: () => new Worker(new URL("./worker.ts", import.meta.url), {type: "module"}),
  }),
);
