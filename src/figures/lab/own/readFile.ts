/** The most bytes of a text file. */
const MOST = 100_000;
const NO_TEXT = "This is no text file.";

/** The text of a file that a reader chose or dropped, or why there is none. */
export function textOfFile(bytes: Uint8Array): {text: string} | {problem: string} {
  if (bytes.length > MOST) return {problem: "This file is larger than 100 kB."};
  try {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes);
    // A file of another kind may be UTF-8 by chance, but it has signs that no text has.
    return /[^\P{Cc}\s]/u.test(text) ? {problem: NO_TEXT} : {text};
  } catch {
    return {problem: NO_TEXT};
  }
}
