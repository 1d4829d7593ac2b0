/** A piece of a program and its kind; plain text has none. */
interface Piece {
  text: string;
  kind?: "comment" | "text" | "number" | "word";
}

/** The keywords of Python. */
const WORDS =
  "False|None|True|and|as|assert|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield";

// Every alternative consumes at least one character and never backtracks, so the time is proportional to the length.
const TOKEN = new RegExp(
  [
    "(#.*)",
    `("""(?:\\\\[\\s\\S]|[^"\\\\]|"(?!""))*(?:""")?|"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'?)`,
    String.raw`(\b\d[\w.]*)`,
    `(\\b(?:${WORDS})\\b)`,
  ].join("|"),
  "g",
);
const KINDS = ["comment", "text", "number", "word"] as const;

/** A Python program in pieces with their kinds. Joined, they are the program again. */
export function highlight(program: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of program.matchAll(TOKEN)) {
    if (match.index > end) pieces.push({text: program.slice(end, match.index)});
    pieces.push({text: match[0], kind: KINDS[match.slice(1).findIndex((group) => group !== undefined)]});
    end = match.index + match[0].length;
  }
  if (end < program.length) pieces.push({text: program.slice(end)});
  return pieces;
}
