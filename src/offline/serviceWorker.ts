import {type KeptFile, type KeptList, KeptSite, NotKept} from "./keptSite.ts";
import {plainPage} from "./plainPage.ts";

interface Waiting {
  waitUntil(until: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Message extends Waiting {
  data: unknown;
  ports: readonly MessagePort[];
}

/** The part of a service worker's scope used here. Its full types would apply to every file of the project. */
interface WorkerScope {
  registration: {scope: string};
  clients: {
    matchAll(options: {includeUncontrolled: boolean}): Promise<readonly {postMessage(message: unknown): void}[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "message", listener: (event: Message) => void): void;
}
declare const self: WorkerScope;
/** The build writes it in front of this script. */
declare const KEPT: KeptList;

const home = self.registration.scope;
const site = new KeptSite(home, KEPT);

/** Milliseconds that the host has to answer with the page about the copy, before the plain page is shown. */
const PATIENCE = 8000;

async function tellPages(message: unknown): Promise<void> {
  for (const page of await self.clients.matchAll({includeUncontrolled: true})) page.postMessage(message);
}

/** Fetches what is missing; tells pages how far it is and what failed. Resolves to whether all is here. */
async function fetchMissing(): Promise<boolean> {
  const tell = (kept: number) => {
    if (kept % 10 === 0 || kept === site.size) void tellPages({kept, of: site.size});
  };
  try {
    await site.complete(tell);
    return true;
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    await tellPages({failed: error.file, because: error.because});
    return false;
  }
}

let fetching: Promise<boolean> | undefined;

/** The same, once for all who ask at the same time: two windows would fetch everything twice, and Stop would end one of the two. */
function complete(): Promise<boolean> {
  fetching ??= fetchMissing().finally(() => {
    fetching = undefined;
  });
  return fetching;
}

/**
 * The host may be in the middle of an update. If one file is of another version, this version is not installed. The version
 * that is in use stays whole, and the browser tries again when a page is opened.
 */
async function install(): Promise<void> {
  if (!(await complete())) throw new Error("not all files of this version arrived");
}

/** Also serves the page that is open, on which the reader asked to keep the site. Pages wait for this, but not for the host. */
async function activate(): Promise<void> {
  const faulty = await site.tidy();
  await self.clients.claim();
  if (faulty > 0) void complete();
}

/** From the host, and into the copy if the file is the one that belongs there. */
async function fromHost(file: KeptFile, event: Fetching): Promise<Response> {
  const response = await fetch(event.request);
  const mend = async (copy: Response) => site.mend(file, await copy.arrayBuffer());
  if (response.ok) event.waitUntil(mend(response.clone()).catch(() => {}));
  return response;
}

/** The page about the copy is shown from the copy only if all of the copy is sound: it loads other files, and has to work. */
async function offlinePage(file: KeptFile, event: Fetching): Promise<Response> {
  if ((await site.faulty()).length === 0) return serve(file, event);
  const {url} = event.request;
  return fetch(url, {cache: "no-store", signal: AbortSignal.timeout(PATIENCE)}).catch(() => plainPage(home));
}

async function serve(file: KeptFile, event: Fetching): Promise<Response> {
  const bytes = await site.read(file);
  if (bytes) return site.answer(file, bytes);
  const isPage = event.request.mode === "navigate";
  return fromHost(file, event).catch(() => (isPage ? plainPage(home) : Response.error()));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const {method, mode, url} = event.request;
  const file = method === "GET" ? site.at(url) : undefined;
  if (!file) return;
  const isAboutCopy = mode === "navigate" && file.path === "offline/index.html";
  event.respondWith(isAboutCopy ? offlinePage(file, event) : serve(file, event));
});

self.addEventListener("message", (event) => {
  const {data, ports} = event;
  // A reader keeps the version of the page they are reading until they ask for the newer one.
  if (data === "use the newer") void self.skipWaiting();
  if (data === "stop") site.stop();
  const count = async () => ports[0]?.postMessage({kept: site.size - (await site.faulty()).length, of: site.size});
  if (data === "check") event.waitUntil(count());
  if (data === "mend") event.waitUntil(complete().then(count));
});
