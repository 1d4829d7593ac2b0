import type {WorkerOrder} from "../figure/runs/protocol.ts";
import {serve} from "../figure/runs/serve.ts";
import {models} from "./models.ts";

/** Makes a worker compute the runs that figures of its page ask for. */
export function serveModels() {
  const carryOut = serve(
    (name) => models[name]!(),
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<WorkerOrder>) => carryOut(data));
}
