import type {Order} from "../../shell/runs/protocol.ts";
import {type Model, serve} from "../../shell/runs/serve.ts";

/** The worker of an embed page, which holds the one model it serves. */
export function work(model: Model) {
  const take = serve(
    async () => model,
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
}
