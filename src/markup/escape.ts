const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser of HTML makes a line feed of it.
  "\r": "&#13;",
};

/** Text for HTML and XML, and for an attribute in double quotes, there and in JSX. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"\r]/g, (mark) => entities[mark]!);

/** ` name="value"` for each entry. */
export const attributes = (entries: Readonly<Record<string, string | number>>): string =>
  Object.entries(entries)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join("");

/** One line of text in Markdown, also of GitHub and MyST: nothing in it is markup. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>&~|$#!^]/g, "\\$&");

/** A thing as JSON for a data block of a page: no "<" stands in it, so that nothing ends the block or opens a comment. */
export const escapeJson = (thing: unknown): string => JSON.stringify(thing).replaceAll("<", "\\u003c");

/** A script for a page: the two marks that would end or hide it stand in its strings and patterns only. */
export const escapeScript = (script: string): string => script.replace(/<(?=\/script|!--)/gi, "\\x3C");

/** A link's destination. A parenthesis in a path would end it. */
export const destination = (address: string): string => (/[()]/.test(address) ? `<${address}>` : address);
