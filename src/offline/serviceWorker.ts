import {addPlugins, precacheAndRoute} from "workbox-precaching";

/** The part of a service worker's scope used here. Its full types would apply to every file of the project. */
interface WorkerScope {
  location: {href: string};
  clients: {
    matchAll(options: {includeUncontrolled: boolean}): Promise<readonly {postMessage(message: unknown): void}[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "message", listener: (event: {data: unknown}) => void): void;
  addEventListener(type: "activate", listener: (event: {waitUntil(until: Promise<void>): void}) => void): void;
}
declare const self: WorkerScope;
/** The files to keep, each with its revision and the hash of its content; inserted by the build. */
declare const KEPT: readonly {url: string; revision: string | null; hash: string}[];

const hashes = new Map(KEPT.map(({url, hash}) => [new URL(url, self.location.href).href, hash]));

async function tellPages(message: unknown): Promise<void> {
  for (const page of await self.clients.matchAll({includeUncontrolled: true})) page.postMessage(message);
}

/** The first digits of the SHA-256, as many as the build has written. */
async function hashOf(bytes: ArrayBuffer, digits: number): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, digits);
}

/** How many files are kept so far, for the progress bar of the page. */
let done = 0;

addPlugins([
  {
    // The host may be in the middle of an update. If one file is of another version, nothing of this version is kept. The
    // version kept before stays whole, and the browser tries again when a page is opened.
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

// The query of an address is only read by the page itself, so every address of a page gets the same file.
precacheAndRoute(
  KEPT.map(({url, revision}) => ({url, revision})),
  {ignoreURLParametersMatching: [/./]},
);

self.addEventListener("message", ({data}) => {
  // A reader keeps the version of the page they are reading until they ask for the newer one.
  if (data === "use the newer") void self.skipWaiting();
});
// Also serves the page that is open, on which the reader asked to keep the site.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
