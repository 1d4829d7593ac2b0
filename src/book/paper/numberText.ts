import {quantity} from "../../site/marks/quantity.ts";
import type {PaperNumber} from "./paperSchema.ts";

/**
 * A headline number for the reader: "350 GB", "10,000×", "150,994,944"; words are returned as is. `part` picks one of several
 * values. Throws when it is needed and missing, or unknown.
 */
export function numberText({id, value, unit, decimals}: PaperNumber, part?: string): string {
  const one = typeof value === "object" ? pick(id, value, part) : value;
  return typeof one === "number" ? quantity(one, unit, decimals) : one;
}

/** One of several values, by its name. */
function pick(id: string, value: object, part?: string): number | string {
  const parts: Record<string, unknown> = {...value};
  const one = part === undefined ? undefined : parts[part];
  if (typeof one === "number" || typeof one === "string") return one;
  throw new Error(`<Num id="${id}" part="${part ?? ""}">: name one of ${Object.keys(parts).join(", ")} as part`);
}
