import type {Order} from "./protocol.ts";
import {type Compute, serve} from "./serve.ts";

const models = {
  ...import.meta.glob<{compute: Compute}>(["./*/model.ts", "!./probe/model.ts"]),
  ...(import.meta.env.PUBLIC_PROBE ? import.meta.glob<{compute: Compute}>("./probe/model.ts") : {}),
};

const take = serve(
  (name) => models[`./${name}/model.ts`]!(),
  (answer) => postMessage(answer),
);
addEventListener("message", ({data}: MessageEvent<Order>) => take(data));
