import {loraWidget} from "../widgets/element.ts";
import * as shell from "../widgets/live.ts";
import type {Model} from "../widgets/serve.ts";
import type {AnyWidget} from "../widgets/widget.ts";

/** The site's root. A copy opened from a disk links to where its pages really are. */
function homeOf({href, protocol}: Location): string {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  return new URL("../../", protocol === "file:" && canonical ? canonical.href : href).href;
}

/** A worker from the script's own text: a frame without an origin may start no other. */
function blobWorker(text: string): () => Worker {
  const address = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
  return () => new Worker(address);
}

/** The script beside this one, which leaves the model of the one widget here: a frame of a foreign page may import no module. */
function besideScript(own: string): () => Promise<Model> {
  return () =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = own.replace(/\.js$/, ".model.js");
      script.onload = () => resolve((globalThis as unknown as {loraModel: Model}).loraModel);
      script.onerror = () => reject(new Error(`${script.src} did not load`));
      document.head.append(script);
    });
}

/** Brings the one widget of an embed page to life and tells the host what a host wants to know. */
export function embed(name: string, found: AnyWidget, worker?: string) {
  const {src} = document.currentScript as HTMLScriptElement;
  const w = worker === undefined ? found : {...found, model: besideScript(src)};
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (asked) => (asked === name ? Promise.resolve(w) : undefined),
      shell: async () => shell,
      home: homeOf(location),
      addressed: true,
      worker: worker === undefined ? undefined : blobWorker(worker),
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
