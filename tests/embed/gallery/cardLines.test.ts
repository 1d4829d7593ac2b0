import {expect, test} from "vitest";
import {cardLines} from "../../../src/embed/gallery/cardLines.ts";
import {widgetNames} from "../../../src/figures/registry.ts";

test("every widget has a sentence that says what its figure shows, and is no instruction", () => {
  expect(Object.keys(cardLines).sort()).toEqual([...widgetNames].sort());
  for (const line of Object.values(cardLines)) {
    expect(line).toMatch(/^[A-Z].{30,109}\.$/);
    expect(line).not.toMatch(/^(Pick|Choose|Press|Move|Point|Say|Drag|Run)\b/);
  }
});
