import {xml, xmlFile} from "./xml.ts";

/** An entry of the feed. `day` is an ISO date; `address` is its id and never changes. */
interface Entry {
  title: string;
  summary: string;
  address: string;
  day: string;
}

/** What the feed is called, who writes it, and its entries in any order. */
interface Feed {
  title: string;
  author: string;
  /** The address of the page that the feed is about. */
  home: string;
  /** The feed's own address. */
  self: string;
  entries: readonly Entry[];
}

const time = (day: string) => `${day}T00:00:00Z`;

/** An Atom feed (RFC 4287), newest first, dated like its newest entry: the same bytes on any day. Throws without entries. */
export function atom({title, author, home, self, entries}: Feed): string {
  const sorted = [...entries].sort((a, b) => b.day.localeCompare(a.day));
  const newest = sorted[0];
  if (!newest) throw new Error(`feed: ${title} has no entries; give it at least one`);
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
