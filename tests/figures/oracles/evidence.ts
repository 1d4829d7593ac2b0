/** The numbers in the evidence of `content/methods.json`, looked up where each says it stands. */
import {numberAt} from "../../../src/book/paper/comparison.ts";

/** "{20.7|table-1|method=AdapterL,batch=1|overheadPct}", "{350|ckpt-350gb}", "{0.3|table-16|typicalFluctuation}". */
const quoted = /\{([^|}]*)\|([^}]*)\}/g;

export interface Quoted {
  shown: string;
  /** What is printed at the place that is named. Throws when there is no such place. */
  printed: string;
}

/** Every number of a text that says where it stands. */
export const quotedIn = (text: string): Quoted[] =>
  [...text.matchAll(quoted)].map(([, shown = "", place = ""]) => ({shown, printed: numberAt(place)}));
