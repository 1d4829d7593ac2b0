import {loraWidget} from "../widgets/element.ts";
import * as shell from "../widgets/live.ts";
import type {Model} from "../widgets/serve.ts";
import {indexOf, type SiteRoot} from "../widgets/siteRoot.ts";
import type {AnyWidget} from "../widgets/widget.ts";

/** The site's root. A copy opened from a disk links to where its pages really are, if it knows. */
function rootOf({href, protocol, pathname}: Location): SiteRoot {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  if (protocol === "file:" && canonical) return {home: new URL("../../", canonical.href).href, index: ""};
  return {home: new URL("../../", href).href, index: indexOf(pathname)};
}

/** Loads a script that stands beside this one: a frame of a foreign page may import no module. */
function besideScript(own: string, ending: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = own.replace(/\.js$/, ending);
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${script.src} did not load`));
    document.head.append(script);
  });
}

/** What scripts beside this one leave behind. */
interface Left {
  loraModel: Model;
  /** Files that runs load, by name, and the text of the worker that runs them. */
  loraData?: unknown;
  loraWorker?: string;
}
const left = globalThis as unknown as Left;

/** A worker from text: a frame without an origin may start no other, and that one may load nothing, so it has its data in it. */
function blobWorker(text: string): Worker {
  const data = left.loraData === undefined ? "" : `globalThis.loraData=${JSON.stringify(left.loraData)};`;
  return new Worker(URL.createObjectURL(new Blob([data, text], {type: "text/javascript"})));
}

/**
 * Brings the one widget of an embed page to life and tells the host what a host wants to know. `worker` is the text of
 * its worker, or where that is: in a script beside this one, with the data that its runs load.
 */
export function embed(name: string, w: AnyWidget, worker?: string) {
  const {src} = document.currentScript as HTMLScriptElement;
  const coming = worker === "beside" ? besideScript(src, ".data.js") : Promise.resolve();
  let loading: Promise<Model> | undefined;
  const model = () => {
    loading ??= besideScript(src, ".model.js").then(() => left.loraModel);
    return loading;
  };
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (asked) => (asked === name ? coming.then(() => w) : undefined),
      shell: async () => shell,
      ...rootOf(location),
      addressed: true,
      worker: worker === undefined ? undefined : () => blobWorker(worker === "beside" ? left.loraWorker! : worker),
      model,
    }),
  );
  if (parent !== window)
    report(name, document.querySelector("lora-widget") as InstanceType<ReturnType<typeof loraWidget>>);
}

function report(name: string, element: HTMLElement & {ready?: Promise<shell.Live>}) {
  // Nothing said is private: it is what the reader sees.
  const tell = (type: string, body: object) =>
    parent.postMessage({source: "lora-widget", v: 1, type, widget: name, ...body}, "*");
  const heightNow = () => Math.ceil(document.documentElement.getBoundingClientRect().height);
  let told = 0;
  new ResizeObserver(() => {
    const height = heightNow();
    if (height !== told) tell("lora:resize", {height});
    told = height;
  }).observe(document.documentElement);
  element.addEventListener("lora-change", (event) => tell("lora:change", (event as CustomEvent).detail));
  void element.ready?.then(({params, summary}) => tell("lora:ready", {state: params, summary, height: heightNow()}));
}
