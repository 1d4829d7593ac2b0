/**
 * The headers that a host sends with each file. Tests compare every file in deploy/ with this table. Paths start below the
 * site's root, without a slash.
 */
export type Headers = Readonly<Record<string, string>>;

/** Sent with every file. There is no X-Frame-Options, because CSP's frame-ancestors says the same for pages alone. */
export const always: Headers = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
};

/** Folders whose files other origins load. Modules need CORS; a page that isolates itself needs the resource policy. */
export const openFolders = ["_astro", "js/v1", "oembed", "embed", "og"] as const;
/** One file for programs, in a folder of pages. */
export const openFile = "widgets/index.json";
export const open: Headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"};

/** Sent with pages: only the site itself may frame them. */
export const framed: Headers = {"Content-Security-Policy": "frame-ancestors 'self'"};
/** Further folders without pages of the site: anybody may frame what is in them. */
const noPages = ["download", "anki", "licenses"] as const;

/**
 * Caching by folder. File names in _astro contain a hash of the content. The element's entry has no hash, and names chunks that
 * the next deploy may remove, so caches keep it for ten minutes.
 */
export const caches: Readonly<Record<string, string>> = {
  _astro: "public, max-age=31536000, immutable",
  "js/v1": "public, max-age=600",
};
/** For all other files: caches ask the host each time, which answers 304 while the file is the same. */
export const revalidated = "no-cache";

const folderOf = (path: string, folders: readonly string[]) => folders.find((folder) => path.startsWith(`${folder}/`));

const isOpen = (path: string): boolean => path === openFile || folderOf(path, openFolders) !== undefined;
export const isFramed = (path: string): boolean => !isOpen(path) && folderOf(path, noPages) === undefined;

/** Every header of a file. */
export const headersFor = (path: string): Headers => ({
  ...always,
  "Cache-Control": caches[folderOf(path, Object.keys(caches)) ?? ""] ?? revalidated,
  ...(isOpen(path) && open),
  ...(isFramed(path) && framed),
});
