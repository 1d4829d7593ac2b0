import type {Note} from "./ankiNotes.ts";

const DECK = "LoRA, live";
const TAB = "\t";

/** A field as Anki reads it: in quotes, with quotes doubled, where it holds a quote, a tab or a line's end. */
const field = (text: string): string => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The notes as a text file for Anki 2.1.54 or later, by the headers its manual lists (Importing → Text Files → File Headers).
 * The GUID has a column, so that importing a later file updates the notes of an earlier one; and the deck, for Anki makes one
 * that a column names, and only then.
 */
export function ankiText(notes: readonly Note[]): string {
  const head = [
    "#separator:Tab",
    "#html:true",
    "#notetype:Basic",
    `#columns:${["GUID", "Deck", "Front", "Back", "Tags"].join(TAB)}`,
    "#guid column:1",
    "#deck column:2",
    "#tags column:5",
  ];
  const rows = notes.map(({guid, front, back, tags}) => [guid, DECK, front, back, tags.join(" ")].map(field).join(TAB));
  return `${[...head, ...rows].join("\n")}\n`;
}
