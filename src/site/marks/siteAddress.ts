/** The origin used when none is given. `npm start` serves it. */
export const unknownSite = "http://localhost:4321";

/** Stands for the origin in codes to paste when none was given. Readers replace it by the address of their copy. */
export const HOST = "https://HOST";

/** The origin that the site is built for, from the variable SITE. */
export const siteOrigin = (env: Record<string, string | undefined>): string => env.SITE || unknownSite;

/** The origin that the site is built for; undefined when none was given. */
export const knownOrigin = (siteUrl: URL | undefined): string | undefined =>
  siteUrl && siteUrl.origin !== unknownSite ? siteUrl.origin : undefined;

/** The full address of a page; undefined when no origin was given. */
export const knownAddress = (path: string, siteUrl: URL | undefined): string | undefined =>
  knownOrigin(siteUrl) && new URL(path, siteUrl).href;
