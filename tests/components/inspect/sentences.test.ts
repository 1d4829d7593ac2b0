/** What the screens say, without a page. */
import {expect, test} from "vitest";
import type {Compared} from "../../../src/answers/inspect/protocol.ts";
import {verdictOf} from "../../../src/components/inspect/compareScreen.ts";

const compared = (cosine: number, norms: [number, number], onlyOne = 0, onlyTwo = 0) =>
  ({whole: {cosine, norms}, onlyOne, onlyTwo}) as Compared;
const END = "cosine 1.00 between the two ΔW, where 1 is the same and 0 unrelated";

test.each<[string, Compared, boolean, string]>([
  ["equal", compared(1, [3, 3.02]), false, `The same update: ${END}.`],
  ["another alpha", compared(1, [21.4, 10.7]), false, `The same direction, the second 0.5 times as strong: ${END}.`],
  ["no alpha", compared(1, [3, 3]), true, `The same direction: ${END}.`],
  ["half a pair", compared(1, [3, 3], 1), false, `The same where both have it: ${END}; 1 module is in the first only.`],
  [
    "both",
    compared(1, [3, 6], 1, 2),
    false,
    `The same direction where both have it, the second 2 times as strong: ${END}; 1 module is in the first only; 2 modules are in the second only.`,
  ],
  ["other", compared(0.07, [3, 6], 1), false, `Different updates: ${END.replace("1.00", "0.07")}.`],
])("two adapters, %s", (_, given, isOpen, due) => expect(verdictOf(given, isOpen)).toBe(due));
