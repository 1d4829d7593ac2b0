import site from "../../../content/site.json" with {type: "json"};
import type {ChapterPlace} from "../../book/chapter/chapterList.ts";
import {reference} from "../../book/works/references.ts";
import {escapeJson} from "../../figure/export/escape.ts";
import {fullAddress} from "../marks/fullAddress.ts";
import {type Preview, previewPath, sitePreview} from "../preview.ts";

/** An object in the vocabulary of schema.org. */
export type Thing = Readonly<Record<string, unknown>>;

/** The text of a JSON-LD data block. */
export const jsonLd = (thing: Thing): string => escapeJson({"@context": "https://schema.org", ...thing});

const paper = reference("hu2021lora");

const citation: Thing = {
  "@type": "ScholarlyArticle",
  name: paper.title,
  url: paper.URL,
};

/** True of everything on this site. */
const siteFacts = {
  inLanguage: "en",
  isAccessibleForFree: true,
  license: "https://creativecommons.org/licenses/by/4.0/",
  author: {"@type": "Organization", name: site.authors},
};

/** True of every page with figures. */
const lesson = (path: string, preview: Preview): Thing => ({
  url: fullAddress(path),
  image: fullAddress(previewPath(preview)),
  ...siteFacts,
  isPartOf: {"@type": "WebSite", name: "LoRA, live", url: fullAddress("/")},
  educationalLevel: "University",
  accessMode: ["textual", "visual"],
  accessibilityFeature: ["alternativeText", "MathML", "structuralNavigation"],
  accessibilityHazard: "none",
});

/** A chapter, as a lesson that teaches its takeaway. */
export function chapterThing({order, slug, title, entry}: ChapterPlace, preview: Preview): Thing {
  const {lead, takeaway} = entry.data;
  return {
    "@type": ["LearningResource", "TechArticle"],
    name: title,
    description: lead,
    position: order,
    ...lesson(`chapters/${slug}/`, preview),
    ...(takeaway && {teaches: takeaway}),
    citation,
  };
}

/** A figure on its own page, as a simulation. `sources` names works as a reader would cite them. */
export const widgetThing = (
  name: string,
  {title, guide, sources}: {title: string; guide: string; sources: readonly string[]},
  preview: Preview,
): Thing => ({
  "@type": ["LearningResource", "WebApplication"],
  name: title,
  description: guide,
  ...lesson(`widgets/${name}/`, preview),
  learningResourceType: "simulation",
  applicationCategory: "EducationalApplication",
  citation: sources,
});

/** The whole site, for the home page. */
export const siteThing = (description: string): Thing => ({
  "@type": "WebSite",
  name: "LoRA, live",
  alternateName: site.title,
  description,
  url: fullAddress("/"),
  image: fullAddress(previewPath(sitePreview)),
  ...siteFacts,
  about: citation,
});
