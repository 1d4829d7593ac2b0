import {createHash} from "node:crypto";

/** The source expression that lets one inline script run: `'sha256-…'` of exactly its text. */
export const hashOf = (script: string): string => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

type Policy = Record<string, readonly string[]>;

const write = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");

const locked = {"object-src": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"]};

// Style attributes stay allowed: KaTeX and Shiki set them. WebAssembly asks for its own word, or kernels run the slow path.
const shared = {
  "style-src": ["'self'"],
  "style-src-attr": ["'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:"],
  "worker-src": ["'self'", "blob:"],
};

/**
 * The policy of every page of the site, for its `<meta http-equiv>`. `hashes` are those of its inline scripts. `alone`: the page
 * connects to nothing, and so do the workers made of what a reader typed, which are under its policy.
 */
export const pagePolicy = (hashes: readonly string[] = [], {alone = false} = {}): string =>
  write({
    "default-src": ["'self'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...hashes],
    ...shared,
    "font-src": ["'self'"],
    "connect-src": [alone ? "'none'" : "'self'"],
    ...locked,
  });

/**
 * The policy of an embed page: nothing unless named, and no connection at all, so it cannot phone home. `origin` is that of
 * the site, where it is known. Some WebKits of 2026 need it (Safari 26.5, WebKitGTK 2.52.6; WebKit bug 316847): in a
 * sandboxed frame their 'self' matches nothing, so neither style nor script would load.
 */
export function embedPolicy(hashes: readonly string[] = [], origin?: string): string {
  const withOrigin = (sources: readonly string[]) =>
    origin === undefined ? sources : sources.flatMap((source) => (source === "'self'" ? [source, origin] : [source]));
  const policy: Policy = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...hashes],
    ...shared,
    "connect-src": ["'none'"],
    ...locked,
  };
  return write(Object.fromEntries(Object.entries(policy).map(([name, sources]) => [name, withOrigin(sources)])));
}

/** The policy of a file that stands alone: nothing but what is in it, by the hashes of its scripts and its style sheet. */
export const alonePolicy = (scripts: readonly string[], styles: readonly string[]): string =>
  write({
    "default-src": ["'none'"],
    "script-src": [...scripts, "'wasm-unsafe-eval'"],
    "style-src": styles,
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["data:", "blob:"],
    "worker-src": ["blob:"],
    "connect-src": ["'none'"],
    ...locked,
  });
