import {xml, xmlFile} from "../../markup/xml.ts";

/** One thing in a feed. `day` is a date as data has it, `2026-11-26`; `address` is its name for ever. */
interface Entry {
  title: string;
  summary: string;
  address: string;
  day: string;
}

export interface Feed {
  title: string;
  author: string;
  /** The page that the feed is about, and the feed itself. */
  home: string;
  self: string;
  entries: readonly Entry[];
}

const time = (day: string) => `${day}T00:00:00Z`;

/** An Atom feed (RFC 4287), newest first. No clock is asked: its time is that of its newest entry. Throws when it has none. */
export function atom({title, author, home, self, entries}: Feed): string {
  const sorted = [...entries].sort((a, b) => b.day.localeCompare(a.day));
  const newest = sorted[0];
  if (!newest) throw new Error("feed: a feed has at least one entry");
  const items = sorted.map(
    (one) => xml`
  <entry>
    <title>${one.title}</title>
    <id>${one.address}</id>
    <link href="${one.address}"/>
    <updated>${time(one.day)}</updated>
    <summary>${one.summary}</summary>
  </entry>`,
  );
  return xmlFile(xml`<feed xmlns="http://www.w3.org/2005/Atom">
  <title>${title}</title>
  <id>${home}</id>
  <link href="${home}"/>
  <link rel="self" href="${self}"/>
  <updated>${time(newest.day)}</updated>
  <author><name>${author}</name></author>${items}
</feed>`);
}
