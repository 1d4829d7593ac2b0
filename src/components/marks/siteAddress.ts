/** The origin used when none is given. `npm start` serves it, and a portable build removes it. */
export const unknownSite = "http://localhost:4321";

/** The origin that the site is built for, from the variable SITE. */
export const site = (env: Record<string, string | undefined>): string => env.SITE || unknownSite;

/** The full address of a page; undefined when the origin was not given. */
export const knownAddress = (path: string, origin: URL | undefined): string | undefined =>
  origin && origin.origin !== unknownSite ? new URL(path, origin).href : undefined;
