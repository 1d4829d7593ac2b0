import type {AnkiNote} from "./ankiNotes.ts";

const DECK_NAME = "LoRA, live";
const TAB = "\t";

/** A field as Anki reads it: quoted, with inner quotes doubled, if it holds a quote, a tab or a line break. */
const field = (text: string): string => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The notes as a text file for Anki 2.1.54 or later, with the headers of its manual (Importing → Text Files → File Headers). The
 * GUID column lets a later file update the notes of an earlier one. The deck has a column because only then does Anki create a
 * missing deck.
 */
export function ankiText(notes: readonly AnkiNote[]): string {
  const head = [
    "#separator:Tab",
    "#html:true",
    "#notetype:Basic",
    `#columns:${["GUID", "Deck", "Front", "Back", "Tags"].join(TAB)}`,
    "#guid column:1",
    "#deck column:2",
    "#tags column:5",
  ];
  const rows = notes.map(({guid, front, back, tags}) =>
    [guid, DECK_NAME, front, back, tags.join(" ")].map(field).join(TAB),
  );
  return `${[...head, ...rows].join("\n")}\n`;
}
