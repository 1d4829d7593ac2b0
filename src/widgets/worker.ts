import type {Order} from "./protocol.ts";
import {type Model, serve} from "./serve.ts";

const models = {
  ...import.meta.glob<Model>(["./*/model.ts", "!./probe/model.ts"]),
  ...(import.meta.env.PUBLIC_PROBE ? import.meta.glob<Model>("./probe/model.ts") : {}),
};

const take = serve(
  (name) => models[`./${name}/model.ts`]!(),
  (answer) => postMessage(answer),
);
addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
