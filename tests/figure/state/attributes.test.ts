import {parseHTML} from "linkedom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {range} from "../../../src/figure/controls.ts";
import {follow} from "../../../src/figure/state/attributes.ts";
import {attributesOf} from "../../../src/figure/state/rawParams.ts";

beforeEach(() => {
  vi.stubGlobal("MutationObserver", parseHTML("").MutationObserver);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("what is written between the first reading and the following is heard", async () => {
  const {document} = parseHTML('<lora-widget name="rank" r="8" theme="dark"></lora-widget>');
  const host = document.querySelector("lora-widget")!;
  const known = attributesOf(host);
  host.setAttribute("r", "12");
  host.removeAttribute("theme");
  const heard: object[] = [];
  const hear = async (...given: object[]) => heard.push(...given);
  follow(host, {r: range(["Rank"], {min: 0, max: 48, value: 4})}, known, hear, () => {});
  await new Promise((resolve) => setTimeout(resolve));
  expect(heard).toEqual([{r: "12"}, {r: "12", theme: null}]);
});
