import {addPlugins, precacheAndRoute} from "workbox-precaching";

/** What is used of a service worker's scope: its own types would be those of every file of the house. */
interface Keeping {
  clients: {
    matchAll(options: {includeUncontrolled: boolean}): Promise<readonly {postMessage(message: unknown): void}[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "message", listener: (event: {data: unknown}) => void): void;
  addEventListener(type: "activate", listener: (event: {waitUntil(until: Promise<void>): void}) => void): void;
}
declare const self: Keeping;
/** The files to keep, each with what tells its versions apart; written by the build. */
declare const KEPT: readonly {url: string; revision: string | null}[];

/** How far a page may tell its reader that keeping is. */
let done = 0;

addPlugins([
  {
    async handlerDidComplete({event}) {
      if (event.type !== "install") return;
      done++;
      if (done % 10 !== 0 && done !== KEPT.length) return;
      for (const page of await self.clients.matchAll({includeUncontrolled: true}))
        page.postMessage({kept: done, of: KEPT.length});
    },
  },
]);

// A page takes its state from its address by itself: all addresses of a page are one file.
precacheAndRoute([...KEPT], {ignoreURLParametersMatching: [/./]});

self.addEventListener("message", ({data}) => {
  // A reader who is in the middle of a page keeps the version that page is of, until they ask for the newer one.
  if (data === "use the newer") void self.skipWaiting();
});
// The page on which a reader asked to keep the site is among those that are kept.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
