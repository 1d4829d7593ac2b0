import {parseHTML} from "linkedom";

/** A piece of HTML as elements below one, to be read or changed while the site is built. */
export const parsed = (html: string): HTMLElement =>
  parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body as unknown as HTMLElement;

/** The words of a piece of HTML. */
export const textOf = (html: string): string => parsed(html).textContent.trim();
