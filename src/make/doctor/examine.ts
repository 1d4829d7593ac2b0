import {https, sitemap} from "./contentChecks.ts";
import type {Site} from "./fetchSite.ts";
import type {Check, Finding} from "./finding.ts";
import {caching, compressed, cors, embedding, framing, guarded, missingFiles, sniffing, types} from "./headerChecks.ts";
import {address, answering, base, slash, wrongAddress} from "./statusChecks.ts";

const checks: readonly Check[] = [
  answering,
  base,
  address,
  wrongAddress,
  slash,
  types,
  compressed,
  caching,
  missingFiles,
  cors,
  framing,
  sniffing,
  guarded,
  embedding,
  https,
  sitemap,
];

/** All findings about a site, in the order of the checks. A site without a home page has only the failed requests. */
export function examine(site: Site): Finding[] {
  return site.answers.home?.status === 200 ? checks.flatMap((check) => check(site)) : answering(site);
}
