import {type CollectionEntry, getCollection} from "astro:content";
import {chapterFile} from "./chapters.ts";

/** A chapter with its place in the book. */
export interface ChapterPlace {
  order: number;
  slug: string;
  title: string;
  entry: CollectionEntry<"chapters">;
}

/** Every chapter in reading order: by the two digits in its file name. */
export async function chapterList(): Promise<ChapterPlace[]> {
  const entries = await getCollection("chapters");
  return entries
    .map((entry) => ({...chapterFile(entry.filePath!), title: entry.data.title, entry}))
    .sort((a, b) => a.order - b.order);
}
