import type {APIRoute} from "astro";
import site from "../../content/site.json" with {type: "json"};
import {chapterList} from "../book/chapter/chapterList.ts";
import {atom} from "../site/feed.ts";
import {fullAddress} from "../site/marks/fullAddress.ts";

/** New and changed chapters. Of several on one day, the last chapter comes first. */
export const GET: APIRoute = async () => {
  const chapters = (await chapterList()).reverse();
  const entries = chapters.map(({order, slug, title, entry}) => ({
    title: `Chapter ${order}: ${title}`,
    summary: entry.data.lead,
    address: fullAddress(`chapters/${slug}/`),
    day: entry.data.changed,
  }));
  const feed = atom({
    title: "LoRA, live: new and changed chapters",
    author: site.authors,
    home: fullAddress("/"),
    self: fullAddress("feed.xml"),
    entries,
  });
  return new Response(feed, {headers: {"content-type": "application/atom+xml; charset=utf-8"}});
};
