/** A piece of a program, and what kind of sign it is; plain text has no kind. */
export interface Piece {
  text: string;
  kind?: "comment" | "text" | "number" | "word";
}

const WORDS =
  "async|await|break|case|catch|class|const|continue|default|delete|do|else|false|finally|for|function|if|in|instanceof|let|new|null|of|return|switch|this|throw|true|try|typeof|undefined|var|void|while|yield";

// Every alternative takes at least one sign and never goes back over it: the time is in proportion to the length.
const TOKEN = new RegExp(
  [
    String.raw`(\/\/.*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S])))`,
    "(\"(?:\\\\.|[^\"\\\\\\n])*\"?|'(?:\\\\.|[^'\\\\\\n])*'?|`(?:\\\\[\\s\\S]|[^`\\\\])*`?)",
    String.raw`(\b\d[\w.]*)`,
    `(\\b(?:${WORDS})\\b)`,
  ].join("|"),
  "g",
);
const KINDS = ["comment", "text", "number", "word"] as const;

/** JavaScript in colored pieces, in order, which put together are the program. A light: it does not tell a regular expression. */
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
