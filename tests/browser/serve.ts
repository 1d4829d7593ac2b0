import {readFile, stat} from "node:fs/promises";
import {createServer} from "node:http";
import {extname, join, normalize} from "node:path";
import {gzipSync} from "node:zlib";
import {caches} from "../../src/site/hosting/headers.ts";

const kinds: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/**
 * Sent with the files whose names carry a hash, as hosts do: a browser that loads a second page asks for them no more. Where
 * a test routes requests, Playwright switches the browser's cache off.
 */
const hashed = {"cache-control": caches._astro};

/** What gains from gzip; pictures and fonts are compressed already. */
const isText = (type: string) => /^text|json|xml|wasm/.test(type);

export interface Site {
  /** The folder of files to serve; without one there are only `pages`. */
  root?: string;
  /** The path they are served under. */
  base?: string;
  /** Pages written in a test, by path: `{"/host.html": "<iframe …>"}`. */
  pages?: Record<string, string>;
  /** Headers of every answer, such as a foreign host's policy; or those of each path below the base. */
  headers?: Record<string, string> | ((path: string) => Readonly<Record<string, string>>);
  /** Paths that are never answered, while they are in here. */
  stalled?: ReadonlySet<string>;
  /** A free one by default. */
  port?: number;
  /** Sends text compressed, as a host of the open web does. */
  gzip?: boolean;
}

/** A plain static host on an origin of its own: directory indexes, 404.html, nothing clever. Close it when done. */
export async function serve({root, base = "/", pages = {}, headers = {}, stalled, port = 0, gzip = false}: Site) {
  const find = async (path: string): Promise<Buffer | string | undefined> => {
    const page = pages[path];
    if (page !== undefined || root === undefined || !path.startsWith(base)) return page;
    const file = join(root, normalize(`/${path.slice(base.length)}`));
    const isFolder = (await stat(file).catch(() => undefined))?.isDirectory() && path.endsWith("/");
    return readFile(isFolder ? join(file, "index.html") : file).catch(() => undefined);
  };
  const server = createServer(async ({url = "/"}, response) => {
    const path = decodeURIComponent(url.split("?")[0] ?? "/");
    if (stalled?.has(path)) return;
    const found = await find(path);
    const kind = path.endsWith("/") ? ".html" : extname(path);
    const type = kinds[found === undefined ? ".html" : kind] ?? "application/octet-stream";
    const body = found ?? (await find(`${base}404.html`)) ?? "Not found";
    const coding = gzip && isText(type) ? {"content-encoding": "gzip"} : {};
    const isHashed = pages[path] === undefined && found !== undefined && path.startsWith(`${base}_astro/`);
    const own = typeof headers === "function" ? headers(path.slice(base.length)) : headers;
    response.writeHead(found === undefined ? 404 : 200, {
      "content-type": type,
      ...(isHashed && hashed),
      ...coding,
      ...own,
    });
    response.end("content-encoding" in coding ? gzipSync(body) : body);
  });
  // Longer than any client keeps an idle connection: a request must not meet one that is just being closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("serve: the system gave no port number");
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return {origin: `http://127.0.0.1:${address.port}`, close};
}
