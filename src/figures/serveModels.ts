import type {WorkerOrder} from "../figure/runs/protocol.ts";
import {serve} from "../figure/runs/serve.ts";
import {models} from "./models.ts";

/** Computes in a worker what figures of the page order. */
export function serveModels() {
  const take = serve(
    (name) => models[name]!(),
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<WorkerOrder>) => take(data));
}
