import {href} from "./href.ts";

/** A path of this site as the whole address it is built for: address("og/site.png") → "https://example.org/lora/og/site.png". */
export const address = (path: string): string => new URL(href(path), import.meta.env.SITE).href;
