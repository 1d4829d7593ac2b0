/** What a question's number is of: the unit shown beside its field, or the things that it counts. */
export interface Asked {
  unit?: string | undefined;
  counts?: string | undefined;
}

/** What the text after a number makes of it: times a power of ten and one of 1,024; or why it cannot be taken. */
export type Scale = {ten: number; binary: number; isSized: boolean; problem?: undefined} | {problem: string};

/** Sizes in words or letters. "m" is none: it might be milli. */
const SIZES: readonly (readonly [size: RegExp, ten: number])[] = [
  [/^thousands?/i, 3],
  [/^millions?/i, 6],
  [/^(?:billions?|bn)/i, 9],
  [/^trillions?/i, 12],
  [/^[kK]/, 3],
  [/^M/, 6],
  [/^[GBb]/, 9],
  [/^T/, 12],
];

const PERCENT = /^(?:%|percent|pct)$/i;
/** "times fewer" and "-fold" too. */
const TIMES = /^(?:[×x]|(?:times|-?fold)[a-z]*)$/i;
/** "Gb" is gigabits. "gb", all small, is how people type gigabytes. */
const BITS = /^[KMGTP]?i?b$|bits?$/;
const BYTES = /^(?:([kmgtp]?)(i?)(?:b|bytes?)|([kmgtp])(?:ilo|ega|iga|era|eta)bytes?|([kmgtp])(?:i|e)bibytes?)$/i;
const NUMBERS = /^(?:trained|trainable)?(?:numbers?|parameters?|params?|weights?|entry|entries|values?)$/i;
const THINGS: Readonly<Record<string, RegExp>> = {numbers: NUMBERS, parameters: NUMBERS, ranks: /^ranks?$/i};

/** A size in bytes as powers, the way the pages count: 1 GB is 10⁹ bytes, 1 GiB is 1,024³. */
function bytes(unit: string): {ten: number; binary: number} | undefined {
  const [found, letter = "", i, word, binaryWord] = (!BITS.test(unit) && BYTES.exec(unit)) || [];
  if (found === undefined) return undefined;
  const power = " kmgtp".indexOf((letter || word || binaryWord || " ").toLowerCase());
  return i || binaryWord ? {ten: 0, binary: power} : {ten: 3 * power, binary: 0};
}

/** A unit that is taken where that is asked for, as powers that lead to what is asked for. */
function own(unit: string, {unit: due = "", counts}: Asked): {ten: number; binary: number} | undefined {
  const same = {ten: 0, binary: 0};
  if (unit === "" || unit === due.replace(/\s/g, "")) return same;
  const [one, asked] = [bytes(unit), bytes(due)];
  if (one && asked) return {ten: one.ten - asked.ten, binary: one.binary - asked.binary};
  if (counts !== undefined) return THINGS[counts]?.test(unit) ? same : undefined;
  const isNumber = due === "" || TIMES.test(due);
  if (PERCENT.test(unit)) return isNumber ? {ten: -2, binary: 0} : PERCENT.test(due) ? same : undefined;
  return isNumber && TIMES.test(unit) ? same : undefined;
}

/** What a unit is that is not taken. */
function kind(unit: string): string | undefined {
  if (bytes(unit)) return "is a size in bytes";
  if (BITS.test(unit)) return "is in bits";
  if (PERCENT.test(unit)) return "is a percentage";
  if (TIMES.test(unit)) return "is a number of times";
  return NUMBERS.test(unit) ? "is a count" : undefined;
}

/** What is due, with an example. */
export function dueText({unit = "", counts}: Asked): string {
  if (counts !== undefined) return `a count of ${counts}, such as 1,234 or 1.2 million`;
  if (unit === "") return "a plain number, such as 1,234 or 0.25";
  if (bytes(unit)) return `a size in ${unit}, such as 12 GB or 1.2 TB`;
  if (PERCENT.test(unit)) return "a percentage, such as 12%";
  return TIMES.test(unit) ? "a number of times, such as 12×" : `a number in ${unit}`;
}

/** Reads what stands after a number, without spaces: "TB", "%", "M", "million parameters". Nothing is guessed. */
export function typedUnit(text: string, asked: Asked): Scale {
  const whole = own(text, asked);
  if (whole) return {...whole, isSized: whole.binary !== 0 || (whole.ten !== 0 && bytes(text) !== undefined)};
  const [size, more] = SIZES.find(([one]) => one.test(text)) ?? [/^/, 0];
  const unit = text.replace(size, "");
  // Of how many bytes each "385 million" would be is not known.
  if (unit === "" && bytes(asked.unit ?? "")) return {problem: "does not say of what"};
  const rest = own(unit, asked);
  if (rest) return {ten: rest.ten + more, binary: rest.binary, isSized: true};
  return {problem: kind(text) ?? kind(unit) ?? "has an unknown unit"};
}
