/** The script of pages with figures: defines `<lora-widget>`, which loads each figure when it comes near the screen. */
import {loraWidget} from "../figure/element.ts";
import {isTooOld} from "../figure/scriptsRun.ts";
import {siteRoot} from "../figure/siteRoot.ts";
import {trustedUrl} from "../figure/trustedUrl.ts";
import {figureNamed, loadWidget} from "./registry.ts";
import workerAddress from "./worker.ts?worker&url";

if (!isTooOld())
  customElements.define(
    "lora-widget",
    loraWidget({
      figureName: figureNamed,
      load: loadWidget,
      liveFigure: () => import("../figure/live/liveFigure.ts"),
      home: siteRoot(document.documentElement.dataset.root, location),
      isAddressed: document.documentElement.hasAttribute("data-addressed"),
      hasPreviews: true,
      explore: () => import("../figure/live/explore.ts"),
      worker: () => new Worker(trustedUrl(workerAddress), {type: "module"}),
    }),
  );
