import {defineCollection} from "astro:content";
import {glob} from "astro/loaders";
import {z} from "astro/zod";
import {chapterFile, chapterSchema} from "./book/chapter/chapters.ts";

/** The texts that Astro renders. Other content is read and checked by the file that uses it. */
export const collections = {
  chapters: defineCollection({
    loader: glob({
      base: "./content/chapters",
      pattern: "*.mdx",
      generateId: ({entry}) => chapterFile(entry).slug,
    }),
    schema: chapterSchema,
  }),
  guides: defineCollection({
    loader: glob({base: "./content/embedding", pattern: "*.mdx"}),
    schema: z.object({title: z.string(), lead: z.string(), order: z.number().int()}),
  }),
};
