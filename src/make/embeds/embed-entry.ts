import {connectToHost} from "../../frame/connectToHost.ts";
import type {FramedElement} from "../../frame/framedElement.ts";
import {readHostOptions} from "../../frame/hostOptions.ts";
import {loraWidget} from "../../shell/element.ts";
import * as shell from "../../shell/figure/live.ts";
import type {Model} from "../../shell/runs/serve.ts";
import {indexOf, type SiteRoot} from "../../shell/siteRoot.ts";
import type {AnyWidget} from "../../shell/widget.ts";
import {textWorker} from "./textWorker.ts";

/** The site's root. A copy opened from a disk links to where its pages really are, if it knows. */
function rootOf({href, protocol, pathname}: Location): SiteRoot {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  if (protocol === "file:" && canonical) return {home: new URL("../../", canonical.href).href, index: ""};
  return {home: new URL("../../", href).href, index: indexOf(pathname)};
}

/** What scripts beside this one leave behind. */
interface Left {
  loraModel: Model;
  /** Files that runs load, by name, and the text of the worker that runs them. */
  loraData?: unknown;
  loraWorker: string;
  /** What is asked for later, and how `embedBundles.ts` has it loaded in place of its modules. */
  loraTake: object;
  loadTake(): Promise<Left["loraTake"]>;
}
const left = globalThis as unknown as Left;

/** Loads a script: a frame of a foreign page may import no module. */
function classic(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
}

/** What the script at `src` leaves under this name. */
const beside = async <K extends keyof Left>(name: K, src: string): Promise<Left[K]> => {
  await classic(src);
  return left[name];
};

/** One attempt at a time; what failed is tried anew. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let coming: Promise<T> | undefined;
  return () => {
    coming ??= load().catch((error) => {
      coming = undefined;
      throw error;
    });
    return coming;
  };
}

/** A worker from text: a frame without an origin may start no other, and that one may load nothing, so it has its data in it. */
function blobWorker(text: string): Worker {
  const data = left.loraData === undefined ? "" : `globalThis.loraData=${JSON.stringify(left.loraData)};`;
  return textWorker([data, text]);
}

/**
 * Brings the one widget of an embed page to life and tells the host what a host wants to know. `worker` is the text of
 * its worker, or where that is: in a script beside this one, with the data that its runs load.
 */
export function embed(name: string, w: AnyWidget, worker?: string) {
  const {src} = document.currentScript as HTMLScriptElement;
  const own = (ending: string) => src.replace(/\.js$/, ending);
  const coming = worker === "beside" ? beside("loraWorker", own(".data.js")) : Promise.resolve();
  const host = readHostOptions(location);
  left.loadTake = once(() => beside("loraTake", src.replace(/[^/]*$/, "take.js")));
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (other) => (other === name ? coming.then(() => w) : undefined),
      shell: async () => shell,
      ...rootOf(location),
      addressed: true,
      framed: parent !== window,
      notes: host.notes,
      worker: worker === undefined ? undefined : () => blobWorker(worker === "beside" ? left.loraWorker : worker),
      model: once(() => beside("loraModel", own(".model.js"))),
    }),
  );
  if (parent !== window)
    connectToHost(name, document.querySelector("lora-widget") as FramedElement, host, {
      id: document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href,
      name: w.title,
    });
}
