import {createHash} from "node:crypto";

/** The source expression that allows one inline script: `'sha256-…'` of its text. */
export const hashOf = (script: string): string => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

type Policy = Record<string, readonly string[]>;

const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");

/** No string becomes a script or its address, except through the one trusted-types policy, in src/figure/trustedUrl.ts. */
const trustedTypesPolicy = {"require-trusted-types-for": ["'script'"], "trusted-types": ["lora-live"]};

/** The same as a header for workers' scripts: a worker follows the policy of its own response, not the page's. */
export const trustedTypesHeader = policyText(trustedTypesPolicy);

const restrictions = {
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  ...trustedTypesPolicy,
};

// KaTeX and Shiki set style attributes. Without 'wasm-unsafe-eval' the kernels would run without WebAssembly.
const sharedSources = {
  "style-src": ["'self'"],
  "style-src-attr": ["'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:"],
  "worker-src": ["'self'", "blob:"],
};

/**
 * The policy of every page of the site, for its `<meta http-equiv>`. `hashes` are those of its inline scripts. A page that runs
 * programs of the reader connects to nothing; the frames of the programs follow its policy too, besides their own.
 */
export const pagePolicy = (hashes: readonly string[] = [], {runsPrograms = false} = {}): string =>
  policyText({
    "default-src": ["'self'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...hashes],
    ...sharedSources,
    "font-src": ["'self'"],
    "connect-src": [runsPrograms ? "'none'" : "'self'"],
    ...restrictions,
  });

/** The policy of the frame for a reader's program: its one script, by its hash, a worker made from text, and Python's WebAssembly in it. */
export const programPolicy = (hash: string): string =>
  policyText({
    "default-src": ["'none'"],
    "script-src": [hash, "'wasm-unsafe-eval'"],
    "worker-src": ["blob:"],
    ...restrictions,
  });

/**
 * The policy of an embed page. It allows no connection, so the page cannot phone home. `origin` is the site's origin,
 * where it is known. Some WebKits of 2026 need it (Safari 26.5, WebKitGTK 2.52.6; WebKit bug 316847): in a
 * sandboxed frame their 'self' matches nothing, so neither style nor script would load.
 */
export function embedPolicy(hashes: readonly string[] = [], origin?: string): string {
  const withOrigin = (sources: readonly string[]) =>
    origin === undefined ? sources : sources.flatMap((source) => (source === "'self'" ? [source, origin] : [source]));
  const policy: Policy = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...hashes],
    ...sharedSources,
    "font-src": ["data:"],
    "connect-src": ["'none'"],
    ...restrictions,
  };
  return policyText(Object.fromEntries(Object.entries(policy).map(([name, sources]) => [name, withOrigin(sources)])));
}

/** The policy of a standalone file: only its own scripts and style sheet, by their hashes, and no connection. */
export const standalonePolicy = (scripts: readonly string[], styles: readonly string[]): string =>
  policyText({
    "default-src": ["'none'"],
    "script-src": [...scripts, "'wasm-unsafe-eval'"],
    "style-src": styles,
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["data:", "blob:"],
    "font-src": ["data:"],
    "worker-src": ["blob:"],
    "connect-src": ["'none'"],
    ...restrictions,
  });
