import type {Order} from "../shell/runs/protocol.ts";
import {serve} from "../shell/runs/serve.ts";
import {models} from "./models.ts";

/** Computes in a worker what figures of the page order. */
export function serveModels() {
  const take = serve(
    (name) => models[name]!(),
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
}
