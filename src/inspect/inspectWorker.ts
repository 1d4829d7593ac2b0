import {answerOrders} from "./orders.ts";
import type {FromWorker, ToWorker} from "./protocol.ts";

const take = answerOrders((message) => postMessage(message));
addEventListener("message", ({data}: MessageEvent<ToWorker>) => take(data));
// The page waits for this before it says that nothing has loaded.
postMessage({id: 0, result: undefined} satisfies FromWorker);
