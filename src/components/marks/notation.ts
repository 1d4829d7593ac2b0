/** A stretch of text that stands on the line or below it. */
export type Piece = {text: string; sub: boolean};

/** Flags and names of scripts, which keep their underscores; or a subscript, with W or after a letter. */
const SUBSCRIPT = /--\w+|\S+\.sh\b|(?<=W)_?([qkvoc])(?![a-z])|(?<=[a-z‖])_([A-Za-z]+)/g;

/** Splits the paper data's plain notation where a subscript begins: "Wq,Wv" → W, q↓, ", W", v↓; "r_q=r_v" → r, q↓, " = r", v↓. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(SUBSCRIPT)) {
    if (match.index > end) out.push({text: spaced(text.slice(end, match.index)), sub: false});
    const below = match[1] ?? match[2];
    out.push({text: below ?? match[0], sub: below !== undefined});
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
