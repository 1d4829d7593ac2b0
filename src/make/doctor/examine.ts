import {mapped, secure} from "./contentChecks.ts";
import type {Site} from "./fetchSite.ts";
import type {Check, Finding} from "./finding.ts";
import {caching, careful, compressed, framing, shared, types} from "./headerChecks.ts";
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
  shared,
  framing,
  careful,
  secure,
  mapped,
];

/** Everything that is to be said of a site, in the order of the checks. A site without a home page has one finding. */
export function examine(site: Site): Finding[] {
  return site.answers.home?.status === 200 ? checks.flatMap((check) => check(site)) : answering(site);
}
