import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {runInNewContext} from "node:vm";
import {parse as parseJsonc} from "jsonc-parser";
import {parse as parseToml} from "smol-toml";
import {describe, expect, test} from "vitest";
import {caches, type HeaderValues, headersFile, headersFor, openFile} from "../../../src/site/hosting/headers.ts";

const root = new URL("../../..", import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, "deploy", file), "utf8");

/** A file of each kind, below the site's root. */
const files = [
  ...["", "404.html", "feed.xml", "chapters/low-rank/", "widgets/rank/", "widgets/rank/index.html", "lab/"],
  ...["_astro/Page.x.css", "js/v1/lora-widget.js", "js/v1/embed/rank.js", "oembed/rank.json", "og/site.png"],
  ...[
    "embed/rank/",
    "embed/rank/index.html",
    "download/rank.html",
    "anki/lora-live.apkg",
    "licenses/",
    "licenses/fonts.txt",
  ],
];
/** The files and folders in the root of a built site. */
const names = [
  ...["404.html", "chapters", "embed", "feed.xml", "index.html", "js", "lab", "og", "oembed", "widgets"],
  ...["_astro", "_headers", "anki", "download", "licenses"],
];
const csp = "Content-Security-Policy";

/** The headers that a host with `_headers` sends: those of every rule that matches. */
function netlify(file: string, path: string): HeaderValues {
  const rules = file
    .trim()
    .split("\n\n")
    .map((rule) => rule.split("\n"));
  const sent: Record<string, string> = {};
  for (const [pattern = "", ...lines] of rules) {
    const matches = pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    if (!matches) continue;
    for (const line of lines) {
      const [, name = "", value = ""] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
      expect(sent[name], `${path}: ${name} by two rules`).toBeUndefined();
      sent[name] = value;
    }
  }
  return sent;
}

/** The headers that nginx sends, from the `map $uri $name {…}` blocks and the `add_header` lines outside of locations. */
function nginx(conf: string, path: string, status = 200): HeaderValues {
  const maps = [...conf.matchAll(/^map \$(uri|status) \$(\w+) \{\n([\s\S]*?)^\}/gm)].map(
    ([, key, name = "", body = ""]) => {
      const lines = body
        .trim()
        .split("\n")
        .map((line) => /^\s*(\S+)\s+(".*"|\$\w+);$/.exec(line)!.slice(1) as [string, string]);
      const given = key === "uri" ? path : String(status);
      const hit = lines.find(([pattern]) => pattern.startsWith("~") && new RegExp(pattern.slice(1)).test(given));
      return [name, (hit ?? lines.find(([pattern]) => pattern === "default"))![1]] as const;
    },
  );
  const value = (raw: string): string =>
    raw.startsWith("$") ? value(new Map(maps).get(raw.slice(1))!) : raw.slice(1, -1);
  const added = [...conf.matchAll(/^ {2}add_header (\S+) (.+) always;$/gm)].map(([, name, raw]) => [name, value(raw!)]);
  return Object.fromEntries(added.filter(([, sent]) => sent !== ""));
}

describe("the one table of headers", () => {
  test("lets anybody frame embeds and only the site its pages, without X-Frame-Options", () => {
    for (const file of files) expect(headersFor(file)).not.toHaveProperty("X-Frame-Options");
    for (const file of ["embed/rank/", "download/rank.html"]) expect(headersFor(file)[csp]).toBeUndefined();
    expect(headersFor("chapters/low-rank/")[csp]).toMatch(/^frame-ancestors 'self';/);
  });

  test("allows long caching only for files with a hash in their names", () => {
    expect(headersFor("_astro/Page.x.css")["Cache-Control"]).toMatch(/immutable/);
    for (const file of files.filter((one) => !one.startsWith("_astro/")))
      expect(headersFor(file)["Cache-Control"]).toMatch(/^(no-cache|public, max-age=600)$/);
  });
});

describe.each(["/", "/a/b/"])("_headers under %s", (base) => {
  const made = headersFile(names, base);

  test.each(files)("sends the headers of the table with /%s", (file) => {
    const {"Cache-Control": cache, ...expected} = headersFor(file);
    const {"Cache-Control": sent, ...others} = netlify(made, base + file);
    // Both hosts send by themselves what has the effect of "no-cache".
    expect(sent).toBe(cache === "no-cache" ? undefined : cache);
    expect(others).toEqual(expected);
  });

  test("allows other origins to load the list of widgets, which is in a folder of pages", () => {
    expect(netlify(made, base + openFile)["Access-Control-Allow-Origin"]).toBe("*");
  });

  test("is within the limits of Cloudflare", () => {
    expect(made.match(/^\S/gm)?.length).toBeLessThanOrEqual(100);
    expect(Math.max(...made.split("\n").map((line) => line.length))).toBeLessThanOrEqual(2000);
  });
});

describe("nginx.conf", () => {
  const conf = read("nginx.conf");

  test("lets no browser remember for a year that a file is missing", () => {
    expect(nginx(conf, "/_astro/Page.x.css", 404)["Cache-Control"]).toBe("no-cache");
  });

  test("closes every brace, knows all endings, compresses, and adds no header in a location", () => {
    expect(conf.match(/\{/g)?.length).toBe(conf.match(/\}/g)?.length);
    for (const ending of ["mjs", "webmanifest", "csv", "bib", "imscc"])
      expect(conf).toMatch(new RegExp(`^ {4}\\S+/\\S+ .*\\b${ending}\\b.*;$`, "m"));
    expect(conf).toMatch(/gzip on;/);
    expect(/location[^}]*\}/.exec(conf)?.[0]).not.toContain("add_header");
  });
});

/** The headers that Apache sends: `SetEnvIf Request_URI` names paths, and the last matching `Header` line of a name counts. */
function apache(conf: string, path: string): HeaderValues {
  const marks = [...conf.matchAll(/^SetEnvIf Request_URI "(.+)" (\w+)$/gm)]
    .filter(([, pattern]) => new RegExp(pattern!).test(path))
    .map(([, , mark]) => mark!);
  const lines = [...conf.matchAll(/^Header always set (\S+) "([^"]+)"(?: env=(!?)(\w+))?$/gm)];
  const matching = lines.filter(([, , , not, mark]) => mark === undefined || marks.includes(mark) !== (not === "!"));
  return Object.fromEntries(matching.map(([, name, value]) => [name, value]));
}

describe("htaccess", () => {
  const conf = read("htaccess");

  test("lets no browser remember for a year that a file is missing", () => {
    const lines = conf.match(/^Header always set Cache-Control .*$/gm)!;
    expect(lines.at(-1)).toBe('Header always set Cache-Control "no-cache" "expr=%{REQUEST_STATUS} -ge 400"');
  });

  test("has no line that this test cannot read, knows all endings, and compresses", () => {
    expect(
      conf.match(/^(Header always set \S+ "[^"]+"( env=!?\w+| "expr=[^"]+")?|SetEnvIf Request_URI "[^"]+" \w+)$/gm),
    ).toHaveLength(conf.match(/^(Header|SetEnvIf)/gm)!.length);
    for (const ending of ["mjs", "webmanifest", "csv", "bib", "imscc"])
      expect(conf).toMatch(new RegExp(`^AddType \\S+/\\S+ .*\\.${ending}\\b`, "m"));
    expect(conf).toMatch(/^AddOutputFilterByType DEFLATE .*text\/javascript/m);
  });
});

/**
 * The headers that Caddy sends, from the lines of the route: each may name a matcher, `@x path_regexp …`, `@x not path_regexp …`
 * or a block of both, and the last matching line of a name counts.
 */
function caddy(conf: string, path: string): HeaderValues {
  const lines = [...conf.matchAll(/^\t@(\w+) (?:\{\n([\s\S]*?)^\t\}|(.+))$/gm)];
  const matches = (line: string) => {
    const [, not, pattern] = /^(not )?path_regexp (\S+)$/.exec(line.trim()) ?? [];
    return pattern !== undefined && new RegExp(pattern).test(path) !== (not !== undefined);
  };
  const marks = lines
    .filter(([, , block, line]) => (line === undefined ? block!.trim().split("\n") : [line]).every(matches))
    .map(([, mark]) => mark);
  const [, route = ""] = /^\troute \{\n([\s\S]*?)^\t\}/m.exec(conf)!;
  const sent = [...route.matchAll(/^\t\theader (?:@(\w+) )?(\S+) "([^"]+)"$/gm)].filter(
    ([, mark]) => mark === undefined || marks.includes(mark),
  );
  return Object.fromEntries(sent.map(([, , name, value]) => [name, value]));
}

describe("Caddyfile", () => {
  const conf = read("Caddyfile");

  test("lets no browser remember for a year that a file is missing, and shows our page for it", () => {
    const [, errors] = /^\thandle_errors \{\n([\s\S]*?)^\t\}/m.exec(conf)!;
    expect(errors).toContain('header Cache-Control "no-cache"');
    expect(errors).toMatch(/rewrite \* \/404\.html\n\t\tfile_server\n$/);
  });

  test("has no line that this test cannot read, knows all endings, and compresses", () => {
    const [, route = ""] = /^\troute \{\n([\s\S]*?)^\t\}/m.exec(conf)!;
    for (const line of route.trim().split("\n")) expect(line.trim()).toMatch(/^header (@\w+ )?[\w-]+ "[^"]+"$/);
    // The lines outside of a route are sorted by Caddy, so only those for types may set a header there.
    expect(conf.match(/^\theader @\w+ \S+/gm)?.every((line) => line.endsWith(" Content-Type"))).toBe(true);
    for (const ending of ["mjs", "webmanifest", "csv", "bib", "apkg", "imscc"]) {
      const [, mark] = new RegExp(`^\\t@(\\w+) path .*\\*\\.${ending}\\b`, "m").exec(conf)!;
      expect(conf).toMatch(new RegExp(`^\\theader @${mark} Content-Type "`, "m"));
    }
    expect(conf).toMatch(/^\tencode .*gzip/m);
  });
});

describe.each([
  ["nginx.conf", nginx],
  ["htaccess", apache],
  ["Caddyfile", caddy],
] as const)("%s", (name, sent) => {
  const conf = read(name);

  test.each([...files, openFile])("sends the headers of the table with /%s, under a base too", (file) => {
    for (const base of ["/", "/a/b/"]) expect(sent(conf, base + file)).toEqual(headersFor(file));
  });
});

describe("CloudFront", () => {
  interface Policy {
    Comment: string;
    SecurityHeadersConfig: {
      ContentTypeOptions?: object;
      ReferrerPolicy: {ReferrerPolicy: string};
      ContentSecurityPolicy?: {ContentSecurityPolicy: string};
    };
    CustomHeadersConfig?: {Quantity: number; Items: {Header: string; Value: string}[]};
  }
  const policies = ["hashed", "open", "embed", "files", "pages"].map(
    (name): Policy => JSON.parse(read(`cloudfront/${name}.json`)),
  );
  const sent = ({SecurityHeadersConfig: safe, CustomHeadersConfig: own}: Policy): HeaderValues => ({
    ...(safe.ContentTypeOptions && {"X-Content-Type-Options": "nosniff"}),
    "Referrer-Policy": safe.ReferrerPolicy.ReferrerPolicy,
    ...(safe.ContentSecurityPolicy && {[csp]: safe.ContentSecurityPolicy.ContentSecurityPolicy}),
    ...Object.fromEntries((own?.Items ?? []).map(({Header, Value}) => [Header, Value])),
  });
  const behaviors = policies.map((policy) => ({
    patterns: [...policy.Comment.matchAll(/\/[\w./*-]+/g)].map(([pattern]) => pattern),
    policy,
  }));

  test.each([...files, openFile])(
    "sends the headers of the table with /%s, except for the caching that S3 stores",
    (file) => {
      const matches = (pattern: string) =>
        pattern.endsWith("*") ? `/${file}`.startsWith(pattern.slice(0, -1)) : `/${file}` === pattern;
      const {policy} = behaviors.find(({patterns}) => patterns.some(matches)) ?? behaviors.at(-1)!;
      const {"Cache-Control": _, ...expected} = headersFor(file);
      expect(sent(policy)).toEqual(expected);
    },
  );

  test("has correct counts of headers, and the upload sets the table's caching", () => {
    for (const {CustomHeadersConfig: own} of policies) if (own) expect(own.Quantity).toBe(own.Items.length);
    const script = read("cloudfront/sync.sh");
    for (const [folder, cache] of Object.entries(caches))
      expect(script).toContain(`put --include "${folder}/*" --cache-control "${cache}"`);
    expect(script).toMatch(/sync dist "\$site" --delete .*--cache-control "no-cache"/);
  });

  interface Request {
    uri: string;
    querystring: Record<string, {value: string; multiValue?: {value: string}[]}>;
  }
  const handler = runInNewContext(`${read("cloudfront/index-documents.js")};handler`) as (event: {
    request: Request;
  }) => {
    uri?: string;
    statusCode?: number;
    headers?: {location: {value: string}};
  };
  const answer = (uri: string, querystring: Request["querystring"] = {}) => {
    const {uri: to, statusCode, headers} = handler({request: {uri, querystring}});
    return statusCode === undefined ? to : `${statusCode} ${headers?.location.value}`;
  };

  test.each([
    ["/", "/index.html"],
    ["/chapters/low-rank/", "/chapters/low-rank/index.html"],
    ["/chapters/low-rank", "301 /chapters/low-rank/"],
    ["/js/v1/lora-widget.js", "/js/v1/lora-widget.js"],
    ["/a.b/c", "301 /a.b/c/"],
  ])("answers %s with %s", (uri, expected) => expect(answer(uri)).toBe(expected));

  test("keeps the query when it adds a slash", () => {
    const r = {value: "8"};
    const lock = {value: "a", multiValue: [{value: "a"}, {value: "b%20c"}]};
    expect(answer("/embed/rank", {r, lock, x: {value: ""}})).toBe("301 /embed/rank/?r=8&lock=a&lock=b%20c&x");
  });
});

describe("the other hosts' files", () => {
  const node = readFileSync(join(root, ".nvmrc"), "utf8").trim();
  const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;

  test("Netlify builds the site with our Node", () => {
    const {build} = parseToml(read("netlify.toml")) as {build: {command: string; publish: string; environment: object}};
    expect(build).toEqual({
      command: "SITE=$URL npm run build",
      publish: "dist",
      environment: {NODE_VERSION: node},
    });
    expect(scripts.build).toBeDefined();
  });

  test("Cloudflare serves the folder, adds slashes and shows our page for wrong addresses", () => {
    const errors: object[] = [];
    const config = parseJsonc(read("wrangler.jsonc"), errors as never);
    expect(errors).toEqual([]);
    expect(config.assets).toEqual({
      directory: "./dist",
      html_handling: "force-trailing-slash",
      not_found_handling: "404-page",
    });
  });

  test("GitHub's workflow gets SITE and BASE from Pages, and uses our Node", () => {
    const flow = read("github-pages.yml");
    expect(flow).toMatch(/SITE: \$\{\{ steps\.pages\.outputs\.origin \}\}/);
    expect(flow).toMatch(/BASE: \$\{\{ steps\.pages\.outputs\.base_path \}\}\/$/m);
    expect(flow).toMatch(/node-version-file: \.nvmrc/);
    expect(flow).not.toMatch(/\t/);
  });

  test("the image is built in two stages, from existing files, and does not run as root", () => {
    const lines = read("Dockerfile").split("\n");
    const from = lines.filter((line) => line.startsWith("FROM"));
    expect(from).toEqual([`FROM node:${node}-alpine AS build`, "FROM nginxinc/nginx-unprivileged:stable-alpine"]);
    const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(" ") ?? []);
    for (const file of copied.filter((one) => one !== "."))
      expect(readdirSync(join(root, file, "..")), file).toContain(file.split("/").at(-1));
    expect(lines.some((line) => /^USER root/.test(line))).toBe(false);
  });

  test("the README links every host's page", () => {
    const pages = readdirSync(join(root, "deploy")).filter((file) => file.endsWith(".md") && file !== "README.md");
    const linked = [...read("README.md").matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, file]) => file);
    expect([...new Set(linked)].sort()).toEqual(pages.sort());
  });
});
