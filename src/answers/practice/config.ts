/** What the texts to copy have in common. */

export interface Config {
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
