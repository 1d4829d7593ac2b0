/** What a chapter's file needs: its name and its front matter. */
import {z} from "astro/zod";

/** The name of a chapter's file: two digits and a slug. */
const FILE_NAME = /(?:^|\/)(\d{2})-([a-z0-9-]+)(?:\.mdx)?$/;

/** Front matter of a chapter. */
export const chapterSchema = z.strictObject({
  title: z.string().min(1),
  question: z.string().regex(/\?$/, "the chapter's question ends with a question mark"),
  /** What to keep, in at most three sentences. A chapter that consists of links has none. */
  takeaway: z.array(z.string().min(1)).min(1).max(3).optional(),
  /** The chapter in a sentence or two: its first paragraph, its description and its summary in the feed. */
  lead: z.string().min(1),
  /** The symbols of the chapter's key, named as in `data-symbol`: W0, A, dW. */
  symbols: z.array(z.string()).default([]),
  /** The day of the last change that matters to someone who has read it; the feed gives this date. */
  changed: z.iso.date(),
});

/** A chapter's place in the order and its slug from its file name: "content/chapters/02-low-rank.mdx" → {order: 2, slug: "low-rank"}. */
export function chapterFile(path: string): {order: number; slug: string} {
  const match = FILE_NAME.exec(path);
  if (!match) throw new Error(`${path}: a chapter's file is named 02-low-rank.mdx, two digits and a slug`);
  return {order: Number(match[1]), slug: match[2]};
}
