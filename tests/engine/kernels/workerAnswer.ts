/** The part of Trusted Types used here. */
interface Policy {
  createScriptURL(address: string): string;
}
interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

/** The first message of a classic worker at this address. Runs on a page of ours, whose policy takes no plain address. */
export function workerAnswer(address: string): Promise<unknown> {
  const page = globalThis as unknown as {loraPolicy?: Policy; trustedTypes?: Factory};
  // The page may have made its policy already, and a second one of that name is refused.
  const policy = page.loraPolicy ?? page.trustedTypes?.createPolicy("lora-live", {createScriptURL: (one) => one});
  return new Promise((resolve, reject) => {
    const worker = new Worker(policy?.createScriptURL(address) ?? address);
    worker.onmessage = ({data}) => resolve(data);
    worker.onerror = ({message}) => reject(new Error(message));
  });
}
