import type {Order} from "../widgets/protocol.ts";
import {type Compute, serve} from "../widgets/serve.ts";

/** The worker of an embed page, which holds the one model it serves. */
export function work(compute: Compute) {
  const take = serve(
    async () => ({compute}),
    (answer) => postMessage(answer),
  );
  addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
}
