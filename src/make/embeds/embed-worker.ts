import type {Order} from "../../shell/runs/protocol.ts";
import {type Model, serve} from "../../shell/runs/serve.ts";

/** Serves one model in the worker of an embed page or of a standalone file. */
export function work(model: Model) {
  const take = serve(
    async () => model,
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
}
