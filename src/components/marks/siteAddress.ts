/** The origin that pages name as theirs where nobody said which: `npm start` serves it, and a portable build drops it. */
export const unknownSite = "http://localhost:4321";

/** The origin the site is built for: SITE. */
export const site = (env: Record<string, string | undefined>): string => env.SITE || unknownSite;

/** The origin the site is built for; undefined where nobody said which. */
export const knownOrigin = (built: URL | undefined): string | undefined =>
  built && built.origin !== unknownSite ? built.origin : undefined;

/** A page of ours with its origin; undefined where nobody said which. */
export const knownAddress = (path: string, built: URL | undefined): string | undefined =>
  knownOrigin(built) && new URL(path, built).href;
