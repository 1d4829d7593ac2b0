import {connectToHost} from "../../frame/connectToHost.ts";
import type {FramedElement} from "../../frame/framedElement.ts";
import {readHostOptions} from "../../frame/hostOptions.ts";
import {loraWidget} from "../../shell/element.ts";
import * as shell from "../../shell/figure/liveFigure.ts";
import type {Model} from "../../shell/runs/serve.ts";
import {scriptsRun} from "../../shell/scriptsRun.ts";
import type {AnyWidget} from "../../shell/widget.ts";
import {work} from "../embeds/embed-worker.ts";
import {textWorker} from "../embeds/textWorker.ts";

/**
 * Starts the widget of a standalone file. The file has one script for the page and the worker: the page starts a worker from
 * the script's own text, and there the same call serves the model.
 */
export function standalone(name: string, w: AnyWidget, model?: Model) {
  if (typeof document === "undefined") {
    if (model) work(model);
    return;
  }
  const text = document.currentScript!.textContent!;
  if (new URLSearchParams(location.search).get("links") === "0")
    for (const link of document.querySelectorAll("footer a")) link.replaceWith(link.textContent!);
  const host = readHostOptions(location);
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (other) => (other === name ? Promise.resolve(w) : undefined),
      shell: async () => shell,
      // Links and codes lead to the site that the file was taken from, if that site knew its address.
      home: canonical ? new URL("../../", canonical.href).href : new URL("../", location.href).href,
      addressed: true,
      framed: parent !== window,
      notes: host.notes,
      worker: model && (() => textWorker([text])),
      model: model && (async () => model),
    }),
  );
  scriptsRun();
  if (parent !== window) connectToHost(name, document.querySelector("lora-widget") as FramedElement, host);
}
