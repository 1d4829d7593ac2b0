import {readdirSync} from "node:fs";
import {chapterFile} from "../../src/book/chapter/chapters.ts";

/** The addresses of the chapters below `/chapters/`, in their order. */
export const chapterSlugs = readdirSync(new URL("../../content/chapters/", import.meta.url)).map(
  (name) => chapterFile(name).slug,
);
