import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {startCopies} from "../../../src/site/marks/copyText.ts";

let root: Document;
const selected: unknown[] = [];

beforeEach(() => {
  selected.length = 0;
  const {document} = parseHTML(
    `<details class="copy-text"><pre tabindex="0"><code>@misc{a}</code></pre><p><button type="button" hidden>Copy</button> <span role="status"></span></p></details>`,
  );
  root = document as unknown as Document;
  Object.assign(root, {getSelection: () => ({selectAllChildren: (node: Element) => selected.push(node.textContent)})});
});

afterEach(() => vi.unstubAllGlobals());

const press = async () => {
  root.querySelector("button")!.click();
  await new Promise((resolve) => setTimeout(resolve));
  return root.querySelector("[role=status]")!.textContent;
};

test("the script shows the button, which copies exactly the text", async () => {
  const written: string[] = [];
  vi.stubGlobal("navigator", {clipboard: {writeText: async (text: string) => void written.push(text)}});
  expect(root.querySelector("button")!.hasAttribute("hidden")).toBe(true);
  startCopies(root);
  expect(root.querySelector("button")!.hasAttribute("hidden")).toBe(false);
  expect(await press()).toBe("Copied.");
  expect([written, selected]).toEqual([["@misc{a}"], []]);
});

test("where copying is denied, the text is selected and the reader is told", async () => {
  const denied = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
  vi.stubGlobal("navigator", {clipboard: {writeText: denied}});
  startCopies(root);
  expect(await press()).toMatch(/^This page cannot copy by itself\. The text is selected/);
  expect(selected).toEqual(["@misc{a}"]);
});
