import type {Order} from "../widgets/protocol.ts";
import {type Model, serve} from "../widgets/serve.ts";

/** The worker of an embed page, which holds the one model it serves. */
export function work(compute: Model["compute"]) {
  const take = serve(
    async () => ({compute}),
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
}
