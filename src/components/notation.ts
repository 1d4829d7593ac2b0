/** A stretch of text that stands on the line or below it. */
export type Piece = {text: string; sub: boolean};

const SUBSCRIPT = /(?<=W)_?([qkvoc])(?![a-z])|(?<=[a-z‖])_([A-Za-z]+)/g;

/** Splits the paper data's plain notation where a subscript begins: "Wq,Wv" → W, q↓, ", W", v↓; "r_q=r_v" → r, q↓, " = r", v↓. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(SUBSCRIPT)) {
    if (match.index > end) out.push({text: spaced(text.slice(end, match.index)), sub: false});
    out.push({text: match[1] ?? match[2], sub: true});
    end = match.index + match[0].length;
  }
  if (end < text.length) out.push({text: spaced(text.slice(end)), sub: false});
  return out;
}

const spaced = (text: string): string =>
  text
    .replace(/(?<!\d),(?=\S)/g, ", ")
    .replace(/(\S)?=(\S)/g, "$1 = $2")
    .replace(/^=/, " =");
