/** Addresses of scripts for pages whose content security policy requires Trusted Types. */

/** The part of Trusted Types used here; TypeScript's own library does not have it yet. */
interface Policy {
  createScriptURL(address: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: {createScriptURL(address: string): string}): Policy;
}

/** The one policy of this site. Its pages' content security policy names it (src/site/hosting/csp.ts). */
const POLICY_NAME = "lora-live";

/** Gives the address back if its script may run: one from the page's own host, or text that the page itself made. Throws if not. */
function checkUrl(address: string): string {
  if (address.startsWith("blob:")) return address;
  const {protocol, host} = new URL(address, document.baseURI);
  if (protocol === location.protocol && host === location.host) return address;
  throw new TypeError(`${address} is on another host, and no script of this page comes from there`);
}

/** The page's globals, which keep our policy: several scripts of a page can contain this module, and a policy may be made once. */
const pageGlobals = globalThis as {trustedTypes?: Factory; loraPolicy?: Policy};

/**
 * The address of a script, a worker or a service worker, for the browser to load. Where a policy forbids addresses that are
 * plain strings (`require-trusted-types-for 'script'`), it is one that the browser accepts. On a host page whose policy does
 * not name ours it stays a string, and the browser refuses it. Throws if the address is on another host.
 */
export function trustedUrl(address: string | URL): string {
  const text = checkUrl(String(address));
  try {
    pageGlobals.loraPolicy ??= pageGlobals.trustedTypes?.createPolicy(POLICY_NAME, {createScriptURL: checkUrl});
    // A TrustedScriptURL counts as a string for whoever takes an address, though TypeScript does not know it.
    return (pageGlobals.loraPolicy?.createScriptURL(text) ?? text) as string;
  } catch {
    return text;
  }
}
