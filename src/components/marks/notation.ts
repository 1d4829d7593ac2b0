/** A piece of text, on the line or as a subscript. */
export type Piece = {text: string; sub: boolean};

/** Flags and names of scripts, whose underscores are kept; or a subscript of W or of another letter. */
const SUBSCRIPT = /--\w+|\S+\.sh\b|(?<=W)_?([qkvoc])(?![a-z])|(?<=[a-z‖])_([A-Za-z]+)/g;

/** Splits the plain notation of the paper's data at its subscripts: "Wq,Wv" → W, q↓, ", W", v↓; "r_q=r_v" → r, q↓, " = r", v↓. */
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
