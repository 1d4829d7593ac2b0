import {type RunOrder, serve} from "../figure/runs/serve.ts";
import {models} from "./models.ts";

/** Makes a worker compute the runs that figures of its page ask for. */
export function serveModels() {
  const carryOut = serve(
    (name) => models[name]!(),
    (news) => postMessage(news),
  );
  addEventListener("message", ({data}: MessageEvent<RunOrder>) => carryOut(data));
}
