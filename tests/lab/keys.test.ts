import {parseHTML} from "linkedom";
import {afterEach, expect, test, vi} from "vitest";
import {startKeys} from "../../src/lab/keys.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page with the lab, where a choice of it and one of another figure are made; what a key on a node presses. */
function page() {
  const {document, Element, Event} = parseHTML(`<!doctype html><html><body>
    <lora-widget name="lab"><figure class="widget"><div class="time"><button data-do="play"></button></div>
      <input type="radio" class="made" checked><input type="radio" class="other"><textarea></textarea></figure></lora-widget>
    <lora-widget name="sweep"><input type="radio" class="far" checked></lora-widget></body></html>`);
  // Of dialogs that are open there are none here, and no selector for them either.
  const find = document.querySelector.bind(document);
  document.querySelector = (selector: string) => (selector.startsWith("dialog") ? null : find(selector));
  vi.stubGlobal("Element", Element);
  let presses = 0;
  document.querySelector("button")!.addEventListener("click", () => presses++);
  startKeys(document as unknown as Document);
  return (selector: string): number => {
    presses = 0;
    const node = document.querySelector(selector)!;
    if (node.hasAttribute("checked")) Object.assign(node, {checked: true});
    const event = Object.assign(new Event("keydown", {bubbles: true, cancelable: true}), {key: " "});
    node.dispatchEvent(event);
    return presses;
  };
}

test("Space sets the lab going from a choice that is made, where the mouse left the focus, and from no other field", () => {
  const space = page();
  expect(["body", ".made", ".other", "textarea", ".far"].map(space)).toEqual([1, 1, 0, 0, 0]);
});
