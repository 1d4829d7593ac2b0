/** A file of the site that is kept: its path below the site's root, and the first digits of its content's SHA-256. */
export interface KeptFile {
  path: string;
  hash: string;
}

/** What the build writes into the service worker. */
export interface KeptList {
  files: readonly KeptFile[];
  /** The headers that go with pages, and with every other file, by name. */
  headers: Readonly<Record<"page" | "file", Readonly<Record<string, string>>>>;
  /** Milliseconds in which a file has to arrive. */
  limit: number;
}

/** Why a file could not be kept; the page turns this into a sentence. */
export type Cause = "late" | "odd" | "gone" | "no network" | "no room" | "stopped";

export class NotKept extends Error {
  constructor(
    /** The file's address. */
    readonly file: string,
    readonly because: Cause,
  ) {
    super(`${file}: ${because}`);
  }
}

/** Files that are on their way at the same time. */
const LANES = 6;

/** The content type of every kind of file that is kept. A kept file says nothing about itself but its bytes. */
export const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json; charset=utf-8",
  woff2: "font/woff2",
};
export const endingOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

/** An address in its plainest spelling; one with broken percent codes is none of ours. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The first `digits` of the SHA-256 in hexadecimal. */
async function hashOf(bytes: ArrayBuffer, digits: number): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, digits);
}

const isSound = async (bytes: ArrayBuffer, {hash}: KeptFile): Promise<boolean> =>
  (await hashOf(bytes, hash.length)) === hash;

/**
 * The copy of the site on this device. Any script of our origin could write to a browser's cache, so the copy is never believed:
 * each file is hashed whenever it is served, and its headers come from the list. Files of several versions lie side by side,
 * because a file's key contains its hash.
 */
export class KeptSite {
  readonly #home: string;
  readonly #list: KeptList;
  readonly #byPath: ReadonlyMap<string, KeptFile>;
  /** Ends the downloads that are running. */
  #running = new AbortController();

  /** `home`: address of the site's root, with its slash. */
  constructor(home: string, list: KeptList) {
    this.#home = home;
    this.#list = list;
    this.#byPath = new Map(list.files.map((file) => [file.path, file]));
  }

  get size(): number {
    return this.#list.files.length;
  }

  /** The name of the cache. The page that removes the copy looks for the ending. */
  get #name() {
    return `kept-${this.#home}`;
  }

  #key = ({path, hash}: KeptFile) => `${this.#home}${path}?kept=${hash}`;

  /** The kept file at this address, whatever its query says; only the page itself reads that. */
  at(address: string): KeptFile | undefined {
    const [plain = ""] = address.split(/[?#]/);
    if (!plain.startsWith(this.#home)) return undefined;
    const path = decoded(plain.slice(this.#home.length));
    return this.#byPath.get(path === "" || path.endsWith("/") ? `${path}index.html` : path);
  }

  /** The file's content, or undefined if it is missing or has been changed. */
  async read(file: KeptFile): Promise<ArrayBuffer | undefined> {
    try {
      const bytes = await (await caches.match(this.#key(file), {cacheName: this.#name}))?.arrayBuffer();
      return bytes && (await isSound(bytes, file)) ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  /** The answer that a page gets. */
  answer({path}: KeptFile, bytes: ArrayBuffer): Response {
    const ending = endingOf(path);
    const headers = this.#list.headers[ending === "html" ? "page" : "file"];
    return new Response(bytes, {headers: {...headers, "Content-Type": types[ending]!}});
  }

  /** The files that are missing or have been changed. */
  async faulty(): Promise<KeptFile[]> {
    const found: KeptFile[] = [];
    const files = this.#list.files.values();
    const lane = async () => {
      for (const file of files) if (!(await this.read(file))) found.push(file);
    };
    await Promise.all(Array.from({length: LANES}, lane));
    return found;
  }

  /** Opens the cache, and makes it where there is none. Throws NotKept if the browser does not let it. */
  async #open(): Promise<Cache> {
    try {
      return await caches.open(this.#name);
    } catch {
      throw new NotKept(this.#home, "no room");
    }
  }

  /** Keeps these bytes in place of what is missing, unless the copy has been removed meanwhile. */
  async mend(file: KeptFile, bytes: ArrayBuffer): Promise<void> {
    if (await caches.has(this.#name)) await this.#keep(await this.#open(), file, bytes);
  }

  /** Keeps these bytes. Throws NotKept if they are those of another version, or if there is no room. */
  async #keep(cache: Cache, file: KeptFile, bytes: ArrayBuffer): Promise<void> {
    if (!(await isSound(bytes, file))) throw new NotKept(this.#home + file.path, "odd");
    try {
      await cache.put(this.#key(file), new Response(bytes));
    } catch {
      throw new NotKept(this.#home + file.path, "no room");
    }
  }

  /**
   * Fetches all files that are not kept yet. `tell` hears how many are. Throws NotKept for the first file that fails; what has
   * arrived by then stays, so that the next call goes on from there.
   */
  async complete(tell: (kept: number) => void): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    // Opened once: when a reader removes the copy meanwhile, what still arrives does not bring it back.
    const cache = await this.#open();
    const missing = await this.faulty();
    let kept = this.size - missing.length;
    tell(kept);
    const files = missing.values();
    const lane = async () => {
      for (const file of files) {
        await this.#keep(cache, file, await this.#fetch(file, running.signal));
        tell(++kept);
      }
    };
    try {
      await Promise.all(Array.from({length: LANES}, lane));
    } catch (error) {
      running.abort();
      throw error;
    }
  }

  stop(): void {
    this.#running.abort();
  }

  /** A file from the host. It has to arrive within the limit, before `stop`. */
  async #fetch({path}: KeptFile, stop: AbortSignal): Promise<ArrayBuffer> {
    const address = this.#home + path;
    const own = new AbortController();
    let cause: Cause = "no network";
    const end = (because: Cause) => {
      cause = because;
      own.abort();
    };
    const stopped = () => end("stopped");
    stop.addEventListener("abort", stopped);
    const timer = setTimeout(() => end("late"), this.#list.limit);
    try {
      if (stop.aborted) stopped();
      // The browser's own cache may be out of date, so the host is asked whether it is.
      const response = await fetch(address, {cache: "no-cache", signal: own.signal});
      if (response.ok) return await response.arrayBuffer();
      cause = "gone";
    } catch {
      // The cause says it.
    } finally {
      clearTimeout(timer);
      stop.removeEventListener("abort", stopped);
    }
    throw new NotKept(address, cause);
  }

  /**
   * Deletes what is of no use to this version: other versions' files, files that were changed, and other caches of ours. Resolves
   * to the number of files that are missing or were changed.
   */
  async tidy(): Promise<number> {
    for (const name of await caches.keys())
      if (name !== this.#name && name.endsWith(`-${this.#home}`)) await caches.delete(name);
    const cache = await caches.open(this.#name);
    const faulty = new Set((await this.faulty()).map(this.#key));
    const due = new Set(this.#list.files.map(this.#key));
    for (const {url} of await cache.keys()) if (!due.has(url) || faulty.has(url)) await cache.delete(url);
    return faulty.size;
  }
}
