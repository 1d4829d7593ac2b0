import {escapeHtml} from "../../figure/export/escape.ts";
import {symbolsIn} from "../../figure/symbols.ts";

/** Plain text as HTML, in which the symbols of the paper have their color and are italic. */
export const symbolHtml = (text: string): string =>
  symbolsIn(text)
    .map((one) =>
      typeof one === "string" ? escapeHtml(one) : `<i data-symbol="${one.symbol}">${escapeHtml(one.text)}</i>`,
    )
    .join("");
