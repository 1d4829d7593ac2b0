import {trustedUrl} from "../../figure/trustedUrl.ts";

/** A worker from text. The address of its blob is revoked at the first message or error, or if it cannot start. */
export function textWorker(parts: readonly string[], options?: WorkerOptions): Worker {
  const address = URL.createObjectURL(new Blob([...parts], {type: "text/javascript"}));
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
