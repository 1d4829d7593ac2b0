/** How untrusted names and large counts stand in an error's sentence: short, on one line. */

const LONGEST = 100;

/** A name as it is when it is plain and short; else in quotes, escaped, cut after 100 characters. */
export function shown(name: string): string {
  if (name.length <= LONGEST && /^[\w./:-]+$/.test(name)) return name;
  return JSON.stringify(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);
}

/** 24576 → "24,576". */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
