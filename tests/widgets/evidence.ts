/** The numbers in the evidence of `content/methods.json`, looked up where each says it stands. */
import {cell, columnOf, type Match, paperNumber, spreadOf, table} from "../../src/components/paper.ts";

/** "{20.7|table-1|method=AdapterL,batch=1|overheadPct}", "{350|ckpt-350gb}", "{0.3|table-16|typicalFluctuation}". */
const quoted = /\{([^|}]*)\|([^}]*)\}/g;

export interface Quoted {
  shown: string;
  /** What stands at the place that is named, as it is printed. Throws when there is no such place. */
  printed: string;
}

/** "model=GPT-2 Medium,paramsM=11" as the conditions of a row of that table. */
function rowIn(id: string, conditions: string): Match {
  const numeric = (key: string) => columnOf(table(id), key).type !== "string";
  return Object.fromEntries(
    conditions.split(",").map((one) => {
      const [key = "", value = ""] = one.split("=");
      return [key, numeric(key) ? Number(value) : value];
    }),
  );
}

const written = (value: number | string, decimals?: number): string =>
  typeof value === "string" || decimals === undefined ? String(value) : value.toFixed(decimals);

function printedAt(place: string): string {
  const [id = "", at, column] = place.split("|");
  if (at === undefined) return written(paperNumber(id).value as number);
  const from = table(id);
  if (at === "typicalFluctuation") {
    const key = column ?? from.columns.find(({better}) => better)!.key;
    return written(spreadOf(from, {}, key)!);
  }
  const {value, column: found} = cell(id, rowIn(id, at), column!);
  return written(value, found.decimals);
}

/** Every number of a text that says where it stands. */
export const quotedIn = (text: string): Quoted[] =>
  [...text.matchAll(quoted)].map(([, shown = "", place = ""]) => ({shown, printed: printedAt(place)}));

/** The text with what is printed there in place of what it says. */
export const looked = (text: string): string => text.replace(quoted, (_, __, place: string) => printedAt(place));
