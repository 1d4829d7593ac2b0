/** How sentences show untrusted names, large counts and lists: short, on one line. */

const MAX_NAME_LENGTH = 100;

/** A plain and short name as it is; any other in quotes, escaped and cut after 100 characters. */
export function shown(name: string): string {
  if (name.length <= MAX_NAME_LENGTH && /^[\w./:[\]-]+$/.test(name)) return name;
  return JSON.stringify(name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name);
}

/** 24576 → "24,576". */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "a", "a and b", "a, b and c"; empty for an empty list. */
export const listed = (all: readonly string[], and = "and"): string =>
  all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} ${and} ${all.at(-1)}`;
