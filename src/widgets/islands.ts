import {loraWidget} from "./element.ts";
import {isWidgetName, load} from "./registry.ts";

customElements.define(
  "lora-widget",
  loraWidget({
    load: (name) => (isWidgetName(name) ? load(name) : undefined),
    shell: () => import("./live.ts"),
    home: new URL(import.meta.env.BASE_URL, location.href).href,
    addressed: document.documentElement.hasAttribute("data-addressed"),
    previews: true,
    worker: () => new Worker(new URL("./worker.ts", import.meta.url), {type: "module"}),
  }),
);
