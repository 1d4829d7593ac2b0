import {createHash} from "node:crypto";
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DatabaseSync} from "node:sqlite";
import {unzipSync} from "fflate";
import {afterAll, describe, expect, test} from "vitest";
import {chapterFile} from "../../../src/components/chapter/chapters.ts";
import {questions} from "../../../src/components/quiz/questions.ts";
import {edition, interviewCards} from "../../../src/components/review/interviewCards.ts";
import {ankiHtml, type Note, notesOf, plainTex} from "../../../src/make/anki/ankiNotes.ts";
import {ankiText} from "../../../src/make/anki/ankiText.ts";
import {apkg} from "../../../src/make/anki/apkg.ts";

const CHAPTERS = "content/chapters";
const places = readdirSync(CHAPTERS).map((name) => ({
  ...chapterFile(name),
  title: /^title: (.*)$/m.exec(readFileSync(`${CHAPTERS}/${name}`, "utf8"))![1]!,
}));
const notes = await notesOf({places});

/** An Anki text file as the manual describes it: `#key:value` lines on top, quoted fields, quotes in them doubled. */
function parse(text: string): {headers: Map<string, string>; rows: string[][]} {
  const headers = new Map<string, string>();
  const lines = text.split("\n");
  while (lines[0]?.startsWith("#")) {
    const [, key, value] = /^#([a-z ]+):(.*)$/.exec(lines.shift()!)!;
    headers.set(key!, value!);
  }
  const separator = {Tab: "\t", Comma: ",", Semicolon: ";"}[headers.get("separator")!]!;
  const rows: string[][] = [[]];
  const rest = lines.join("\n");
  for (let i = 0; i < rest.length; ) {
    let value = "";
    if (rest[i] === '"') {
      for (i++; rest[i] !== '"' || rest[i + 1] === '"'; i++) {
        if (rest[i] === '"') i++;
        value += rest[i];
      }
      i++;
    } else while (i < rest.length && rest[i] !== separator && rest[i] !== "\n") value += rest[i++];
    rows.at(-1)!.push(value);
    if (rest[i] === "\n" && i + 1 < rest.length) rows.push([]);
    i++;
  }
  return {headers, rows};
}

describe("the notes", () => {
  test("two a card, one a question marked for cards, each with an id that is its own and lasts", () => {
    const marked = questions.filter(({cards, kind}) => cards && (kind === "choice" || kind === "numeric"));
    expect(notes).toHaveLength(2 * interviewCards.length + marked.length);
    expect(new Set(notes.map(({guid}) => guid)).size).toBe(notes.length);
    for (const {guid} of notes) expect(guid).toMatch(/^lora-live-[cq]-[a-z0-9-]+$/);
    expect(notes.map(({guid}) => guid)).toEqual(
      expect.arrayContaining(["lora-live-c-latency", "lora-live-c-latency-next", "lora-live-q-03-merge"]),
    );
  });

  test.each(notes.map((note) => [note.guid, note] as const))("%s shows on one line what Anki can set", (_, note) => {
    for (const side of [note.front, note.back]) {
      expect(side).not.toMatch(/[\t\n\r]|\\s[A-Z]|\\s(x|h|r|d|k|al)\b|\{\{c\d|katex|\$/);
      expect(side.split("\\(").length).toBe(side.split("\\)").length);
      expect(side.replace(/<\/?(p|b|em|strong|code|ul|li|small)>/g, "")).not.toMatch(/[<>]/);
    }
    expect(note.tags.every((tag) => /^lora-live(::[a-z-]+)?$/.test(tag))).toBe(true);
  });

  test("a front does not give its back away", () => {
    for (const {front, back} of notes.filter(({guid}) => guid.includes("-c-"))) {
      const said = /^<p>(?:<b>)?(.*?)(?:<\/b>)?<\/p>/.exec(back)![1]!;
      expect(front).not.toContain(said);
    }
  });

  test("our commands become plain TeX, and nothing else does", () => {
    expect(plainTex("\\sW\\sx + \\frac{\\sal}{\\sr}\\sB\\sA\\sx")).toBe(
      "{W_0}{x} + \\frac{{\\boldsymbol{\\alpha}}}{{\\boldsymbol{r}}}{B}{A}{x}",
    );
    expect(plainTex("\\sdW = \\sqrt{2}\\sigma\\sum\\sin")).toBe("{\\Delta W} = \\sqrt{2}\\sigma\\sum\\sin");
    expect(ankiHtml("**a** < $x & y < 2$, \\$5")).toBe("<strong>a</strong> &lt; \\(x &amp; y &lt; 2\\), $5");
  });

  test("where the site has an address, a card leads to its figure and a question to its section", async () => {
    const linked = await notesOf({places, origin: "https://lora.example"});
    const linkOf = (guid: string) => /<a href="([^"]*)">/.exec(linked.find((one) => one.guid === guid)!.back)?.[1];
    expect(linkOf("lora-live-c-zero-start")).toBe("https://lora.example/widgets/init/?step=60");
    expect(linkOf("lora-live-c-full")).toBe("https://lora.example/chapters/results/");
    expect(linkOf("lora-live-q-03-merge")).toBe("https://lora.example/chapters/the-mechanism/#merging");
    expect(linked.map(({guid}) => guid)).toEqual(notes.map(({guid}) => guid));
    expect(notes.filter(({back}) => back.includes("<a"))).toEqual([]);
  });

  test("a chapter that is not there stops the build", async () => {
    await expect(notesOf({places: []})).rejects.toThrow("anki: there is no chapter ");
  });
});

describe("the text", () => {
  const {headers, rows} = parse(ankiText(notes));

  test("has the headers of the manual, at the columns they name", () => {
    expect(Object.fromEntries(headers)).toEqual({
      separator: "Tab",
      html: "true",
      notetype: "Basic",
      columns: "GUID\tDeck\tFront\tBack\tTags",
      "guid column": "1",
      "deck column": "2",
      "tags column": "5",
    });
  });

  test("gives every note back", () => {
    expect(rows.map(([guid, , front, back, tags]) => ({guid, front, back, tags: tags!.split(" ")}))).toEqual(notes);
    expect(new Set(rows.map(([, deck]) => deck))).toEqual(new Set(["LoRA, live"]));
  });

  test("no row begins like a comment, and quotes, tabs and line ends come through", () => {
    expect(rows.every(([first]) => !first!.startsWith("#"))).toBe(true);
    const odd: Note = {guid: "g", front: 'say "rank"\tand\nr', back: '"', tags: ["a", "b"]};
    expect(parse(ankiText([odd, odd])).rows).toEqual([
      ["g", "LoRA, live", odd.front, odd.back, "a b"],
      ["g", "LoRA, live", odd.front, odd.back, "a b"],
    ]);
  });
});

const bytes = apkg(notes, edition);

describe("the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "anki-"));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));
  const opened = (data: Uint8Array, name: string) => {
    writeFileSync(join(folder, name), unzipSync(data)["collection.anki2"]!);
    return new DatabaseSync(join(folder, name), {readOnly: true});
  };
  const db = opened(bytes, "one");
  const all = (sql: string) => db.prepare(sql).all() as Record<string, string | number>[];
  const [col] = all("select * from col");
  const json = (name: string) => JSON.parse(col![name] as string);

  test("is an archive of the collection and no media, and a sound database of schema 11", () => {
    expect(Object.keys(unzipSync(bytes))).toEqual(["collection.anki2", "media"]);
    expect(new TextDecoder().decode(unzipSync(bytes).media)).toBe("{}");
    expect(all("pragma integrity_check")).toEqual([{integrity_check: "ok"}]);
    expect(col!.ver).toBe(11);
    expect(all("select name from sqlite_master where type = 'table' order by name").map(({name}) => name)).toEqual([
      "cards",
      "col",
      "graves",
      "notes",
      "revlog",
    ]);
  });

  test("holds every note with its fields, tags and checksum", () => {
    const read = all("select * from notes order by rowid");
    const byGuid = new Map(read.map((one) => [one.guid, one]));
    expect(byGuid.size).toBe(notes.length);
    for (const {guid, front, back, tags} of notes) {
      const one = byGuid.get(guid)!;
      expect((one.flds as string).split("\x1f")).toEqual([front, back]);
      expect((one.tags as string).trim().split(" ")).toEqual(tags);
      const sum = createHash("sha1").update(String(one.sfld)).digest("hex").slice(0, 8);
      expect(one.csum).toBe(Number.parseInt(sum, 16));
      expect(String(one.sfld)).not.toMatch(/<\w/);
      expect(Number.isSafeInteger(one.id)).toBe(true);
    }
  });

  test("has one new card a note, in a deck and of a note type that are there, in our order", () => {
    const cards = all("select * from cards order by due");
    const ids = new Map(all("select id, guid from notes").map(({id, guid}) => [id, guid]));
    expect(cards.map(({nid}) => ids.get(nid!))).toEqual(notes.map(({guid}) => guid));
    const [deck] = [...new Set(cards.map(({did}) => String(did)))];
    expect(json("decks")[deck!]).toMatchObject({name: "LoRA, live", id: Number(deck), dyn: 0, conf: 1});
    expect(Object.keys(json("dconf"))).toContain("1");
    for (const {ord, type, queue, reps} of cards) expect([ord, type, queue, reps]).toEqual([0, 0, 0, 0]);
    const [model] = [...new Set(all("select mid from notes").map(({mid}) => String(mid)))];
    const {flds, tmpls, id} = json("models")[model!];
    expect([id, flds.map((one: {name: string}) => one.name)]).toEqual([Number(model), ["Front", "Back"]]);
    expect(tmpls).toHaveLength(1);
    expect(`${tmpls[0].qfmt}${tmpls[0].afmt}`).toMatch(/\{\{Front\}\}.*\{\{FrontSide\}\}.*\{\{Back\}\}/);
  });

  test("the same notes and day give the same bytes; a later day keeps every id and is newer", async () => {
    expect(Buffer.compare(apkg(notes, edition), bytes)).toBe(0);
    const later = opened(apkg([...notes].reverse(), "2031-01-01"), "two");
    const by = (one: DatabaseSync) => one.prepare("select id, guid, mod from notes order by guid").all();
    const [before, after] = [by(db), by(later)] as [Record<string, number>[], Record<string, number>[]];
    expect(after.map(({id, guid}) => [id, guid])).toEqual(before.map(({id, guid}) => [id, guid]));
    expect(after.every(({mod}, i) => mod! > before[i]!.mod!)).toBe(true);
  });
});
