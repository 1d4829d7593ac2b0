import {address, answering, base, slash, wrongAddress} from "./answering.ts";
import {mapped, secure} from "./contents.ts";
import type {Check, Finding} from "./finding.ts";
import type {Site} from "./look.ts";
import {caching, careful, compressed, framing, shared, types} from "./sending.ts";

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
