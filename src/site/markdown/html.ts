import {parseHTML} from "linkedom";

/** A piece of HTML as the body of a document. */
export const parseHtml = (html: string): HTMLElement =>
  parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body as unknown as HTMLElement;

/** The text of a piece of HTML. */
export const htmlText = (html: string): string => parseHtml(html).textContent.trim();
