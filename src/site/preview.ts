import type {ChapterPlace} from "../book/chapter/chapterList.ts";

/** The size of the pictures in public/og/ in pixels, as sites that show links expect it. */
export const previewSize = {width: 1200, height: 630};

/** How other sites show a link to a page: a picture drawn by `npm run cards`, and its text alternative. */
export interface Preview {
  /** Its file in public/og/, without ".png". */
  file: string;
  alt: string;
}

/** The picture's path from the site's root. */
export const previewPath = ({file}: Preview): string => `og/${file}.png`;

/** For every page without its own preview. */
export const sitePreview: Preview = {
  file: "site",
  alt: "LoRA, live. Change a giant model by training a small addition: four matrices of rank 1 add up to one of rank 4.",
};

/** A chapter's preview, with its question. */
export const chapterPreview = ({order, slug, title, entry}: ChapterPlace): Preview => ({
  file: `chapters/${slug}`,
  alt: `LoRA, live. Chapter ${order}, ${title}: ${entry.data.question}`,
});
