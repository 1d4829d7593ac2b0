import type {APIRoute} from "astro";
import {href} from "../site/marks/href.ts";
import {knownAddress} from "../site/marks/siteAddress.ts";

/** Nothing is forbidden. Crawlers read this only at the root of an origin, so below a base path it has no effect. */
export const GET: APIRoute = ({site}) => {
  const sitemap = knownAddress(href("sitemap-index.xml"), site);
  return new Response(`User-agent: *\nDisallow:\n${sitemap ? `\nSitemap: ${sitemap}\n` : ""}`);
};
