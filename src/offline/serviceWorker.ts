import {addPlugins, precacheAndRoute} from "workbox-precaching";

/** What is used of a service worker's scope: its own types would be those of every file of the house. */
interface Keeping {
  location: {href: string};
  clients: {
    matchAll(options: {includeUncontrolled: boolean}): Promise<readonly {postMessage(message: unknown): void}[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "message", listener: (event: {data: unknown}) => void): void;
  addEventListener(type: "activate", listener: (event: {waitUntil(until: Promise<void>): void}) => void): void;
}
declare const self: Keeping;
/** The files to keep, each with what tells its versions apart and the hash of what is in it; written by the build. */
declare const KEPT: readonly {url: string; revision: string | null; hash: string}[];

const hashes = new Map(KEPT.map(({url, hash}) => [new URL(url, self.location.href).href, hash]));

async function tellPages(message: unknown): Promise<void> {
  for (const page of await self.clients.matchAll({includeUncontrolled: true})) page.postMessage(message);
}

/** The start of the file's SHA-256, as the build has it. */
async function hashOf(bytes: ArrayBuffer, digits: number): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, digits);
}

/** How far a page may tell its reader that keeping is. */
let done = 0;

addPlugins([
  {
    // A host may be in the midst of an update. One file of another version and nothing of this one is kept; what was kept
    // before stays whole, and the browser tries again when a page is opened.
    async fetchDidSucceed({request, response, event}) {
      if (event.type !== "install") return response;
      const due = hashes.get(request.url)!;
      if ((await hashOf(await response.clone().arrayBuffer(), due.length)) === due) return response;
      await tellPages({odd: request.url});
      throw new Error(`${request.url} is of another version`);
    },
    async handlerDidComplete({event}) {
      if (event.type !== "install") return;
      done++;
      if (done % 10 !== 0 && done !== KEPT.length) return;
      await tellPages({kept: done, of: KEPT.length});
    },
  },
]);

// A page takes its state from its address by itself: all addresses of a page are one file.
precacheAndRoute(
  KEPT.map(({url, revision}) => ({url, revision})),
  {ignoreURLParametersMatching: [/./]},
);

self.addEventListener("message", ({data}) => {
  // A reader who is in the middle of a page keeps the version that page is of, until they ask for the newer one.
  if (data === "use the newer") void self.skipWaiting();
});
// The page on which a reader asked to keep the site is among those that are kept.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
