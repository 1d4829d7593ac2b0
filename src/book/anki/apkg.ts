/** The Anki deck as a package file (.apkg). */
import {createHash} from "node:crypto";
import {DatabaseSync} from "node:sqlite";
import {archive} from "../../site/archive.ts";
import {htmlText} from "../../site/markdown/html.ts";
import type {AnkiNote} from "./ankiNotes.ts";

const sha1 = (text: string) => createHash("sha1").update(text).digest();

/** An id from a text, the same in every edition. It is larger than Anki's own ids, which are milliseconds of today's dates. */
const idOf = (text: string): number => 2 ** 41 + sha1(text).readUIntBE(0, 5);

/**
 * The notes as a deck package for Anki (schema 11, `collection.anki2`, which every version since 2.0 imports), with one new card
 * for each note. `edition` ("2026-11-26") is the date of the last change. The same notes and edition give the same bytes.
 */
export function apkgFile(notes: readonly AnkiNote[], edition: string): Uint8Array<ArrayBuffer> {
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
  const insertNote = db.prepare("insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')");
  const insertCard = db.prepare("insert into cards values (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')");
  for (const [i, {guid, front, back, tags}] of notes.entries()) {
    const id = idOf(guid);
    // Anki sorts and compares notes by the visible text of their first field.
    const frontText = htmlText(front);
    // Fields are joined by a unit separator, tags have a space on both sides, the checksum is of the first field.
    insertNote.run(
      id,
      guid,
      MODEL_ID,
      seconds,
      ` ${tags.join(" ")} `,
      `${front}\x1f${back}`,
      frontText,
      sha1(frontText).readUInt32BE(0),
    );
    insertCard.run(id, id, DECK_ID, seconds, i + 1);
  }
  const collection = db.serialize();
  db.close();
  return archive({"collection.anki2": collection, media: "{}"}, 0);
}

/** The id of our deck, drawn once. If it changed, Anki would import a later edition as another deck. */
const DECK_ID = 1_795_650_000_011;
/** The id of our note type, likewise. */
const MODEL_ID = 1_795_650_000_012;

/** The name of the deck and of the note type. */
const DECK_NAME = "LoRA, live";

const tables: Readonly<Record<string, string>> = {
  col: "id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null",
  notes:
    "id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null",
  cards:
    "id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null",
  revlog:
    "id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null",
  graves: "usn integer not null, oid integer not null, type integer not null",
};

const indices: readonly (readonly [name: string, on: string])[] = [
  ["ix_notes_usn", "notes (usn)"],
  ["ix_cards_usn", "cards (usn)"],
  ["ix_revlog_usn", "revlog (usn)"],
  ["ix_cards_nid", "cards (nid)"],
  ["ix_cards_sched", "cards (did, queue, due)"],
  ["ix_revlog_cid", "revlog (cid)"],
  ["ix_notes_csum", "notes (csum)"],
];

/** The tables of an Anki collection, schema 11. */
const schema = [
  ...Object.entries(tables).map(([name, columns]) => `create table ${name} (${columns})`),
  ...indices.map(([name, on]) => `create index ${name} on ${on}`),
].join(";\n");

const css = `.card { max-width: 40rem; margin: 0 auto; text-align: left; font: 1.1rem/1.55 Georgia, serif; }
small { opacity: 0.75; font-family: system-ui, sans-serif; }
hr { border: 0; border-top: 1px solid currentColor; opacity: 0.3; }`;

/** The note type: a front and a back, one card. `seconds` is the time of its last change. */
const modelJson = (seconds: number) => ({
  [MODEL_ID]: {
    id: MODEL_ID,
    name: DECK_NAME,
    type: 0,
    mod: seconds,
    usn: -1,
    sortf: 0,
    did: DECK_ID,
    css,
    latexPre: "",
    latexPost: "",
    latexsvg: false,
    req: [[0, "any", [0]]],
    tags: [],
    vers: [],
    flds: ["Front", "Back"].map((name, ord) => ({
      name,
      ord,
      font: "Georgia",
      size: 20,
      media: [],
      rtl: false,
      sticky: false,
    })),
    tmpls: [
      {
        name: "Card 1",
        ord: 0,
        qfmt: "{{Front}}",
        afmt: "{{FrontSide}}<hr id=answer>{{Back}}",
        bqfmt: "",
        bafmt: "",
        did: null,
      },
    ],
  },
});

/** A deck as Anki stores it. */
const deck = (id: number, name: string, seconds: number) => ({
  id,
  name,
  desc: "",
  mod: seconds,
  usn: -1,
  conf: 1,
  dyn: 0,
  collapsed: false,
  browserCollapsed: false,
  extendNew: 10,
  extendRev: 50,
  newToday: [0, 0],
  revToday: [0, 0],
  lrnToday: [0, 0],
  timeToday: [0, 0],
});

/** Anki's default deck, which every collection needs, and ours. */
const deckJson = (seconds: number) => ({
  1: deck(1, "Default", seconds),
  [DECK_ID]: deck(DECK_ID, DECK_NAME, seconds),
});

/** The options that every collection has. On import Anki keeps the reader's own. */
const optionsJson = {
  1: {
    id: 1,
    name: "Default",
    mod: 0,
    usn: 0,
    autoplay: true,
    timer: 0,
    maxTaken: 60,
    replayq: true,
    new: {bury: false, delays: [1, 10], initialFactor: 2500, ints: [1, 4, 7], order: 1, perDay: 20, separate: true},
    rev: {bury: false, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, minSpace: 1, perDay: 200},
    lapse: {delays: [10], leechAction: 0, leechFails: 8, minInt: 1, mult: 0},
  },
};
