import {desk} from "./desk.ts";
import type {ToWorker} from "./protocol.ts";

const take = desk((message) => postMessage(message));
addEventListener("message", ({data}: MessageEvent<ToWorker>) => take(data));
