import {asked, kept} from "../headers.ts";
import type {Answer, Site} from "./look.ts";

export interface Finding {
  verdict: "ok" | "warn" | "fail";
  /** What was looked at, and what is the case. */
  about: string;
  what: string;
  /** What to do, where something is to be done. */
  mend?: string;
}

type Check = (site: Site) => Finding[];

const finding = (verdict: Finding["verdict"], about: string, what: string, mend?: string): Finding => ({
  ...{verdict, about, what},
  ...(mend && verdict !== "ok" && {mend}),
});
const ok = (about: string, what: string) => finding("ok", about, what);
/** A check of each of these, where the site was asked for it and has it. */
const each = ({answers}: Site, names: readonly string[], check: (answer: Answer, name: string) => Finding) =>
  names.flatMap((name) => (answers[name]?.status === 200 ? [check(answers[name], name)] : []));

const pages = ["home", "chapter", "gallery", "widget’s page"];

const answering: Check = ({said, answers}) => {
  /** Absent from a portable build that does not know its address, or from a site older than they are. */
  const optional = ["oEmbed", "list", "notebook module", "sitemap", "pages", "robots", "feed"];
  const special = ["chapter without its slash", "wrong address"];
  return Object.entries(answers)
    .filter(([name]) => !special.includes(name))
    .map(([name, {status, address, headers, text}]) => {
      if (status === 200) return ok(name, `answers 200`);
      const why =
        status === 0 ? `no answer (${text})` : `answers ${status}${headers.location ? `, to ${headers.location}` : ""}`;
      const isMissing = optional.includes(name) && said.isPortable && !said.canonical;
      return isMissing
        ? ok(name, "absent, as in a portable build without SITE")
        : finding(
            "fail",
            name,
            `${why}: ${address}`,
            status >= 300 && status < 400
              ? "Give the doctor that address."
              : "Upload all of the built folder, names and letter case as they are.",
          );
    });
};

const base: Check = ({home, said}) => {
  const path = new URL(home).pathname;
  if (!said.isOurs)
    return [
      finding(
        "fail",
        "base",
        "the home page is none of this site’s",
        "Give the doctor the address of the site’s root.",
      ),
    ];
  if (said.isPortable) return [ok("base", "links are relative: any folder will do")];
  return said.root === path
    ? [ok("base", `built for ${path}`)]
    : [
        finding(
          "fail",
          "base",
          `built for ${said.root}, stands at ${path}`,
          `Build again with BASE=${path}, or npm run build:portable.`,
        ),
      ];
};

const address: Check = ({home, said}) => {
  if (said.canonical === home) return [ok("canonical", home)];
  const {origin, pathname} = new URL(home);
  if (said.canonical === undefined && said.isPortable)
    return [ok("canonical", "none, as in a portable build without SITE")];
  return [
    finding(
      "fail",
      "canonical",
      `names ${said.canonical ?? "nothing"}`,
      `Build again with SITE=${origin} BASE=${pathname}.`,
    ),
  ];
};

const wrongAddress: Check = ({said, answers}) => {
  const answer = answers["wrong address"];
  if (!answer) return [];
  if (answer.status !== 404)
    return [
      finding(
        "fail",
        "wrong address",
        `answers ${answer.status}, not 404`,
        "Tell the host that 404.html is the page for errors; no rule may send every address to index.html.",
      ),
    ];
  return [
    /There is no page here/.test(answer.text)
      ? ok("wrong address", "404, with a page that leads back")
      : finding(
          said.isPortable ? "ok" : "warn",
          "wrong address",
          "404, with the host’s own page",
          "Tell the host that 404.html is the page for errors.",
        ),
  ];
};

const slash: Check = ({answers}) => {
  const answer = answers["chapter without its slash"];
  if (!answer) return [];
  const good =
    answer.status >= 300 &&
    answer.status < 400 &&
    new URL(answer.headers.location ?? "", answer.address).href === `${answer.address}/`;
  return [
    good
      ? ok("missing slash", "is added by a redirect")
      : finding(
          "warn",
          "missing slash",
          `answers ${answer.status}`,
          "Let the host redirect /chapters/x to /chapters/x/: people type it so.",
        ),
  ];
};

const typed: readonly [name: string, type: RegExp, what: string][] = [
  ["home", /^text\/html/, "text/html"],
  ["style sheet", /^text\/css/, "text/css"],
  ["script", /^(text|application)\/javascript/, "text/javascript"],
  ["element", /^(text|application)\/javascript/, "text/javascript"],
  ["embed’s script", /^(text|application)\/javascript/, "text/javascript"],
  ["notebook module", /^(text|application)\/javascript/, "text/javascript"],
  ["font", /^(font\/woff2|application\/font-woff2)/, "font/woff2"],
  ["manifest", /^application\/(manifest\+)?json/, "application/manifest+json"],
  ["oEmbed", /^application\/json/, "application/json"],
  ["list", /^application\/json/, "application/json"],
  ["feed", /^(application\/(atom\+)?xml|text\/xml)/, "application/atom+xml"],
  ["robots", /^text\/plain/, "text/plain"],
];

const types: Check = (site) =>
  typed.flatMap(([name, pattern, wanted]) =>
    each(site, [name], ({headers}) => {
      const type = headers["content-type"] ?? "none";
      return pattern.test(type)
        ? ok(`type of ${name}`, type)
        : finding("fail", `type of ${name}`, type, `Send it as ${wanted}.`);
    }),
  );

const compressed: Check = (site) =>
  each(site, ["home", "script", "style sheet", "element"], ({headers, text}, name) =>
    headers["content-encoding"] || text.length < 1000
      ? ok(`compression of ${name}`, headers["content-encoding"] ?? "too small to need it")
      : finding(
          "warn",
          `compression of ${name}`,
          "none",
          "Turn on gzip or Brotli for text: a chapter is five times as large without.",
        ),
  );

/** Seconds that a cache may keep something; 0 where it has to ask. */
const seconds = (cache: string): number =>
  /no-store|no-cache/.test(cache) ? 0 : Number(/max-age=(\d+)/.exec(cache)?.[1] ?? Number.NaN);

const caching: Check = (site) => {
  const year = seconds(kept._astro!);
  const hashed = each(site, ["style sheet", "script", "font"], ({headers}, name) =>
    seconds(headers["cache-control"] ?? "") >= year
      ? ok(`cache of ${name}`, headers["cache-control"]!)
      : finding(
          "warn",
          `cache of ${name}`,
          headers["cache-control"] ?? "not said",
          `Send Cache-Control: ${kept._astro} with /_astro/: the names change with what is in them.`,
        ),
  );
  const fresh = each(site, [...pages, "embed", "element"], ({headers}, name) => {
    const cache = headers["cache-control"] ?? "";
    const wanted = name === "element" ? kept["js/v1"] : asked;
    const limit = 3600;
    if (/immutable/.test(cache) || seconds(cache) > limit)
      return finding(
        "fail",
        `cache of ${name}`,
        cache,
        `Send Cache-Control: ${wanted}: readers would keep an old one that names files of the last deploy.`,
      );
    return cache === ""
      ? finding("warn", `cache of ${name}`, "not said", `Send Cache-Control: ${wanted}.`)
      : ok(`cache of ${name}`, cache);
  });
  return [...hashed, ...fresh];
};

const shared: Check = (site) =>
  each(site, ["element", "notebook module", "oEmbed", "list"], ({headers}, name) =>
    headers["access-control-allow-origin"] === "*"
      ? ok(`CORS of ${name}`, "*")
      : finding(
          name === "element" || name === "notebook module" ? "fail" : "warn",
          `CORS of ${name}`,
          headers["access-control-allow-origin"] ?? "none",
          "Send Access-Control-Allow-Origin: * with it, or no page of another origin can load it. Frames work all the same.",
        ),
  );

const ancestors = (headers: Answer["headers"]) =>
  /frame-ancestors ([^;,]*)/.exec(headers["content-security-policy"] ?? "")?.[1]?.trim();

const framing: Check = (site) => [
  ...each(site, ["embed"], ({headers}, name) => {
    if (headers["x-frame-options"])
      return finding(
        "fail",
        `framing of ${name}`,
        `X-Frame-Options: ${headers["x-frame-options"]}`,
        "Take X-Frame-Options away below /embed/: no course page can show the widget.",
      );
    const who = ancestors(headers);
    return who !== undefined && who !== "*"
      ? finding("fail", `framing of ${name}`, `frame-ancestors ${who}`, "Say no frame-ancestors below /embed/.")
      : ok(`framing of ${name}`, "anybody may");
  }),
  ...each(site, ["home", "chapter"], ({headers}, name) => {
    const who = ancestors(headers) ?? headers["x-frame-options"];
    return who === undefined
      ? finding(
          "warn",
          `framing of ${name}`,
          "anybody may",
          "Where the host lets you, send Content-Security-Policy: frame-ancestors 'self' with pages.",
        )
      : ok(`framing of ${name}`, who);
  }),
];

const careful: Check = (site) =>
  each(site, ["home", "script"], ({headers}, name) =>
    headers["x-content-type-options"] === "nosniff"
      ? ok(`sniffing of ${name}`, "nosniff")
      : finding(
          "warn",
          `sniffing of ${name}`,
          "not said",
          "Where the host lets you, send X-Content-Type-Options: nosniff.",
        ),
  );

const secure: Check = (site) => {
  const {protocol, hostname} = new URL(site.home);
  if (protocol !== "https:")
    return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
      ? []
      : [finding("warn", "https", "not used", "Serve the site by https: a page of https shows no frame of http.")];
  return each(site, [...pages, "embed"], ({text}, name) => {
    const mixed = /<(?:script|img|iframe|source|link)\b[^>]*\s(?:src|href)=["']?(http:[^"'\s>]+)/.exec(
      text.replace(/<link rel="?canonical[^>]*>/g, ""),
    )?.[1];
    return mixed
      ? finding("fail", `https of ${name}`, `loads ${mixed}`, "Build again with SITE=https://…")
      : ok(`https of ${name}`, "loads nothing by http");
  });
};

const mapped: Check = (site) => {
  const {answers, home} = site;
  const places = [...(answers.pages?.text ?? "").matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, place]) => place!);
  const foreign = places.find((place) => !place.startsWith(home));
  const {origin, pathname} = new URL(home);
  return [
    ...each(site, ["pages"], () =>
      places.length > 0 && !foreign
        ? ok("sitemap", `${places.length} pages, all of this site`)
        : finding(
            "fail",
            "sitemap",
            foreign ? `names ${foreign}` : "names no page",
            `Build again with SITE=${origin} BASE=${pathname}.`,
          ),
    ),
    ...each(site, ["robots"], ({text}) => {
      if (/^Disallow:\s*\//m.test(text))
        return finding("fail", "robots.txt", "forbids pages", "Take the Disallow lines out.");
      if (!text.includes(`${home}sitemap-index.xml`))
        return finding(
          "warn",
          "robots.txt",
          "does not name this site’s sitemap",
          `Build again with SITE=${origin} BASE=${pathname}.`,
        );
      return pathname === "/"
        ? ok("robots.txt", "forbids nothing, names the sitemap")
        : ok("robots.txt", "good, but crawlers read it at the root of an origin only");
    }),
  ];
};

const checks: readonly Check[] = [
  answering,
  base,
  address,
  wrongAddress,
  slash,
  types,
  compressed,
  caching,
  shared,
  framing,
  careful,
  secure,
  mapped,
];

/** Everything that is to be said of a site, in the order of the checks. A site without a home page has one finding. */
export function examine(site: Site): Finding[] {
  return site.answers.home?.status === 200 ? checks.flatMap((check) => check(site)) : answering(site);
}
