import {posix} from "node:path";

export interface Import {
  /** The file from the project's root (`src/engine/linalg/svd.ts`), or the package's name. */
  target: string;
  /** Types only: gone before anything runs. */
  type: boolean;
}

const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const statics = /^\s*(?:import|export)\s+(type\s+)?(?:([^"'`;]*?)\sfrom\s*)?["']([^"']+)["']/gm;
const dynamics = /(typeof\s+)?\bimport\(\s*["'`]([^"'`]+)["'`]/g;
const urls = /new URL\(\s*["'](\.[^"']*\w[^"']*)["']\s*,\s*import\.meta\.url/g;

/** What runs of an Astro file: its front matter and its scripts. Other files are all code. */
const codeOf = (path: string, source: string) => {
  if (!path.endsWith(".astro")) return source;
  const front = /^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? "";
  const scripts = [...source.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, body]) => body);
  return [front, ...scripts].join("\n");
};

const onlyTypes = (names: string | undefined) =>
  names !== undefined && /^\{(\s*type\s[^,]*,?)+\s*\}$/.test(names.trim().replace(/\s+/g, " "));

/** Everything a file imports: statically, dynamically, and by `new URL(…, import.meta.url)`. */
export function importsOf(path: string, source: string): Import[] {
  const code = codeOf(path, source).replace(comments, "");
  const place = (specifier: string) => {
    const bare = specifier.split("?")[0] ?? specifier;
    return bare.startsWith(".") ? posix.join(posix.dirname(path), bare) : bare;
  };
  return [
    ...[...code.matchAll(statics)].map(([, type, names, from = ""]) => ({
      target: place(from),
      type: type !== undefined || onlyTypes(names),
    })),
    ...[...code.matchAll(dynamics)].map(([, type, from = ""]) => ({target: place(from), type: type !== undefined})),
    ...[...code.matchAll(urls)].map(([, from = ""]) => ({target: place(from), type: false})),
  ];
}

const engine = /^src\/engine\//;
const plot = /^src\/figure\/plot\//;
const figure = /^src\/figure\//;
const figures = /^src\/figures\//;
const registries = /^src\/figures\/(models|registry)\.ts$/;
const shared = /^src\/figures\/shared\/[^/]+\.ts$/;
const frame = /^src\/embed\/frame\//;
const layouts = /^src\/(pages|site\/layouts)\//;
const site = /^src\/site\/(?!layouts\/)/;
const book = /^src\/book\//;
const d3 = /^d3(-\w+)?$/;
const data = /^content\/.*\.(json|txt)$/;
const packages = /^(?!src\/|content\/)/;
const own = (path: string) => new RegExp(`^${path.split("/").slice(0, 3).join("/")}/`);

interface Room {
  name: string;
  holds: RegExp;
  /** What a file of the room may import to run; `types` are what it may name besides. */
  may: (path: string) => readonly RegExp[];
  types?: readonly RegExp[];
}

/**
 * The dependency table of the house, first match wins: engine ← figure ← figures ← site ← book ← lab, practice, inspect, embed ←
 * layouts and pages. A room that is not listed may import anything.
 */
const rooms: readonly Room[] = [
  {name: "engine", holds: engine, may: () => [engine]},
  {name: "plot", holds: plot, may: () => [plot, d3], types: [engine]},
  {name: "prerender", holds: /^src\/figure\/live\/prerender\.ts$/, may: () => [figure, /^linkedom$/]},
  {name: "packages in a state", holds: /^src\/figure\/share\/scormWithState\.ts$/, may: () => [figure, /^fflate$/]},
  // A figure is loaded, and its model found, by its name.
  {name: "figure", holds: figure, may: () => [figure, d3, registries], types: [engine]},
  {name: "what several figures share", holds: shared, may: () => [shared, engine, figure, data]},
  {name: "the registries", holds: registries, may: () => [figure, /^src\/figures\/[^/]+\/(widget|model)\.ts$/]},
  {name: "how figures start", holds: /^src\/figures\/[^/]+\.ts$/, may: () => [figure, /^src\/figures\/[^/]+\.ts$/]},
  {
    name: "a figure's model",
    holds: /^src\/figures\/[^/]+\/model\.ts$/,
    may: (path) => [engine, own(path), /^src\/figure\/(?!plot\/)/, shared, data],
    types: [plot],
  },
  {
    name: "a figure's widget",
    holds: /^src\/figures\/[^/]+\/widget\.ts$/,
    may: (path) => [own(path), figure, shared],
    types: [engine],
  },
  {
    name: "a figure's drawing",
    holds: /^src\/figures\/[^/]+\/drawing\//,
    may: (path) => [plot, d3, new RegExp(`^${posix.dirname(path)}/`)],
    types: [engine],
  },
  {
    name: "a figure of the book",
    holds: /^src\/figures\/[^/]+\/.+$/,
    may: (path) => [
      engine,
      own(path),
      figure,
      shared,
      data,
      d3,
      // A run of the lab is taken home as an archive.
      ...(path.startsWith("src/figures/lab/takeHome/") ? [/^fflate$/] : []),
    ],
  },
  {name: "the service worker", holds: /^src\/site\/offline\/serviceWorker\.ts$/, may: () => [/^workbox-/]},
  {name: "site", holds: site, may: () => [site, figure, data, packages], types: [book]},
  {name: "book", holds: book, may: () => [book, site, figures, figure, engine, data, packages]},
  {name: "a frame's messages", holds: frame, may: () => [frame], types: [/^src\/figure\/loraWidget\.ts$/]},
  {
    name: "a feature",
    holds: /^src\/(lab|practice|inspect|embed)\//,
    may: (path) => [
      new RegExp(`^src/${path.split("/")[1]}/`),
      // The lab hands its adapter over to the inspector.
      ...(path.startsWith("src/lab/") ? [/^src\/inspect\/handOver\.ts$/] : []),
      ...[book, site, figures, figure, engine, data, packages],
    ],
  },
  {name: "content", holds: /^content\//, may: () => []},
];

/** What a file imports against the house's rules, one sentence each; none when it keeps them. */
export function violations(path: string, source: string): string[] {
  const room = rooms.find(({holds}) => holds.test(path));
  const found: string[] = [];
  const imports = importsOf(path, source);
  for (const {target, type} of imports) {
    if (/^[@~]\//.test(target)) found.push(`${path} imports ${target}: name the file, not an alias`);
    if (/^src\/.*\/[^.]+$/.test(target)) found.push(`${path} imports ${target}: write the file's ending`);
    if (layouts.test(target) && !layouts.test(path))
      found.push(`${path} imports ${target}: only pages and layouts know each other`);
    if (!room) continue;
    const allowed = [...room.may(path), ...(type ? (room.types ?? []) : [])];
    if (!allowed.some((one) => one.test(target))) {
      found.push(`${path} imports ${target}: ${room.name} may not${type ? "" : " run it"}`);
    }
  }
  if (/^\s*export\s+\*\s+from/m.test(source)) found.push(`${path} is a barrel: import the file itself`);
  const runs = imports.filter(({type}) => !type).map(({target}) => target);
  const inFigure = /^src\/figures\/[^/]+\//.test(path);
  if (inFigure && runs.some((one) => engine.test(one)) && runs.some((one) => plot.test(one))) {
    found.push(`${path} computes and draws: keep engine and plot in two files`);
  }
  return found;
}

/** The files that run when `path` does, itself first. `sources` maps every file of the house to its text. */
export function reachedFrom(path: string, sources: ReadonlyMap<string, string>): string[] {
  const reached = new Set([path]);
  for (const file of reached) {
    for (const {target, type} of importsOf(file, sources.get(file) ?? "")) if (!type) reached.add(target);
  }
  return [...reached];
}
