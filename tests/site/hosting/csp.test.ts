import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {embedPolicy, hashOf, pagePolicy, programPolicy} from "../../../src/site/hosting/csp.ts";

const read = (policy: string) =>
  Object.fromEntries(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));

test("the hash of a script is the one browsers compute", () => {
  // The example of the Content Security Policy specification, section 6.7.2.2.
  expect(hashOf("alert('Hello, world.');")).toBe("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
});

describe.each([
  ["page", pagePolicy],
  ["embed", embedPolicy],
] as const)("the policy of a %s", (_, policy) => {
  test("allows its own scripts, WebAssembly and the scripts with these hashes, and no others", () => {
    expect(read(policy(["'sha256-x'"]))["script-src"]).toEqual(["'self'", "'wasm-unsafe-eval'", "'sha256-x'"]);
  });

  test("names no other host and locks what is not used", () => {
    expect(policy()).not.toMatch(/https?:|\*/);
    expect(read(policy())).toMatchObject({"object-src": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"]});
  });

  test("lets no string become a script or its address, except through the policy of trustedUrl.ts", () => {
    const [, name] = /const POLICY_NAME = "([\w-]+)"/.exec(readFileSync("src/figure/trustedUrl.ts", "utf8"))!;
    expect(read(policy())).toMatchObject({"require-trusted-types-for": ["'script'"], "trusted-types": [name]});
  });

  test("has no directive that a meta tag ignores", () => {
    expect(policy()).not.toMatch(/frame-ancestors|sandbox|report/);
  });
});

test("an embed page connects to nothing", () => {
  expect(read(embedPolicy())).toMatchObject({"default-src": ["'none'"], "connect-src": ["'none'"]});
  expect(read(pagePolicy())["connect-src"]).toEqual(["'self'"]);
});

test("an embed page names the site's origin beside each 'self', where it is known", () => {
  const [plain, known] = [read(embedPolicy()), read(embedPolicy([], "https://lora.example"))];
  expect(known["script-src"]).toEqual(["'self'", "https://lora.example", "'wasm-unsafe-eval'"]);
  const without = Object.entries(known).map(([name, sources]) => [
    name,
    sources.filter((one) => !one.startsWith("http")),
  ]);
  expect(Object.fromEntries(without)).toEqual(plain);
  for (const [name, sources] of Object.entries(known))
    expect(sources.includes("https://lora.example"), name).toBe(sources.includes("'self'"));
});

test("a page that runs what readers type connects to nothing, and loosens nothing for it", () => {
  expect(read(pagePolicy([], {runsPrograms: true}))).toEqual({...read(pagePolicy()), "connect-src": ["'none'"]});
});

test("the frame for a reader's program has one script, its worker and WebAssembly, and nothing else", () => {
  const policy = read(programPolicy("'sha256-x'"));
  expect(policy).toMatchObject({
    "default-src": ["'none'"],
    "script-src": ["'sha256-x'", "'wasm-unsafe-eval'"],
    "worker-src": ["blob:"],
  });
  const fetching = Object.keys(policy).filter((name) => name.endsWith("-src"));
  expect(fetching.sort()).toEqual(["default-src", "object-src", "script-src", "worker-src"]);
});
