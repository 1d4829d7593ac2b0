import {PrecacheController, type PrecacheEntry, PrecacheRoute} from "workbox-precaching";
import {registerRoute} from "workbox-routing";

/** An event that the browser lets finish. */
interface ExtendableEvent {
  waitUntil(until: Promise<unknown>): void;
}

/** The part of a service worker's scope used here. Its full types would apply to every file of the project. */
interface WorkerScope {
  registration: {scope: string};
  clients: {
    matchAll(options: {includeUncontrolled: boolean}): Promise<readonly {postMessage(message: unknown): void}[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "message", listener: (event: {data: unknown}) => void): void;
}
declare const self: WorkerScope;
/** The files of the site; the build writes this constant in front of the script. */
declare const FILES: readonly PrecacheEntry[];

/** Sends a message to every page of the site. */
async function tellPages(message: unknown): Promise<void> {
  for (const page of await self.clients.matchAll({includeUncontrolled: true})) page.postMessage(message);
}

/** How many files have been stored in this installation. */
let keptCount = 0;
/** The file whose request failed last. */
let failedUrl = "";
/** Ends the installation when the reader presses Stop. */
const stopping = new AbortController();
// `offlineCopyPage.ts` finds the cache by the end of its name.
const controller = new PrecacheController({
  cacheName: `kept-${self.registration.scope}`,
  plugins: [
    {
      handlerDidComplete: async ({event, error}) => {
        if (event.type === "install" && !error && (++keptCount % 10 === 0 || keptCount === FILES.length))
          await tellPages({kept: keptCount, of: FILES.length});
      },
      requestWillFetch: async ({request, event}) =>
        event?.type === "install" ? new Request(request, {signal: stopping.signal}) : request,
      fetchDidFail: async ({request}) => {
        failedUrl = request.url;
      },
    },
  ],
});
controller.addToCacheList([...FILES]);

// A file that is missing, or of another version than the rest, ends the installation. What has arrived stays for the next one.
self.addEventListener("install", (event) => {
  const tellWhy = async (error: Error & {details?: {url?: string}}) => {
    if (!stopping.signal.aborted) await tellPages({failed: error.details?.url ?? failedUrl});
    throw error;
  };
  event.waitUntil(controller.install(event as never).catch(tellWhy));
});
// The page that asked to keep the site is served from the copy too.
self.addEventListener("activate", (event) => {
  event.waitUntil(controller.activate(event as never).then(() => self.clients.claim()));
});
// A reader keeps the version of the page they are reading until they ask for the newer one.
self.addEventListener("message", ({data}) => {
  if (data === "stop") stopping.abort();
  if (data === "use the newer") void self.skipWaiting();
});
// Only the page itself reads the query of its address.
registerRoute(new PrecacheRoute(controller, {ignoreURLParametersMatching: [/./], cleanURLs: false}));
