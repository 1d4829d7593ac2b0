/**
 * What a host says with each file: the one table that every file in deploy/ is compared with. Paths are below the site's
 * root, without a slash in front.
 */
export type Headers = Readonly<Record<string, string>>;

/** Said with everything. No X-Frame-Options: it cannot tell embeds from pages, and CSP does. */
export const always: Headers = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
};

/** Folders whose files other origins load: modules need CORS, and a page that isolates itself needs the second. */
export const openFolders = ["_astro", "js/v1", "oembed", "embed", "og"] as const;
/** And one file, for programs: it stands among pages. */
export const openFile = "widgets/index.json";
export const open: Headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"};

/** Said with pages: framed by none but the site's own. */
export const framed: Headers = {"Content-Security-Policy": "frame-ancestors 'self'"};
/** Folders besides the open ones that hold no page of the site: frames may show what is in them. */
const noPages = ["download", "anki", "licenses"] as const;

/**
 * Names in _astro hold the hash of what is in them. The element's entry does not, and names chunks that the next deploy may
 * take away: a cache keeps it for ten minutes.
 */
export const kept: Readonly<Record<string, string>> = {
  _astro: "public, max-age=31536000, immutable",
  "js/v1": "public, max-age=600",
};
/** Anything else is asked for anew: answered by 304 as long as it is the same. */
export const revalidated = "no-cache";

const under = (path: string, folders: readonly string[]) => folders.find((folder) => path.startsWith(`${folder}/`));

const isOpen = (path: string): boolean => path === openFile || under(path, openFolders) !== undefined;
export const isFramed = (path: string): boolean => !isOpen(path) && under(path, noPages) === undefined;

/** Every header of a file. */
export const headersFor = (path: string): Headers => ({
  ...always,
  "Cache-Control": kept[under(path, Object.keys(kept)) ?? ""] ?? revalidated,
  ...(isOpen(path) && open),
  ...(isFramed(path) && framed),
});
