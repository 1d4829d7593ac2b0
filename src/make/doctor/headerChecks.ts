import {always, caches, revalidated} from "../hosting/headers.ts";
import type {Answer} from "./fetchSite.ts";
import {type Check, each, fail, ok, pages, warn} from "./finding.ts";

const contentTypes: readonly [name: string, type: RegExp, what: string][] = [
  ["home", /^text\/html/, "text/html"],
  ["style sheet", /^text\/css/, "text/css"],
  ["script", /^(text|application)\/javascript/, "text/javascript"],
  ["element", /^(text|application)\/javascript/, "text/javascript"],
  ["embed’s script", /^(text|application)\/javascript/, "text/javascript"],
  ["notebook module", /^(text|application)\/javascript/, "text/javascript"],
  ["font", /^(font\/woff2|application\/font-woff2)/, "font/woff2"],
  ["manifest", /^application\/(manifest\+)?json/, "application/manifest+json"],
  ["oEmbed", /^application\/json/, "application/json"],
  ["widgets’ list", /^application\/json/, "application/json"],
  ["feed", /^(application\/(atom\+)?xml|text\/xml)/, "application/atom+xml"],
  ["robots", /^text\/plain/, "text/plain"],
];

export const types: Check = (site) =>
  contentTypes.flatMap(([name, pattern, wanted]) =>
    each(site, [name], ({headers}) => {
      const type = headers["content-type"] ?? "none";
      return pattern.test(type) ? ok(`type of ${name}`, type) : fail(`type of ${name}`, type, `Send it as ${wanted}.`);
    }),
  );

export const compressed: Check = (site) =>
  each(site, ["home", "script", "style sheet", "element"], ({headers, text}, name) =>
    headers["content-encoding"] || text.length < 1000
      ? ok(`compression of ${name}`, headers["content-encoding"] ?? "too small to need it")
      : warn(
          `compression of ${name}`,
          "none",
          "Turn on gzip or Brotli for text: a chapter is seven times as large without.",
        ),
  );

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Seconds that a cache may keep something; 0 if it has to ask each time. */
const seconds = (cache: string): number =>
  /no-store|no-cache/.test(cache) ? 0 : Number(/max-age=(\d+)/.exec(cache)?.[1] ?? Number.NaN);

export const caching: Check = (site) => {
  const year = seconds(caches._astro!);
  const hashed = each(site, ["style sheet", "script", "font"], ({headers}, name) =>
    seconds(headers["cache-control"] ?? "") >= year
      ? ok(`cache of ${name}`, headers["cache-control"]!)
      : warn(
          `cache of ${name}`,
          headers["cache-control"] ?? "not said",
          `Send Cache-Control: ${caches._astro} with /_astro/: the names change with what is in them.`,
        ),
  );
  const fresh = each(site, [...pages, "embed", "element"], ({headers}, name) => {
    const cache = headers["cache-control"] ?? "";
    const wanted = name === "element" ? caches["js/v1"] : revalidated;
    if (/immutable/.test(cache) || seconds(cache) > HOUR)
      return fail(
        `cache of ${name}`,
        cache,
        `Send Cache-Control: ${wanted}: readers would keep an old one that names files of the last deploy.`,
      );
    return cache === ""
      ? warn(`cache of ${name}`, "not said", `Send Cache-Control: ${wanted}.`)
      : ok(`cache of ${name}`, cache);
  });
  return [...hashed, ...fresh];
};

/** During a deploy a page can ask for a file that is not there yet. */
export const missingFiles: Check = ({answers: {"missing script": answer}}) => {
  if (!answer) return [];
  if (answer.status !== 404)
    return [
      fail(
        "missing files",
        `a file that does not exist answers ${answer.status}, not 404`,
        "No rule may answer below /_astro/ with a page: a browser would take it for the script it asked for.",
      ),
    ];
  const cache = answer.headers["cache-control"] ?? "";
  const about = "cache of missing files";
  const mend = "Send long caching only with files that exist; otherwise browsers remember that one was missing.";
  if (seconds(cache) > DAY) return [fail(about, cache, mend)];
  return seconds(cache) > HOUR ? [warn(about, cache, mend)] : [ok(about, cache || "not said")];
};

export const cors: Check = (site) =>
  each(site, ["element", "notebook module", "oEmbed", "widgets’ list"], ({headers}, name) => {
    const allowed = headers["access-control-allow-origin"] ?? "none";
    const isModule = name === "element" || name === "notebook module";
    return allowed === "*"
      ? ok(`CORS of ${name}`, "*")
      : (isModule ? fail : warn)(
          `CORS of ${name}`,
          allowed,
          "Send Access-Control-Allow-Origin: * with it, or no page of another origin can load it. Frames work all the same.",
        );
  });

const ancestors = (headers: Answer["headers"]) =>
  /frame-ancestors ([^;,]*)/.exec(headers["content-security-policy"] ?? "")?.[1]?.trim();

export const framing: Check = (site) => [
  ...each(site, ["embed"], ({headers}, name) => {
    if (headers["x-frame-options"])
      return fail(
        `framing of ${name}`,
        `X-Frame-Options: ${headers["x-frame-options"]}`,
        "Take X-Frame-Options away below /embed/: no course page can show the widget.",
      );
    const who = ancestors(headers);
    return who !== undefined && who !== "*"
      ? fail(`framing of ${name}`, `frame-ancestors ${who}`, "Say no frame-ancestors below /embed/.")
      : ok(`framing of ${name}`, "anybody may");
  }),
  ...each(site, ["home", "chapter"], ({headers}, name) => {
    const who = ancestors(headers) ?? headers["x-frame-options"];
    return who === undefined
      ? warn(
          `framing of ${name}`,
          "anybody may",
          "Where the host lets you, send Content-Security-Policy: frame-ancestors 'self' with pages.",
        )
      : ok(`framing of ${name}`, who);
  }),
];

export const sniffing: Check = (site) =>
  each(site, ["home", "script"], ({headers}, name) =>
    headers["x-content-type-options"] === "nosniff"
      ? ok(`sniffing of ${name}`, "nosniff")
      : warn(`sniffing of ${name}`, "not said", "Where the host lets you, send X-Content-Type-Options: nosniff."),
  );

/** Headers that a host without settings of its own does not send, with what they do. */
const guards: readonly [name: string, why: string][] = [
  ["Cross-Origin-Opener-Policy", "then sites that open a page cannot control its window"],
  ["Permissions-Policy", "then no script can ask for a camera or the like"],
];

export const guarded: Check = (site) =>
  guards.flatMap(([name, why]) =>
    each(site, ["home"], ({headers}) => {
      const sent = headers[name.toLowerCase()];
      return sent === undefined
        ? warn(name, "not said", `Where the host lets you, send ${name}: ${always[name]}; ${why}.`)
        : ok(name, sent);
    }),
  );

/** A page that isolates itself can frame an embed only with this header, and then every file of the embed needs the other one. */
export const embedding: Check = (site) =>
  each(site, ["embed"], ({headers}) => {
    const embedder = headers["cross-origin-embedder-policy"];
    const shared = ["embed", "embed’s script"].every(
      (name) => site.answers[name]?.headers["cross-origin-resource-policy"] === "cross-origin",
    );
    if (embedder !== "require-corp" && embedder !== "credentialless")
      return warn(
        "embeds on isolated pages",
        embedder === undefined ? "refused" : `refused, by ${embedder}`,
        "Where the host lets you, send Cross-Origin-Embedder-Policy: require-corp with /embed/: a page that isolates itself (COEP) can then frame it.",
      );
    return shared
      ? ok("embeds on isolated pages", embedder)
      : fail(
          "embeds on isolated pages",
          `${embedder}, but without Cross-Origin-Resource-Policy`,
          "Send Cross-Origin-Resource-Policy: cross-origin with /embed/ and /js/v1/: without it a frame in a sandbox loads no script.",
        );
  });
