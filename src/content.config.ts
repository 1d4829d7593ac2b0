import {defineCollection} from "astro:content";
import {file, glob} from "astro/loaders";
import {z} from "astro/zod";
import {chapterFile, chapterSchema} from "./book/chapter/chapters.ts";
import {glossarySchema} from "./book/chapter/glossary.ts";
import {tableSchema} from "./book/paper/paperSchema.ts";
import {questionSchema, questions} from "./book/quiz/questions.ts";
import {referenceSchema} from "./book/works/references.ts";

export const collections = {
  chapters: defineCollection({
    loader: glob({
      base: "./content/chapters",
      pattern: "*.mdx",
      generateId: ({entry}) => chapterFile(entry).slug,
    }),
    schema: chapterSchema,
  }),
  paper: defineCollection({loader: glob({base: "./content/paper", pattern: "table-*.json"}), schema: tableSchema}),
  references: defineCollection({loader: file("content/references.json"), schema: referenceSchema}),
  glossary: defineCollection({loader: file("content/glossary.json"), schema: glossarySchema}),
  guides: defineCollection({
    loader: glob({base: "./content/embedding", pattern: "*.mdx"}),
    schema: z.object({title: z.string(), lead: z.string(), order: z.number().int()}),
  }),
  questions: defineCollection({
    loader: () => questions.map((question) => ({...question})),
    schema: questionSchema,
  }),
};
