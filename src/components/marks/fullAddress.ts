import {href} from "./href.ts";

/** The full address of a path, on the host that the site is built for: fullAddress("og/site.png") → "https://example.org/lora/og/site.png". */
export const fullAddress = (path: string): string => new URL(href(path), import.meta.env.SITE).href;
