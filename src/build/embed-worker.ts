import type {Order} from "../widgets/protocol.ts";
import {type Model, serve} from "../widgets/serve.ts";

/** What the page hands to its worker once, where the model needs data besides code. */
export interface Handed {
  data: unknown;
}

/** The worker of an embed page, which holds the one model it serves; with `awaitsData` runs begin once the data is there. */
export function work(model: Model, awaitsData: boolean) {
  const {promise, resolve} = Promise.withResolvers<Model>();
  if (!awaitsData) resolve(model);
  const take = serve(
    () => promise,
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order | Handed>) => {
    if (!("data" in data)) return take(data);
    Object.assign(globalThis, {loraData: data.data});
    resolve(model);
  });
}
