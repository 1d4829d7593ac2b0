/** A value that a page and its worker can exchange as JSON text. */
export type JsonValue = number | string | boolean | null | readonly JsonValue[] | {readonly [key: string]: JsonValue};

/** Two numbers this close count as equal, because the order of additions changes the last digits. */
const NEAR = 1e-9;

/** The most values in a result, lists and objects included, and how deep they may be nested. */
const [VALUES, DEPTH] = [2000, 6];

/** Whether a result is no larger than the harness would send. A program may forge a larger one. */
export const isSendable = (value: JsonValue, room = {left: VALUES}, depth = 0): boolean =>
  --room.left >= 0 &&
  depth <= DEPTH &&
  (typeof value !== "object" ||
    value === null ||
    Object.values(value).every((one) => isSendable(one, room, depth + 1)));

const isList = (x: JsonValue): x is readonly JsonValue[] => Array.isArray(x);

/** Whether a result is the expected one: the same shape, numbers within 1e-9 of a size of at least 1, the rest equal. */
export function same(got: JsonValue, due: JsonValue): boolean {
  if (typeof due === "number")
    return typeof got === "number" && Math.abs(got - due) <= NEAR * Math.max(1, Math.abs(due));
  if (typeof due !== "object" || due === null) return got === due;
  if (typeof got !== "object" || got === null || isList(got) !== isList(due)) return false;
  const keys = Object.keys(due);
  const [left, right] = [got, due] as Record<string, JsonValue>[];
  return (
    Object.keys(got).length === keys.length &&
    keys.every((key) => Object.hasOwn(left!, key) && same(left![key]!, right![key]!))
  );
}

/** A value as JavaScript writes it, with numbers to six digits, shortened if long: "[[1, 2], [3, 4]]". */
export function jsonText(value: JsonValue, most = 160): string {
  const text = write(value);
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

function write(value: JsonValue): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (typeof value !== "object" || value === null) return String(value);
  if (isList(value)) return `[${value.map(write).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}: ${write(one)}`)
    .join(", ")}}`;
}
