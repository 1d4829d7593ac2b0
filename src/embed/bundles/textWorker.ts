import {trustedUrl} from "../../figure/trustedUrl.ts";

/** Starts a worker from the text of its script. The address of the text is revoked at the first message or error, or if the worker cannot start. */
export function startTextWorker(script: string, options?: WorkerOptions): Worker {
  const address = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
  const revoke = () => URL.revokeObjectURL(address);
  try {
    const worker = new Worker(trustedUrl(address), options);
    for (const type of ["message", "error"]) worker.addEventListener(type, revoke, {once: true});
    return worker;
  } catch (error) {
    revoke();
    throw error;
  }
}
