/** What the scripts share: Python calls, the versions of the libraries, and how they load the data. */

/** An option of a call with its value, as Python writes it. */
export type Option = readonly [name: string, value: string];

/** A Python call with an option on each line, indented by `indent` spaces. */
export function pythonCall(name: string, options: readonly Option[], indent = 0): string {
  const edge = " ".repeat(indent);
  return `${name}(\n${options.map(([option, value]) => `${edge}    ${option}=${value},\n`).join("")}${edge})`;
}

/** A text as Python writes it; it must not contain quotes. */
export const quote = (text: string): string => `"${text}"`;

/** Stands in the scripts for the data set until the reader names one. */
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
  axolotl: "0.18.0",
  diffusers: "0.40.0",
} as const;

/** The pip command that installs libraries in these versions, and others in their newest. */
export const pipInstall = (names: readonly (keyof typeof VERSIONS)[], others: readonly string[] = []): string =>
  `pip install ${[...names.map((name) => `${name}==${VERSIONS[name]}`), ...others].join(" ")}`;
