import * as charts from "./charts.ts";
import * as matrices from "./matrices.ts";
import * as searches from "./searches.ts";
import * as words from "./words.ts";

/** Each of the four files exports nothing but drawings, under their widgets' names. */
const drawings: Readonly<Record<string, () => string>> = {...charts, ...matrices, ...searches, ...words};

/** What a widget is about, as the inside of an `<svg>` of `WIDTH` × `HEIGHT`. One without a drawing of its own gets that of `product`. */
export const glyphOf = (name: string): string => (drawings[name] ?? matrices.product)();
