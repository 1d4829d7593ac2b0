import {href} from "../href.ts";

/** Address of the site's root, with its slash, as codes for other pages have it. */
export const homeOf = (site: URL | undefined): string => new URL(href("/"), site).href;
