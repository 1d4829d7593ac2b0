import {connectToHost} from "../../frame/connectToHost.ts";
import type {FramedElement} from "../../frame/framedElement.ts";
import {readHostOptions} from "../../frame/hostOptions.ts";
import {loraWidget} from "../../shell/element.ts";
import * as shell from "../../shell/figure/liveFigure.ts";
import type {Model} from "../../shell/runs/serve.ts";
import {isTooOld, scriptsRun} from "../../shell/scriptsRun.ts";
import {trustedUrl} from "../../shell/trustedUrl.ts";
import type {AnyWidget} from "../../shell/widget.ts";
import {textWorker} from "./textWorker.ts";

/** The site's root. A copy opened from a disk links to the real site, if it knows the address. */
function rootOf({href, protocol}: Location): string {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  if (protocol === "file:" && canonical) return new URL("../../", canonical.href).href;
  return new URL("../../", href).href;
}

/** The globals by which an embed page's classic scripts share things. */
interface Shared {
  loraModel: Model;
  /** Files that runs load, by name. */
  loraData?: unknown;
  /** The text of the worker, where it comes with the data. */
  loraWorker: string;
  /** The exports of take.ts and orders.ts. */
  loraTake: object;
  /** The build puts calls of this in place of import("…/take.ts") and import("…/orders.ts"): see embedBundles.ts. */
  loadTake(): Promise<Shared["loraTake"]>;
}
const shared = globalThis as unknown as Shared;

/** Loads a classic script, because a frame on a foreign page may import no module. */
function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = trustedUrl(src);
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
}

/** The global that the script at `src` sets. */
function globalFrom<K extends keyof Shared>(name: K, src: string): () => Promise<Shared[K]> {
  return async () => {
    if (shared[name] === undefined) await loadScript(src);
    if (shared[name] === undefined) throw new Error(`${src} arrived incomplete`);
    return shared[name];
  };
}

/** A frame without an origin may only start a worker from text, which in turn may load nothing, so the data goes into the text. */
function blobWorker(text: string): Worker {
  const data = shared.loraData === undefined ? "" : `globalThis.loraData=${JSON.stringify(shared.loraData)};`;
  return textWorker([data, text]);
}

/**
 * Starts the one widget of an embed page, and tells the page around the frame what happens. `worker` is the text of its worker,
 * or "beside" if a script next to this one holds that text and the data its runs load.
 */
export function embed(name: string, w: AnyWidget, worker?: string) {
  const {src} = document.currentScript as HTMLScriptElement;
  const next = (ending: string) => src.replace(/\.js$/, ending);
  const data = worker === "beside" ? globalFrom("loraWorker", next(".data.js")) : async () => {};
  if (isTooOld()) return;
  const host = readHostOptions(location);
  shared.loadTake = globalFrom("loraTake", src.replace(/[^/]*$/, "take.js"));
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (other) => (other === name ? data().then(() => w) : undefined),
      shell: async () => shell,
      home: rootOf(location),
      addressed: true,
      framed: parent !== window,
      notes: host.notes,
      worker: worker === undefined ? undefined : () => blobWorker(worker === "beside" ? shared.loraWorker : worker),
      model: globalFrom("loraModel", next(".model.js")),
    }),
  );
  scriptsRun();
  if (parent !== window) connectToHost(name, document.querySelector("lora-widget") as FramedElement, host);
}
