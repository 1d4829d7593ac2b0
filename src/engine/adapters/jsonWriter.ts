import {isNumeral, type Json} from "./json.ts";

/**
 * A value → its text, laid out like `JSON.stringify(value, null, 2)`, with every number in the digits it was read with.
 */
export function writeJson(value: Json, indent = ""): string {
  if (isNumeral(value)) return value.digits;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const lines = isList
    ? value.map((one) => inner + writeJson(one, inner))
    : Array.from(value, ([name, one]) => `${inner}${JSON.stringify(name)}: ${writeJson(one, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  return lines.length === 0 ? open + close : `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}
