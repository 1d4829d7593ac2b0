/** A message of the frame to the page: it could start no worker, its worker failed, or its worker, which runs the program, sent something. */
export type FrameMessage = {refused: true} | {error: string} | {said: unknown};

/** The only Trusted Types policy that our pages allow. A frame made from text inherits their policies. */
const POLICY = "lora-live";

/** The first message to the frame: the source of a worker, and the first message to that worker. */
export interface FrameStart {
  source: string;
  first?: unknown;
}

/**
 * The frame's script. Waits for one message with a port; starts the worker and passes on what it sends. The program never runs
 * in the frame's own window, so it can freeze nothing and reaches no document.
 */
function relay(policyName: string) {
  const script = (text: string): string => {
    const address = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
    const {trustedTypes: types} = globalThis as {trustedTypes?: TrustedTypes};
    const policy = types?.createPolicy(policyName, {createScriptURL: (one) => one});
    return (policy?.createScriptURL(address) as string | undefined) ?? address;
  };
  const start = ({data: {source, first}, ports}: MessageEvent<FrameStart>) => {
    const tell = (message: FrameMessage) => ports[0]!.postMessage(message);
    try {
      const worker = new Worker(script(source));
      worker.onmessage = (event) => tell({said: event.data});
      worker.onerror = (event) => {
        event.preventDefault();
        tell({error: event.message});
      };
      worker.postMessage(first);
    } catch {
      tell({refused: true});
    }
  };
  addEventListener("message", start, {once: true});
}

/** The parts of Trusted Types in use here. */
interface TrustedTypes {
  createPolicy(name: string, rules: {createScriptURL(one: string): string}): {createScriptURL(one: string): unknown};
}

/** As text, for the frame's page and for the hash in the policies that allow it. The function sees nothing but its parameter. */
export const frameScript = `(${relay})(${JSON.stringify(POLICY)})`;
