import {https, sitemap} from "./contentChecks.ts";
import type {Site} from "./fetchSite.ts";
import type {Check, Finding} from "./finding.ts";
import {caching, compressed, cors, embedding, framing, guarded, missingFiles, sniffing, types} from "./headerChecks.ts";
import {generation, pinned} from "./keptChecks.ts";
import {address, answering, base, root, slash, wrongAddress} from "./statusChecks.ts";

const checks: readonly Check[] = [
  root,
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
  generation,
  pinned,
];

/** All findings about a site, in the order of the checks. Where no site is, there is one finding. */
export function examine(site: Site): Finding[] {
  if (site.answers.home?.status === 0) return answering(site);
  if (!site.isFound) return root(site);
  return site.answers.home?.status === 200
    ? checks.flatMap((check) => check(site))
    : [...root(site), ...answering(site)];
}
