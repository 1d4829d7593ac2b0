import {answerOrders} from "./orders.ts";
import type {ToWorker} from "./protocol.ts";

const take = answerOrders((message) => postMessage(message));
addEventListener("message", ({data}: MessageEvent<ToWorker>) => take(data));
