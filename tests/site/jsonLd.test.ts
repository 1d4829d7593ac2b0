import {beforeEach, describe, expect, test, vi} from "vitest";
import type {ChapterPlace} from "../../src/book/chapter/chapterList.ts";
import {chapterThing, jsonLd, siteThing, widgetThing} from "../../src/site/layouts/jsonLd.ts";
import {chapterPreview} from "../../src/site/preview.ts";

beforeEach(() => void vi.stubEnv("SITE", "https://example.org"));

const place = {
  ...{order: 2, slug: "low-rank", title: "Low-rank matrices"},
  entry: {data: {question: "Which?", lead: "A lead.", takeaway: ["One.", "Two."]}},
} as unknown as ChapterPlace;

const read = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe("a data block", () => {
  test("cannot be ended by its content, and reads back the same", () => {
    const text = jsonLd({name: "</script><!-- & “x” ΔW"});
    expect(text).not.toMatch(/[<]/);
    expect(read(text)).toEqual({"@context": "https://schema.org", name: "</script><!-- & “x” ΔW"});
  });

  test("of a chapter has its position, its takeaway, the paper and its accessibility", () => {
    const thing = read(jsonLd(chapterThing(place, chapterPreview(place))));
    expect(thing).toMatchObject({
      "@type": ["LearningResource", "TechArticle"],
      ...{name: "Low-rank matrices", description: "A lead.", position: 2, teaches: ["One.", "Two."]},
      ...{url: "https://example.org/chapters/low-rank/", image: "https://example.org/og/chapters/low-rank.png"},
      ...{inLanguage: "en", isAccessibleForFree: true, license: "https://creativecommons.org/licenses/by/4.0/"},
      isPartOf: {"@type": "WebSite", url: "https://example.org/"},
      citation: {"@type": "ScholarlyArticle", url: "https://arxiv.org/abs/2106.09685v2"},
      ...{accessMode: ["textual", "visual"], accessibilityFeature: expect.arrayContaining(["MathML"])},
      educationalLevel: "University",
    });
  });

  test("of a widget is a learning resource with its sources", () => {
    const w = {title: "Why?", guide: "Move r.", sources: ["Hu et al. 2021, §4.1"]};
    expect(read(jsonLd(widgetThing("rank", w, {file: "widgets/rank", alt: "LoRA, live."})))).toMatchObject({
      "@type": ["LearningResource", "WebApplication"],
      ...{name: "Why?", description: "Move r.", citation: w.sources, applicationCategory: "EducationalApplication"},
      ...{url: "https://example.org/widgets/rank/", image: "https://example.org/og/widgets/rank.png"},
    });
  });

  test("of the site says what it is about", () => {
    expect(read(jsonLd(siteThing("An interactive reading.")))).toMatchObject({
      ...{"@type": "WebSite", name: "LoRA, live", url: "https://example.org/", description: "An interactive reading."},
      about: {name: "LoRA: Low-Rank Adaptation of Large Language Models"},
    });
  });
});
