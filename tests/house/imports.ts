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
const urls = /new URL\(\s*["'](\.[^"']+)["']\s*,\s*import\.meta\.url/g;

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
const figures = /^src\/figures\//;
const frame = /^src\/frame\//;
const shell = /^src\/shell\//;
const markup = /^src\/markup\//;
const answers = /^src\/answers\//;
const shared = /^src\/widgets\/shared\/[^/]+\.ts$/;
const d3 = /^d3(-\w+)?$/;
const data = /^content\/.*\.(json|txt)$/;
const own = (path: string) => new RegExp(`^${path.split("/").slice(0, 3).join("/")}/`);

interface Room {
  name: string;
  holds: RegExp;
  /** What a file of the room may import to run; `types` are what it may name besides. */
  may: (path: string) => readonly RegExp[];
  types?: readonly RegExp[];
}

/** The dependency table of the house, first match wins. A room that is not listed may import anything. */
const rooms: readonly Room[] = [
  {name: "engine", holds: engine, may: () => [engine]},
  {name: "figures", holds: figures, may: () => [figures, d3], types: [engine]},
  {name: "markup", holds: markup, may: () => [markup, /^(?!src\/)/]},
  {
    name: "the embed dialog",
    holds: /^src\/shell\/take\/share\//,
    may: () => [shell, markup, /^src\/widgets\/registry\.ts$/, /^src\/styles\/dialog\.css$/],
  },
  {name: "prerender", holds: /^src\/shell\/figure\/prerender\.ts$/, may: () => [shell, figures, /^linkedom$/]},
  {
    name: "the shell",
    holds: shell,
    may: () => [shell, figures, d3, markup, /^src\/widgets\/(models|registry)\.ts$/, /^src\/styles\/copyable\.css$/],
    types: [engine],
  },
  {
    name: "what several widgets share",
    holds: shared,
    may: () => [shared, engine, figures, shell, data],
  },
  {
    name: "the registries",
    holds: /^src\/widgets\/(registry|models)\.ts$/,
    may: () => [shell, /^src\/widgets\/[^/]+\/(widget|model)\.ts$/],
  },
  {
    name: "how widgets start",
    holds: /^src\/widgets\/[^/]+\.ts$/,
    may: () => [shell, /^src\/widgets\/[^/]+\.ts$/],
  },
  {
    name: "a widget's model",
    holds: /^src\/widgets\/[^/]+\/model\.ts$/,
    may: (path) => [engine, own(path), shell, shared, data],
    types: [figures],
  },
  {
    name: "a widget's picture",
    holds: /^src\/widgets\/[^/]+\/widget\.ts$/,
    may: (path) => [figures, own(path), shell, shared],
    types: [engine],
  },
  {
    name: "a widget's figures",
    holds: /^src\/widgets\/[^/]+\/figures\//,
    may: (path) => [figures, d3, new RegExp(`^${posix.dirname(path)}/`)],
    types: [engine],
  },
  {
    name: "a widget",
    holds: /^src\/widgets\/[^/]+\/.+$/,
    may: (path) => [engine, figures, own(path), shell, shared, data],
  },
  {name: "answers", holds: answers, may: () => [answers, engine, shell, shared, data]},
  {name: "a frame's messages", holds: frame, may: () => [frame], types: [/^src\/shell\/loraWidget\.ts$/]},
  {name: "the service worker", holds: /^src\/offline\//, may: () => [/^src\/offline\//, /^workbox-/]},
  {
    name: "components",
    holds: /^src\/components\//,
    may: (path) => [
      /^src\/(components|widgets|shell|answers|markup|styles)\//,
      data,
      /^(astro|node):/,
      /^astro\//,
      ...(/^src\/components\/reference\//.test(path) ? [/^typescript$/] : []),
    ],
    types: [/^(?!src\/)/],
  },
  {name: "styles", holds: /^src\/styles\//, may: () => [/^src\/styles\//, /^\.astro\/fonts\//]},
  {name: "content", holds: /^content\//, may: () => []},
];

/** Rooms at the top of the house: what stands below them may not reach up. */
const upper = /^src\/(pages|layouts)\//;

/** What a file imports against the house's rules, one sentence each; none when it keeps them. */
export function violations(path: string, source: string): string[] {
  const room = rooms.find(({holds}) => holds.test(path));
  const found: string[] = [];
  const imports = importsOf(path, source);
  for (const {target, type} of imports) {
    if (/^[@~]\//.test(target)) found.push(`${path} imports ${target}: name the file, not an alias`);
    if (/^src\/.*\/[^.]+$/.test(target)) found.push(`${path} imports ${target}: write the file's ending`);
    if (upper.test(target) && !upper.test(path))
      found.push(`${path} imports ${target}: only pages and layouts know each other`);
    if (!room) continue;
    const allowed = [...room.may(path), ...(type ? (room.types ?? []) : [])];
    if (!allowed.some((one) => one.test(target))) {
      found.push(`${path} imports ${target}: ${room.name} may not${type ? "" : " run it"}`);
    }
  }
  if (/^\s*export\s+\*\s+from/m.test(source)) found.push(`${path} is a barrel: import the file itself`);
  const runs = imports.filter(({type}) => !type).map(({target}) => target);
  const inWidget = /^src\/widgets\/[^/]+\//.test(path);
  if (inWidget && runs.some((one) => engine.test(one)) && runs.some((one) => figures.test(one))) {
    found.push(`${path} computes and draws: keep engine and figures in two files`);
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
