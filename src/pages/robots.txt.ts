import type {APIRoute} from "astro";
import {href} from "../components/marks/href.ts";
import {knownAddress} from "../components/marks/siteAddress.ts";

/** Nothing is forbidden. Crawlers read it only at the root of an origin; below a base path it is of no effect. */
export const GET: APIRoute = ({site}) => {
  const sitemap = knownAddress(href("sitemap-index.xml"), site);
  return new Response(`User-agent: *\nDisallow:\n${sitemap ? `\nSitemap: ${sitemap}\n` : ""}`);
};
