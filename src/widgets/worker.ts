import {models} from "./models.ts";
import type {Order} from "./protocol.ts";
import {serve} from "./serve.ts";

const take = serve(
  (name) => models[name]!(),
  (answer) => postMessage(answer),
);
addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
