import {posix} from "node:path";
import {type Declaration, declarationsOf} from "./declarations.ts";
import {publicName} from "./publicName.ts";

/** One file of the engine, as its page shows it. */
interface EngineFile {
  id: string;
  path: string;
  /** The name that a program imports it by. */
  specifier: string;
  about: string;
  entries: readonly (Declaration & {id: string})[];
}

/** The files of one folder of the engine, below one heading. */
export interface EngineGroup {
  id: string;
  name: string;
  /** The page that explains it: the engine's own, or the one on opening adapters. On one page they would be twice as much. */
  page: "engine" | "inspect";
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
/** The folders that only what opens adapters uses. */
const INSPECTING = /^(adapters\/inspect|adapters\/inspect\/families|analysis\/updates|kernels\/gram)$/;

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

/** A file as its page shows it. */
function fileOf(path: string, text: string): EngineFile {
  const name = publicName(path.replace("src/engine/", ""));
  const {about, declarations} = declarationsOf(path, text);
  const entries = declarations.map((one) => ({...one, id: `${name}.${one.name}`}));
  return {id: `${name}.ts`, path, specifier: `lora-live/engine/${name}`, about, entries};
}

/** The engine's files with what they export, folder by folder. Files without exports are left out. */
export function engineDocs(texts: ReadonlyMap<string, string> = engineSources): EngineGroup[] {
  const files = [...texts].map(([path, text]) => fileOf(path, text)).filter(({entries}) => entries.length > 0);
  const headingOf = ({path}: EngineFile) => headings[folderOf(path)] ?? FURTHER;
  return [...Object.values(headings), FURTHER].flatMap((name): EngineGroup[] => {
    const inGroup = files.filter((file) => headingOf(file) === name);
    if (inGroup.length === 0) return [];
    const page = INSPECTING.test(folderOf(inGroup[0]!.path)) ? "inspect" : "engine";
    return [{id: name.toLowerCase().replaceAll(" ", "-"), name, page, files: inGroup}];
  });
}
