/** Escapes text for HTML, XML, Markdown, JSON in a page, and scripts in a page. */

/** How each character is written in HTML and XML. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // An HTML parser would turn it into a line feed.
  "\r": "&#13;",
};

/** Text for HTML, XML and JSX, also in an attribute with double quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"\r]/g, (mark) => entities[mark]!);

/** ` name="value"` for each entry. */
export const attributesText = (entries: Readonly<Record<string, string | number>>): string =>
  Object.entries(entries)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join("");

/** Text on one line of Markdown, also for GitHub and MyST, in which nothing is markup. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>&~|$#!^]/g, "\\$&");

/** JSON for a data block of a page. It has no "<", which could end the block or open a comment. */
export const escapeJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** A script for a page. The two marks that would end or hide it are escaped; they occur only in strings and patterns. */
export const escapeScript = (script: string): string => script.replace(/<(?=\/script|!--)/gi, "\\x3C");

/** A link's destination in Markdown, in angle brackets if a parenthesis would end it. */
export const markdownTarget = (address: string): string => (/[()]/.test(address) ? `<${address}>` : address);
