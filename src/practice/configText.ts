/** What the files to copy have in common. */

/** A file to copy or save. */
export interface ConfigFile {
  name: string;
  language: "python" | "yaml" | "sh";
  text: string;
  /** The same as a notebook, where it can run in one. */
  notebook?: string;
}

/** An option of a call with its value, as Python writes it. */
export type Option = readonly [name: string, value: string];

/** A call with its options, one a line, moved in by `indent` spaces. */
export function call(name: string, options: readonly Option[], indent = 0): string {
  const edge = " ".repeat(indent);
  return `${name}(\n${options.map(([option, value]) => `${edge}    ${option}=${value},\n`).join("")}${edge})`;
}

export const quoted = (text: string) => `"${text}"`;

/** What stands for the data until the reader names them. */
export const DATA_TO_NAME = "your/data";

/** The versions whose code read these files, as in content/practice/options.json, which a page need not load. */
export const VERSIONS = {
  peft: "0.20.0",
  trl: "1.9.0",
  transformers: "5.14.1",
  axolotl: "0.18.0",
  diffusers: "0.40.0",
} as const;

/** What pip has to install. */
export const installed = (names: readonly (keyof typeof VERSIONS)[], others: readonly string[] = []) =>
  `pip install ${[...names.map((name) => `${name}==${VERSIONS[name]}`), ...others].join(" ")}`;

/** Cells of Python as a notebook of format 4.4, the last that asks for no ids. */
export function notebook(cells: readonly string[]): string {
  const code = {cell_type: "code", metadata: {}, execution_count: null, outputs: []};
  const kernelspec = {name: "python3", display_name: "Python 3", language: "python"};
  const written = cells.map((cell) => ({...code, source: cell.trim().split(/(?<=\n)/)}));
  return `${JSON.stringify({cells: written, metadata: {kernelspec}, nbformat: 4, nbformat_minor: 4}, null, 1)}\n`;
}
