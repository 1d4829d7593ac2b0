import {parseHTML} from "linkedom";
import {afterEach, expect, test, vi} from "vitest";
import type {LabParams} from "../../src/figures/lab/controls.ts";
import {exampleLists} from "../../src/figures/lab/own/examples.ts";
import {wordsToLink} from "../../src/figures/lab/own/link.ts";
import {readWords} from "../../src/figures/lab/own/readWords.ts";
import type {LabResult} from "../../src/figures/lab/readings.ts";

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
  // Files share a process, and a figure of one before may still be listening for what there is to say.
  vi.resetModules();
  const {startOwnLink} = await import("../../src/lab/ownLink.ts");
  const {wordsAbove} = await import("../../src/figures/lab/ownPage.ts");
  const {storedWords} = await import("../../src/figures/lab/own/words.ts");
  const said: string[] = [];
  /** Draws the figure of the page, which can then say something. */
  const draw = (state: object) => {
    const figure = lab.appendChild(document.createElement("figure"));
    figure.className = "widget";
    const box = figure.appendChild(document.createElement("div"));
    const act = {set() {}, say: (sentence: string) => void said.push(sentence)};
    wordsAbove(box as unknown as HTMLElement, {step: 0} as LabResult, state as LabParams, act);
  };
  const place = {hash, pathname: "/lab/", search: "?task=own"} as Location;
  await startOwnLink(document as unknown as Document, place);
  const change = (state: object) =>
    lab.dispatchEvent(new CustomEvent("lora-change", {bubbles: true, detail: {state}} as CustomEventInit));
  return {set, addresses, change, held: storedWords, said, draw};
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

test("words that cannot be read leave an empty field, and the figure says so without the name of a parameter", async () => {
  const {set, said, draw} = await opened("#words=abcd");
  draw({task: "own", own: ""});
  draw({task: "own", own: ""});
  expect(set).toEqual([{task: "own", own: ""}]);
  expect(said).toEqual(["The words of this link could not be read. Paste them again."]);
});
