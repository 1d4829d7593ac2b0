import {describe, expect, test} from "vitest";
import {
  figures,
  figuresOf,
  readOut,
  resolveState,
  type StateReference,
  stateName,
  stateNameText,
} from "../../../src/book/figure/states.ts";

test("figures are read from a chapter's text, without those in code or comments and those without a number", () => {
  const body = `
<Widget name="rank" figure="2.1" source="sunset" r={1} challenge={false} controls="r" question="What?" />
<Widget
  figure="2.2"
  name="product"
/>
<Widget name="savings" />
{/* <Widget name="rank" figure="2.3" /> */}
\`\`\`mdx
<Widget name="rank" figure="2.4" />
\`\`\`
<Quiz id="q" />`;
  expect([...figuresOf(body)]).toEqual([
    ["2.1", {widget: "rank", params: {source: "sunset", r: "1"}, question: "What?"}],
    ["2.2", {widget: "product", params: {}}],
  ]);
});

test("the chapters' own figures are found", () => {
  expect(["2.3", "2.4", "2.5", "2.6", "2.7"].map((n) => figures.get(n)?.widget)).toEqual([
    "rank",
    "product",
    "threads",
    "gradient",
    "cut",
  ]);
});

describe("a state", () => {
  test("builds on the figure's own parameters, and its address has only what differs from the widget's defaults", async () => {
    const {widget, params, address} = await resolveState("test", {figure: "2.3", params: {r: 2}});
    expect([widget, params.source, params.r]).toEqual(["rank", "sunset", 2]);
    expect(address).toBe("/widgets/rank/?r=2&source=sunset");
    expect((await resolveState("test", {widget: "rank", params: {r: 4}})).address).toBe("/widgets/rank/");
  });

  test.each([
    [{figure: "2.9", params: {}}, "test: no chapter has a figure 2.9"],
    [{widget: "rnak", params: {}}, "test: there is no widget rnak in src/figures/registry.ts"],
    [{figure: "2.3", params: {rank: 1}}, "test: rank is none of the controls of rank (r, source"],
    [{figure: "2.3", params: {constructor: 1}}, "test: constructor is none of the controls"],
    [
      {figure: "2.3", params: {r: 49}},
      "test: rank cannot take this state. r should be a whole number from 0 to 48; 49 is not",
    ],
    [
      {figure: "2.3", params: {r: 1.5}},
      "test: rank cannot take this state. r should be a whole number from 0 to 48; 1.5 is not",
    ],
    [{figure: "2.3", params: {source: "dawn"}}, "source should be one of blobs, sunset"],
    [{figure: "2.4", params: {r: 1, peel: 2}}, "peel should be a whole number from 0 to 1; 2 is not"],
    [{figure: "2.4", params: {r: true}}, "r should be a whole number"],
  ])("%j is refused", async (state, sentence) => {
    await expect(resolveState("test", state)).rejects.toThrow(sentence);
  });

  test("is named by its figure, on other pages also by question and chapter", async () => {
    const named = async (state: StateReference, path: string) => stateNameText(await stateName(state, path));
    const figure = {figure: "2.3", params: {r: 1}};
    const growth = {widget: "growth", params: {width: 64, r: 1}};
    expect(await named(figure, "/lora/chapters/low-rank/")).toBe("figure 2.3");
    expect(await named(figure, "/review/")).toBe("figure 2.3, “How much of a matrix fits in rank r?” (chapter 2)");
    // `merge` is in chapter 9.
    expect(await named({widget: "merge", params: {}}, "/chapters/when-lora-fails/")).toBe("figure 9.4");
    expect(await named({widget: "merge", params: {}}, "/review/")).toMatch(/^figure 9\.4, /);
    expect(await named(growth, "/review/")).toMatch(/^figure 4\.2, “.*\?” \(chapter 4\)$/);
    expect(await named({widget: "lab", params: {}}, "/review/")).toBe(
      "“What can a few thousand parameters teach a finished model?”",
    );
  });

  test("gives the values of the figure's readouts", async () => {
    const state = await resolveState("test", {figure: "2.3", params: {r: 2}});
    expect(await readOut(state, "Relative error")).toBe("0%");
    await expect(readOut(state, "Error")).rejects.toThrow(
      "rank reads out no “Error”; there are Numbers kept, Relative",
    );
  });
});
