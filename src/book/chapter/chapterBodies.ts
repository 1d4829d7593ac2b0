import {chapterFile} from "./chapters.ts";

const files = import.meta.glob<string>("../../../content/chapters/*.mdx", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Every chapter's raw MDX, front matter included, with its number and slug. */
export const chapterBodies: readonly {order: number; slug: string; body: string}[] = Object.entries(files).map(
  ([path, body]) => ({...chapterFile(path), body}),
);
