import {createHash} from "node:crypto";
import {DatabaseSync} from "node:sqlite";
import {archive} from "../../site/archive.ts";
import {htmlText} from "../../site/markdown/html.ts";
import type {AnkiNote} from "./ankiNotes.ts";
import {DECK_ID, deckJson, MODEL_ID, modelJson, optionsJson, schema} from "./ankiSchema.ts";

const sha1 = (text: string) => createHash("sha1").update(text).digest();

/** An id from a text, the same in every edition. It is larger than Anki's own ids, which are milliseconds of today's dates. */
const idOf = (text: string): number => 2 ** 41 + sha1(text).readUIntBE(0, 5);

/**
 * The notes as a deck package for Anki (schema 11, `collection.anki2`, which every version since 2.0 imports), with one new card
 * for each note. `edition` ("2026-11-26") is the date of the last change. The same notes and edition give the same bytes.
 */
export function apkg(notes: readonly AnkiNote[], edition: string): Uint8Array<ArrayBuffer> {
  const seconds = Date.parse(edition) / 1000;
  const db = new DatabaseSync(":memory:");
  db.exec(schema);
  db.prepare("insert into col values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')").run(
    seconds,
    seconds * 1000,
    seconds * 1000,
    JSON.stringify({curDeck: 1, activeDecks: [1], nextPos: notes.length + 1}),
    JSON.stringify(modelJson(seconds)),
    JSON.stringify(deckJson(seconds)),
    JSON.stringify(optionsJson),
  );
  const note = db.prepare("insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')");
  const card = db.prepare("insert into cards values (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')");
  for (const [i, {guid, front, back, tags}] of notes.entries()) {
    const id = idOf(guid);
    // Anki sorts and compares notes by the visible text of their first field.
    const sort = htmlText(front);
    // Fields are joined by a unit separator, tags have a space on both sides, the checksum is of the first field.
    note.run(
      id,
      guid,
      MODEL_ID,
      seconds,
      ` ${tags.join(" ")} `,
      `${front}\x1f${back}`,
      sort,
      sha1(sort).readUInt32BE(0),
    );
    card.run(id, id, DECK_ID, seconds, i + 1);
  }
  const collection = db.serialize();
  db.close();
  return archive({"collection.anki2": collection, media: "{}"}, 0);
}
