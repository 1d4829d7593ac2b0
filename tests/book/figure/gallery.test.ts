import {expect, test} from "vitest";
import {firstSentence, inChapterOrder, type LoadedWidget} from "../../../src/book/figure/gallery.ts";

test("widgets are in the order of their first chapters, and those in no chapter come last", () => {
  const listed = ["lab", "rank", "predict", "merge"].map((name) => ({name})) as unknown as LoadedWidget[];
  const chapters = ["start", "low-rank", "mechanism", "fails"].map((slug) => ({slug, title: slug}));
  const where: Record<string, string[]> = {rank: ["low-rank"], predict: ["start"], merge: ["fails", "mechanism"]};
  const cards = inChapterOrder(listed, chapters, (name) => where[name] ?? []);
  expect(cards.map(({name}) => name)).toEqual(["predict", "rank", "merge", "lab"]);
  expect(cards[2]!.chapters.map(({slug}) => slug)).toEqual(["mechanism", "fails"]);
});

test("the line on a card is the first sentence of the guide", () => {
  expect(firstSentence("Move r, or drag the knob. No other matrix comes closer.")).toBe("Move r, or drag the knob.");
  expect(firstSentence("At 0.5 it is half. Then more.")).toBe("At 0.5 it is half.");
  expect(firstSentence("No end")).toBe("No end");
});
