import {expect, test} from "vitest";
import {cardLines} from "../../../src/components/gallery/cardLines.ts";
import {glyphOf} from "../../../src/components/gallery/glyphs/glyphs.ts";
import {widgetNames} from "../../../src/widgets/registry.ts";

test("every widget has a drawing of its own, in the site's colors alone", () => {
  const drawings = widgetNames.map(glyphOf);
  expect(new Set(drawings).size).toBe(widgetNames.length);
  for (const [i, drawing] of drawings.entries()) {
    expect(drawing, widgetNames[i]).not.toMatch(/NaN|undefined|Infinity|#|rgb|fill=|stroke=|style=/);
    // A shape without a color would be black in both themes.
    expect(drawing.match(/class="(?!(?:[wabdxkn]|paper|zero|pos|neg)\b)[^"]*"/), widgetNames[i]).toBeNull();
  }
});

test("every widget has a sentence that says what its figure shows, and is no instruction", () => {
  expect(Object.keys(cardLines).sort()).toEqual([...widgetNames].sort());
  for (const line of Object.values(cardLines)) {
    expect(line).toMatch(/^[A-Z].{30,109}\.$/);
    expect(line).not.toMatch(/^(Pick|Choose|Press|Move|Point|Say|Drag|Run)\b/);
  }
});

/** The widths of a drawing's rectangles with this look, in order. */
const widths = (drawing: string, look: string): number[] =>
  [...drawing.matchAll(new RegExp(`class="${look}" d="M[^h]*h([\\d.]+)`, "g"))].map(([, width]) => Number(width));

test("bars that stand for numbers of the paper are as long as these", () => {
  const [weights, withLora] = widths(glyphOf("cost"), "w");
  const [rest] = widths(glyphOf("cost"), "w soft");
  expect((weights! + rest!) / withLora!).toBeCloseTo(1200 / 350, 2);
  const [layer] = widths(glyphOf("latency"), "w soft");
  const [adapter] = widths(glyphOf("latency"), "b");
  // Four layers of 17 with three gaps of 3 take 19.8 ms, with adapter layers and a gap more for each 25.8.
  expect((4 * layer! + 9 + 4 * (adapter! + 1.5)) / (4 * layer! + 9)).toBeCloseTo(25.8 / 19.8, 2);
  const [side] = widths(glyphOf("savings"), "w soft");
  expect(side! / widths(glyphOf("savings"), "b")[0]! / (768 / 8)).toBeCloseTo(1, 1);
});
