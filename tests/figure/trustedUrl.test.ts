import {afterEach, expect, test, vi} from "vitest";
import {trustedUrl} from "../../src/figure/trustedUrl.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, "loraPolicy");
});

/** A page at this address, in a browser that lets pages make policies in this way. */
function at(address: string, createPolicy?: (name: string, rules: object) => unknown) {
  vi.stubGlobal("location", new URL(address));
  vi.stubGlobal("document", {baseURI: address});
  vi.stubGlobal("trustedTypes", createPolicy && {createPolicy});
}

const HERE = "https://a.example/lora/chapters/x/";

test.each([
  [HERE, "/lora/search/entries.js?v=1", true],
  [HERE, "https://a.example/lora/sw.js", true],
  [HERE, "blob:https://a.example/b1c2", true],
  [HERE, "https://b.example/x.js", false],
  [HERE, "//a.example:8443/x.js", false],
  [HERE, "http://a.example/x.js", false],
  [HERE, "data:text/javascript,1", false],
  [HERE, "javascript:1", false],
])("on %s a script may come from %s: %s", (page, address, isAllowed) => {
  at(page);
  if (isAllowed) expect(trustedUrl(address)).toBe(address);
  else expect(() => trustedUrl(address)).toThrow("on another host");
});

test("the address is one of the site's one policy, which is made once and checks again", () => {
  const made: string[] = [];
  at(HERE, (name, rules) => {
    made.push(name);
    return rules;
  });
  expect([trustedUrl("/a.js"), trustedUrl(new URL("/b.js", HERE))]).toEqual(["/a.js", "https://a.example/b.js"]);
  expect(made).toEqual(["lora-live"]);
  const {createScriptURL} = (globalThis as unknown as {loraPolicy: {createScriptURL(text: string): string}}).loraPolicy;
  expect(() => createScriptURL("https://b.example/x.js")).toThrow();
});

test("on a host page that allows no policy the address stays a string", () => {
  at(HERE, () => {
    throw new TypeError("refused");
  });
  expect(trustedUrl("/a.js")).toBe("/a.js");
});
