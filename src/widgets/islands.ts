import {loraWidget} from "../shell/element.ts";
import {isTooOld} from "../shell/scriptsRun.ts";
import {siteRoot} from "../shell/siteRoot.ts";
import {trustedUrl} from "../shell/trustedUrl.ts";
import {isWidgetName, load} from "./registry.ts";
import workerAddress from "./worker.ts?worker&url";

if (!isTooOld())
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (name) => (isWidgetName(name) ? load(name) : undefined),
      shell: () => import("../shell/figure/liveFigure.ts"),
      home: siteRoot(document.documentElement.dataset.root, location),
      addressed: document.documentElement.hasAttribute("data-addressed"),
      previews: true,
      explore: () => import("../shell/figure/explore.ts"),
      worker: () => new Worker(trustedUrl(workerAddress), {type: "module"}),
    }),
  );
