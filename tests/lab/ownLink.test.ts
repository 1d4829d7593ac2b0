import {parseHTML} from "linkedom";
import {afterEach, expect, test, vi} from "vitest";
import {wordsToLink} from "../../src/figures/lab/own/link.ts";
import {readWords} from "../../src/figures/lab/own/readWords.ts";
import {exampleLists} from "../../src/figures/lab/own/wordField.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page that was opened with this fragment: what its lab is set to, and the addresses that replace its own. */
async function opened(hash: string) {
  const {document, CustomEvent} = parseHTML('<!doctype html><html><lora-widget name="lab"></lora-widget></html>');
  const lab = document.querySelector("lora-widget")!;
  const set: Record<string, unknown>[] = [];
  Object.assign(lab, {set: async (raw: Record<string, unknown>) => void set.push(raw)});
  const addresses: string[] = [];
  vi.stubGlobal("history", {state: null, replaceState: (_: unknown, __: string, url: string) => addresses.push(url)});
  // Files share a process, and with it the lists that are stored.
  vi.resetModules();
  const {startOwnLink} = await import("../../src/lab/ownLink.ts");
  const {storedWords} = await import("../../src/figures/lab/own/words.ts");
  const place = {hash, pathname: "/lab/", search: "?task=own"} as Location;
  await startOwnLink(document as unknown as Document, place);
  const change = (state: object) =>
    lab.dispatchEvent(new CustomEvent("lora-change", {bubbles: true, detail: {state}} as CustomEventInit));
  return {set, addresses, change, held: storedWords};
}

test("words of a link stay in the address while they are what is taught, and leave it with the task or for others", async () => {
  const {words} = readWords(exampleLists.elements.words);
  const {set, addresses, change, held} = await opened(`#words=${await wordsToLink(words)}`);
  const {own} = set[0] as {own: string};
  expect(held(own)).toEqual(words);
  change({task: "own", own});
  expect(addresses).toEqual([]);
  change({task: "names", own});
  expect(addresses).toEqual(["/lab/?task=own"]);
  change({task: "own", own: "77"});
  expect(addresses).toHaveLength(2);
});

test("words that cannot be read are a list that is not there, which the field says", async () => {
  const {set, held} = await opened("#words=abcd");
  expect(set).toEqual([{task: "own", own: "0"}]);
  expect(held("0")).toBeUndefined();
});
