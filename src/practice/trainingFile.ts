/** What the files to copy have in common: their type, Python calls, versions and notebooks. */

/** A file to copy or save. */
export interface TrainingFile {
  name: string;
  language: "python" | "yaml" | "sh";
  text: string;
  /** The same as a Jupyter notebook, if it can run in one. */
  notebook?: string;
}

/** An option of a call with its value, as Python writes it. */
export type Option = readonly [name: string, value: string];

/** A Python call with an option on each line, indented by `indent` spaces. */
export function pythonCall(name: string, options: readonly Option[], indent = 0): string {
  const edge = " ".repeat(indent);
  return `${name}(\n${options.map(([option, value]) => `${edge}    ${option}=${value},\n`).join("")}${edge})`;
}

export const quote = (text: string) => `"${text}"`;

/** In place of the data set until the reader names one. */
export const DATA_TO_NAME = "your/data";

/** The loader of datasets for a file, by its ending; undefined for the name of a data set. */
export function fileLoader(set: string): "json" | "parquet" | "csv" | undefined {
  const [, kind] = /\.(json|parquet|csv)l?(?:\.gz)?$/.exec(set) ?? [];
  return kind as "json" | "parquet" | "csv" | undefined;
}

/** The library versions that these files are for. content/practice/options.json has them too, but pages do not load it. */
export const VERSIONS = {
  peft: "0.20.0",
  trl: "1.9.0",
  transformers: "5.14.1",
  diffusers: "0.40.0",
} as const;

/** The pip command that installs libraries in these versions. */
export const pipInstall = (names: readonly (keyof typeof VERSIONS)[], others: readonly string[] = []) =>
  `pip install ${[...names.map((name) => `${name}==${VERSIONS[name]}`), ...others].join(" ")}`;

/** Python cells as a notebook of format 4.4, the last format without cell ids. */
export function notebook(cells: readonly string[]): string {
  const code = {cell_type: "code", metadata: {}, execution_count: null, outputs: []};
  const kernelspec = {name: "python3", display_name: "Python 3", language: "python"};
  const notebookCells = cells.map((cell) => ({...code, source: cell.trim().split(/(?<=\n)/)}));
  return `${JSON.stringify({cells: notebookCells, metadata: {kernelspec}, nbformat: 4, nbformat_minor: 4}, null, 1)}\n`;
}
