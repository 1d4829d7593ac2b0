/** What the texts to copy have in common. */

export interface ConfigFile {
  name: string;
  language: "python" | "yaml" | "sh";
  text: string;
}

/** An option of a call with its value, as Python writes it. */
export type Option = readonly [name: string, value: string];

/** A call with its options, one a line. */
export const call = (name: string, options: readonly Option[]) =>
  `${name}(\n${options.map(([option, value]) => `    ${option}=${value},\n`).join("")})`;

export const quoted = (text: string) => `"${text}"`;

/** The versions whose code read these texts, as in content/practice/options.json, which a page need not load. */
export const VERSIONS = {
  peft: "0.20.0",
  trl: "1.9.0",
  transformers: "5.14.1",
  axolotl: "0.18.0",
  diffusers: "0.40.0",
} as const;

/** What has to be installed, as a line for pip. */
export const installed = (names: readonly (keyof typeof VERSIONS)[], others: readonly string[] = []) =>
  `# pip install ${[...names.map((name) => `${name}==${VERSIONS[name]}`), ...others].join(" ")}`;
