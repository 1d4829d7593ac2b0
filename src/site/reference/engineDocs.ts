import {posix} from "node:path";
import {type Declaration, declarationsOf, type FileDeclarations} from "./declarations.ts";
import {publicName} from "./publicName.ts";
import type {SignaturePiece} from "./signature.ts";

/** A run of text on the engine's page: plain, code, a link to where its name is explained, or a symbol. */
export interface TextRun {
  text: string;
  code?: boolean;
  to?: string;
  symbol?: string;
}

/** An export as the page shows it. */
interface Entry extends Pick<Declaration, "name" | "kind" | "line"> {
  id: string;
  signature: readonly TextRun[];
  /** Paragraphs of its doc comment. */
  doc: readonly (readonly TextRun[])[];
}

/** One file of the engine. */
export interface EngineFile {
  id: string;
  path: string;
  /** The name that a program imports it by. */
  specifier: string;
  about: readonly (readonly TextRun[])[];
  entries: readonly Entry[];
}

/** The page that explains a group: the engine's own, or the one on opening adapters. On one page they would be twice as much. */
type EnginePage = "engine" | "inspect";

/** The files of one folder of the engine, below one heading. */
export interface EngineGroup {
  id: string;
  name: string;
  page: EnginePage;
  files: readonly EngineFile[];
}

/** The headings of the engine's folders, in reading order. */
const headings: Readonly<Record<string, string>> = {
  linalg: "Linear algebra",
  lora: "LoRA",
  "lora/variants": "Variants",
  analysis: "Analysis",
  network: "Networks",
  "network/layers": "Layers",
  training: "Training",
  memory: "Memory and rounding",
  adapters: "Files",
  kernels: "Kernels",
  "adapters/inspect": "Opening adapters",
  "adapters/inspect/families": "Families of tensor names",
  "analysis/updates": "Updates by their Gram matrices",
  "kernels/gram": "Gram matrices",
};
/** The heading of files in other folders. */
const FURTHER = "Further files";

/** The folder of a file, below src/engine/. */
const folderOf = (path: string) => posix.dirname(path).replace(/^src\/engine\/?/, "");
/** The page that explains a file. */
const pageOf = (path: string): EnginePage =>
  /^(adapters\/inspect|adapters\/inspect\/families|analysis\/updates|kernels\/gram)$/.test(folderOf(path))
    ? "inspect"
    : "engine";

/** The path from each of the two pages to the other. */
const pathToOther: Readonly<Record<EnginePage, string>> = {engine: "../", inspect: "inspect/"};

const sources = import.meta.glob<string>(["../../engine/**/*.ts", "!../../engine/**/*.as.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The text of every file of the engine, by its path from the root. */
export const engineSources: ReadonlyMap<string, string> = new Map(
  Object.entries(sources)
    .map(([path, text]): [string, string] => [path.replace("../..", "src"), text])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

const nameOf = (path: string) => publicName(path.replace("src/engine/", ""));
const idOf = (path: string, name: string) => `${nameOf(path)}.${name}`;

/** Finds the anchors of names: first among a file's own exports and imports, then among names that only one file exports. */
function linker(files: readonly FileDeclarations[]) {
  const homes = new Map<string, string[]>();
  for (const {path, declarations} of files)
    for (const {name} of declarations) homes.set(name, [...(homes.get(name) ?? []), path]);
  const at = (file: FileDeclarations, path: string, name: string) => {
    if (!homes.get(name)?.includes(path)) return undefined;
    const page = pageOf(path);
    return `${page === pageOf(file.path) ? "" : pathToOther[page]}#${idOf(path, name)}`;
  };
  return {
    /** The anchor of a name in the code of this file. */
    inCode(file: FileDeclarations, name: string): string | undefined {
      const from = file.imported.get(name);
      return from ? at(file, from.path, from.name) : at(file, file.path, name);
    },
    /** The anchor of a name in a comment of this file. */
    inComment(file: FileDeclarations, name: string): string | undefined {
      const [only, ...others] = homes.get(name) ?? [];
      return this.inCode(file, name) ?? (only && others.length === 0 ? at(file, only, name) : undefined);
    },
  };
}

type Linker = ReturnType<typeof linker>;

/** The paragraphs of a comment. Text between backticks is code, and a link if it names an export. */
const paragraphs = (comment: string, file: FileDeclarations, link: Linker): TextRun[][] =>
  comment
    .split(/\n\s*\n/)
    .filter((text) => text !== "")
    .map((text) =>
      text
        .replaceAll("\n", " ")
        .split("`")
        .map((run, i): TextRun => (i % 2 ? {text: run, code: true, to: link.inComment(file, run)} : {text: run}))
        .filter((run) => run.text !== ""),
    );

/** A file as the page shows it. */
function fileOf(file: FileDeclarations, link: Linker): EngineFile {
  const {path, about, declarations} = file;
  const run = ({type, ...piece}: SignaturePiece): TextRun => (type ? {...piece, to: link.inCode(file, type)} : piece);
  return {
    id: `${nameOf(path)}.ts`,
    path,
    specifier: `lora-live/engine/${nameOf(path)}`,
    about: paragraphs(about, file, link),
    entries: declarations.map(({name, kind, line, signature, doc}) => ({
      name,
      kind,
      line,
      id: idOf(path, name),
      signature: signature.map(run),
      doc: paragraphs(doc, file, link),
    })),
  };
}

/** The engine's files with what they export, folder by folder. */
export function engineDocs(texts: ReadonlyMap<string, string> = engineSources): EngineGroup[] {
  const files = [...texts]
    .map(([path, text]) => declarationsOf(path, text))
    .filter(({declarations}) => declarations.length);
  const link = linker(files);
  const headingOf = ({path}: FileDeclarations) => headings[folderOf(path)] ?? FURTHER;
  return [...Object.values(headings), FURTHER].flatMap((name) => {
    const inGroup = files.filter((file) => headingOf(file) === name);
    if (inGroup.length === 0) return [];
    const [{path}] = inGroup as [FileDeclarations];
    const id = name.toLowerCase().replaceAll(" ", "-");
    return [{id, name, page: pageOf(path), files: inGroup.map((file) => fileOf(file, link))}];
  });
}
