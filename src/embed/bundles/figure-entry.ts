/** The script of an embed page and of a figure in one file, and the script of its worker. */
import {loraWidget} from "../../figure/element.ts";
import * as liveFigure from "../../figure/live/liveFigure.ts";
import {isTooOld, markScriptsRunning} from "../../figure/scriptsRun.ts";
import {siteRoot} from "../../figure/siteRoot.ts";
import {figureNamed, loadWidget, widgetNames} from "../../figures/registry.ts";
import {serveModels} from "../../figures/serveModels.ts";
import {connectToHost} from "../frame/connectToHost.ts";
import {readHostOptions} from "../frame/hostOptions.ts";
import type {FramedElement} from "../frame/orderQueue.ts";
import {startTextWorker} from "./textWorker.ts";

/** The function around all of this script (embeds.ts). */
declare const lora: () => void;

/** Starts the one figure of an embed page or of a file, and tells the page around it what happens. */
function startFigure() {
  if (new URLSearchParams(location.search).get("links") === "0")
    for (const link of document.querySelectorAll("footer a")) link.replaceWith(link.textContent!);
  const host = readHostOptions(location);
  customElements.define(
    "lora-widget",
    loraWidget({
      figureName: figureNamed,
      load: loadWidget,
      liveFigure: async () => liveFigure,
      home: siteRoot(document.documentElement.dataset.root, location),
      isAddressed: true,
      isFramed: parent !== window,
      notes: host.notes,
      worker: () => startTextWorker(`(${lora})()`),
    }),
  );
  markScriptsRunning();
  if (parent !== window) connectToHost(widgetNames[0]!, document.querySelector("lora-widget") as FramedElement, host);
}

if (typeof document === "undefined") serveModels();
else if (!isTooOld()) startFigure();
