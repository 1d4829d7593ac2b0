import type {Order} from "../shell/runs/protocol.ts";
import {serve} from "../shell/runs/serve.ts";
import {models} from "./models.ts";

const take = serve(
  (name) => models[name]!(),
  (answer) => postMessage(answer),
);
addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
