import type {Order} from "./protocol.ts";
import {type Compute, serve} from "./serve.ts";

const models = import.meta.glob<{compute: Compute}>("./*/model.ts");

const take = serve(
  (name) => models[`./${name}/model.ts`]!(),
  (answer) => postMessage(answer),
);
addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
