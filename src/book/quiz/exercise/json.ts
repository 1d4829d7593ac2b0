/** A value that a page and its worker can exchange as JSON text. */
export type JsonValue = number | string | boolean | null | readonly JsonValue[];

/** Two numbers this close count as equal, because the order of additions changes the last digits. */
const NEAR = 1e-9;

/** The most values in a result, lists included, and how deep they may be nested. */
const [VALUES, DEPTH] = [2000, 6];

/** Whether a result is no larger than the harness would send. A program may forge a larger one. */
export const isSendable = (value: JsonValue, room = {left: VALUES}, depth = 0): boolean =>
  --room.left >= 0 &&
  depth <= DEPTH &&
  (isList(value)
    ? value.every((one) => isSendable(one, room, depth + 1))
    : value === null || typeof value !== "object");

// A program may have sent anything.
const isList = (x: JsonValue): x is readonly JsonValue[] => Array.isArray(x);

/** Whether a result is the expected one: the same shape, numbers within 1e-9 of a size of at least 1, the rest equal. */
export function same(got: JsonValue, due: JsonValue): boolean {
  if (typeof due === "number")
    return typeof got === "number" && Math.abs(got - due) <= NEAR * Math.max(1, Math.abs(due));
  if (!isList(due)) return got === due;
  return isList(got) && got.length === due.length && due.every((one, i) => same(got[i]!, one));
}

/** A value as Python writes it, with numbers to six digits, shortened if long: "[[1, 2], [3, 4]]". */
export function pythonText(value: JsonValue, most = 160): string {
  const text = write(value);
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

/** A value as Python writes it, whole. */
function write(value: JsonValue): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return isList(value) ? `[${value.map(write).join(", ")}]` : value;
}
