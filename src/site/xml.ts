import {escapeHtml} from "../figure/export/escape.ts";

/** A well-formed piece of XML. */
export interface Xml {
  readonly xml: string;
}

/** A value as XML. */
const xmlText = (value: string | number | Xml | readonly Xml[]): string => {
  if (typeof value !== "object") return escapeHtml(String(value));
  return "xml" in value ? value.xml : value.map(({xml}) => xml).join("");
};

/** xml`<title>${text}</title>`: text is escaped, pieces of XML are inserted as they are. */
export const xml = (parts: TemplateStringsArray, ...values: (string | number | Xml | readonly Xml[])[]): Xml => ({
  xml: String.raw({raw: parts}, ...values.map(xmlText)),
});

/** A whole document, in UTF-8. */
export const xmlFile = ({xml}: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
