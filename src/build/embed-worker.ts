import type {Order} from "../widgets/protocol.ts";
import {type Model, serve} from "../widgets/serve.ts";

/** The worker of an embed page, which holds the one model it serves. */
export function work(model: Model) {
  const take = serve(
    async () => model,
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
}
