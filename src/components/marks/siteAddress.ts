/** The origin that pages name as theirs where nobody said which: `npm start` serves it, and a portable build drops it. */
export const unknownSite = "http://localhost:4321";

/** The origin the site is built for: SITE. */
export const site = (env: Record<string, string | undefined>): string => env.SITE || unknownSite;

/** A page of ours with its origin; undefined where nobody said which. */
export const knownAddress = (path: string, origin: URL | undefined): string | undefined =>
  origin && origin.origin !== unknownSite ? new URL(path, origin).href : undefined;
