/** A value that a page and its worker can exchange as JSON text. */
export type JsonValue = number | string | boolean | null | readonly JsonValue[];

/** Two numbers this close count as equal, because the order of additions changes the last digits. */
const TOLERANCE = 1e-9;

/** The most values in a result, lists included, and how deep they may be nested. */
const [MAX_VALUES, MAX_DEPTH] = [2000, 6];

/** Whether a result is no larger than the harness would send. A program may forge a larger one. */
export const isSendable = (value: JsonValue, room = {left: MAX_VALUES}, depth = 0): boolean =>
  --room.left >= 0 &&
  depth <= MAX_DEPTH &&
  (isList(value)
    ? value.every((one) => isSendable(one, room, depth + 1))
    : value === null || typeof value !== "object");

// A program may have sent anything.
const isList = (x: JsonValue): x is readonly JsonValue[] => Array.isArray(x);

/** Whether a result is the expected one: the same shape, numbers within 1e-9 of a size of at least 1, the rest equal. */
export function isSame(got: JsonValue, expected: JsonValue): boolean {
  if (typeof expected === "number")
    return typeof got === "number" && Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  if (!isList(expected)) return got === expected;
  return isList(got) && got.length === expected.length && expected.every((one, i) => isSame(got[i]!, one));
}

/** A value as Python writes it, with numbers to six digits, shortened if long: "[[1, 2], [3, 4]]". */
export function pythonText(value: JsonValue, maxLength = 160): string {
  const text = pythonValue(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)} …` : text;
}

/** A value as Python writes it, whole. */
function pythonValue(value: JsonValue): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return isList(value) ? `[${value.map(pythonValue).join(", ")}]` : value;
}
