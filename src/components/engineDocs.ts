import {type Declaration, type Declared, declared} from "../build/declarations.ts";
import type {Piece} from "../build/signature.ts";

/** A run of text on the engine's page: plain or code, perhaps a link to where its name is explained, perhaps a symbol. */
export interface Run {
  text: string;
  code?: boolean;
  to?: string;
  symbol?: string;
}

/** An export as the page shows it. */
interface Entry extends Pick<Declaration, "name" | "kind" | "line"> {
  id: string;
  signature: readonly Run[];
  /** Paragraphs of its doc comment. */
  doc: readonly (readonly Run[])[];
}

/** One file of the engine. */
export interface EngineFile {
  id: string;
  path: string;
  /** What a program imports it as. */
  specifier: string;
  about: readonly (readonly Run[])[];
  entries: readonly Entry[];
}

export interface EngineGroup {
  id: string;
  name: string;
  files: readonly EngineFile[];
}

/** Files in the order in which they are best read; a name with a slash at its end is a folder. */
const shelves: Readonly<Record<string, readonly string[]>> = {
  Matrices: ["matrix", "outer", "parameters", "exponent", "elementary"],
  Random: ["random"],
  Decompositions: ["svd", "bidiagonal", "diagonalize", "turns", "qr", "reflect", "lowrank", "truncate", "spectrum"],
  LoRA: ["lora", "loras", "counts"],
  Variants: ["variants/"],
  Analysis: ["subspace", "chance", "baselines", "intruders"],
  Layers: ["layers/"],
  Networks: [
    "transformer",
    "architecture",
    "block",
    "attachment",
    "adapters",
    "prefix",
    "rivals",
    "teacher",
    "fullStudent",
    "floor",
    "mlp",
  ],
  Training: [
    "train",
    "optimizer",
    "schedule",
    "finetune",
    "directions",
    "tasks",
    "words",
    "sampling",
    "wordLesson",
    "pretraining",
    "adaptation",
    "trials",
  ],
  Memory: ["memory", "methods", "models"],
  Rounding: ["rounding", "levels", "float16", "nf4"],
  Files: [
    "safetensors",
    "safetensorsWriter",
    "base",
    "ownBase",
    "peft",
    "peftWriter",
    "peftConfig",
    "peftNames",
    "peftVariants",
    "dtype",
    "base64",
  ],
  "Reading files": ["json", "pattern", "foreign", "wording"],
  Kernels: ["kernels/"],
};
const rest = "Further rooms";

const sources = import.meta.glob<string>(["../engine/**/*.ts", "!../engine/**/*.as.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Every file of the engine by its path from the root, as text: nothing of it is run here. */
export const engineSources: ReadonlyMap<string, string> = new Map(
  Object.entries(sources)
    .map(([path, text]): [string, string] => [path.replace("..", "src"), text])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

const nameOf = (path: string) => path.replace(/^src\/engine\/|\.ts$/g, "");
const idOf = (path: string, name: string) => `${nameOf(path)}.${name}`;

/** Where names are explained. A file's own exports and imports come first, then a name that only one file exports. */
function linker(files: readonly Declared[]) {
  const homes = new Map<string, string[]>();
  for (const {path, declarations} of files)
    for (const {name} of declarations) homes.set(name, [...(homes.get(name) ?? []), path]);
  const at = (path: string, name: string) => (homes.get(name)?.includes(path) ? `#${idOf(path, name)}` : undefined);
  return {
    /** What `name` means to the code of this file. */
    inCode({path, imported}: Declared, name: string): string | undefined {
      const from = imported.get(name);
      return from ? at(from.path, from.name) : at(path, name);
    },
    /** What a comment of this file means by `name`. */
    inComment(file: Declared, name: string): string | undefined {
      const [only, ...others] = homes.get(name) ?? [];
      return this.inCode(file, name) ?? (only && others.length === 0 ? at(only, name) : undefined);
    },
  };
}

type Linker = ReturnType<typeof linker>;

/** The paragraphs of a comment; what stands between backticks is code, and a link where it names an export. */
const paragraphs = (comment: string, file: Declared, link: Linker): Run[][] =>
  comment
    .split(/\n\s*\n/)
    .filter((text) => text !== "")
    .map((text) =>
      text
        .replaceAll("\n", " ")
        .split("`")
        .map((run, i): Run => (i % 2 ? {text: run, code: true, to: link.inComment(file, run)} : {text: run}))
        .filter((run) => run.text !== ""),
    );

function fileOf(file: Declared, link: Linker): EngineFile {
  const {path, about, declarations} = file;
  const run = ({type, ...piece}: Piece): Run => (type ? {...piece, to: link.inCode(file, type)} : piece);
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

/** The engine's files with what they export, shelf by shelf; a file that stands on no shelf comes at the end. */
export function engineDocs(texts: ReadonlyMap<string, string> = engineSources): EngineGroup[] {
  const files = [...texts].map(([path, text]) => declared(path, text)).filter(({declarations}) => declarations.length);
  const link = linker(files);
  const left = new Set(files);
  const take = (holds: (name: string) => boolean) => {
    const taken = [...left].filter(({path}) => holds(nameOf(path)));
    for (const file of taken) left.delete(file);
    return taken.map((file) => fileOf(file, link));
  };
  const onShelf = (place: string) => (name: string) => (place.endsWith("/") ? name.startsWith(place) : name === place);
  const groups = Object.entries(shelves).map(([name, places]) => ({
    name,
    files: places.flatMap((place) => take(onShelf(place))),
  }));
  return [...groups, {name: rest, files: take(() => true)}]
    .filter((group) => group.files.length)
    .map((group) => ({id: group.name.toLowerCase().replaceAll(" ", "-"), ...group}));
}
