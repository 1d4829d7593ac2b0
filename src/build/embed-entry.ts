import {loraWidget} from "../widgets/element.ts";
import * as shell from "../widgets/live.ts";
import type {Model} from "../widgets/serve.ts";
import type {AnyWidget} from "../widgets/widget.ts";
import type {Handed} from "./embed-worker.ts";

/** The site's root. A copy opened from a disk links to where its pages really are. */
function homeOf({href, protocol}: Location): string {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  return new URL("../../", protocol === "file:" && canonical ? canonical.href : href).href;
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
const left = globalThis as unknown as {loraModel: Model; loraData: unknown};

/**
 * A worker from the script's own text: a frame without an origin may start no other, and that one may load nothing, so
 * the page hands it its data.
 */
function blobWorker(text: string, data: () => Promise<unknown>): () => Worker {
  const address = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
  return () => {
    const worker = new Worker(address);
    // Without its data the worker stays silent, and the run goes on here, where the failure is said.
    data().then(
      (data) => data === undefined || worker.postMessage({data} satisfies Handed),
      () => undefined,
    );
    return worker;
  };
}

/** Brings the one widget of an embed page to life and tells the host what a host wants to know. */
export function embed(name: string, found: AnyWidget, worker?: string, hasData = false) {
  const {src} = document.currentScript as HTMLScriptElement;
  let loading: Promise<unknown> | undefined;
  const data = () =>
    (loading ??= hasData ? besideScript(src, ".data.js").then(() => left.loraData) : Promise.resolve());
  const model = async () => {
    await Promise.all([data(), besideScript(src, ".model.js")]);
    return left.loraModel;
  };
  const w = worker === undefined ? found : {...found, model};
  customElements.define(
    "lora-widget",
    loraWidget({
      load: (asked) => (asked === name ? Promise.resolve(w) : undefined),
      shell: async () => shell,
      home: homeOf(location),
      addressed: true,
      worker: worker === undefined ? undefined : blobWorker(worker, data),
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
