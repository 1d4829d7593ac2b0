/** A piece of text: on the line, a subscript or an exponent. */
type NotationPiece = {text: string; sub: boolean; exponent?: boolean};

/** Flags and names of scripts, whose underscores are kept; a subscript of W or of another letter; a power of ten. */
const SUBSCRIPT = /--\w+|\S+\.sh\b|(?<=W)_?([qkvoc])(?![a-z])|(?<=[a-z‖])_([A-Za-z]+)|(?<=10)([⁻⁰¹²³⁴-⁹]+)/g;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Superscript digits as ordinary ones: "⁻⁴" → "−4". */
const onTheLine = (exponent: string): string =>
  [...exponent].map((one) => (one === "⁻" ? "−" : RAISED.indexOf(one))).join("");

/**
 * Splits the plain notation of the paper's data at its subscripts and powers of ten: "Wq,Wv" → W, q↓, ", W", v↓; "r_q=r_v" → r, q↓,
 * " = r", v↓; "10⁻⁴" → 10, −4↑. Figures raise powers in the same way (src/figure/plot/text/put.ts).
 */
export function notationPieces(text: string): NotationPiece[] {
  const out: NotationPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(SUBSCRIPT)) {
    if (match.index > end) out.push({text: withSpaces(text.slice(end, match.index)), sub: false});
    const subscript = match[1] ?? match[2];
    if (match[3]) out.push({text: onTheLine(match[3]), sub: false, exponent: true});
    else out.push({text: subscript ?? match[0], sub: subscript !== undefined});
    end = match.index + match[0].length;
  }
  if (end < text.length) out.push({text: withSpaces(text.slice(end)), sub: false});
  return out;
}

/** With spaces after commas and around equals signs. */
const withSpaces = (text: string): string =>
  text
    .replace(/(?<!\d),(?=\S)/g, ", ")
    .replace(/(\S)?=(\S)/g, "$1 = $2")
    .replace(/^=/, " =");
