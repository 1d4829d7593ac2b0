import {createHash} from "node:crypto";
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DatabaseSync} from "node:sqlite";
import {unzipSync} from "fflate";
import {afterAll, describe, expect, test} from "vitest";
import {type AnkiNote, ankiHtml, ankiNotes, ankiText, plainTex} from "../../../src/book/anki/ankiNotes.ts";
import {apkgFile} from "../../../src/book/anki/apkg.ts";
import {chapterFile} from "../../../src/book/chapter/chapters.ts";
import {questions} from "../../../src/book/quiz/questions.ts";
import {edition, interviewCards} from "../../../src/book/review/interviewCards.ts";

const CHAPTERS = "content/chapters";
const chapters = readdirSync(CHAPTERS).map((name) => ({
  ...chapterFile(name),
  title: /^title: (.*)$/m.exec(readFileSync(`${CHAPTERS}/${name}`, "utf8"))![1]!,
}));
const notes = await ankiNotes({chapters});

/** Reads an Anki text file as the manual describes it: `#key:value` lines on top, then quoted or plain cells between tabs. */
function parse(text: string): {headers: Record<string, string>; rows: string[][]} {
  const [head = "", ...lines] = text.split(/^(?=[^#])/m);
  const headers = Object.fromEntries([...head.matchAll(/^#([a-z ]+):(.*)$/gm)].map(([, key, value]) => [key, value]));
  const rows: string[][] = [[]];
  for (const [, cell, end] of lines.join("").matchAll(/("(?:[^"]|"")*"|[^\t\n]*)([\t\n])/g)) {
    rows.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end === "\n") rows.push([]);
  }
  return {headers, rows: rows.slice(0, -1)};
}

describe("the notes", () => {
  test("there are two for each card and one for each marked question, with unique ids that stay the same", () => {
    const marked = questions.filter(({cards, kind}) => cards && (kind === "choice" || kind === "numeric"));
    expect(notes).toHaveLength(2 * interviewCards.length + marked.length);
    expect(new Set(notes.map(({guid}) => guid)).size).toBe(notes.length);
    for (const {guid} of notes) expect(guid).toMatch(/^lora-live-[cq]-[a-z0-9-]+$/);
    expect(notes.map(({guid}) => guid)).toEqual(
      expect.arrayContaining(["lora-live-c-latency", "lora-live-c-latency-next", "lora-live-q-03-merge"]),
    );
  });

  test("each is HTML on one line that Anki can show", () => {
    for (const {guid, front, back, tags} of notes) {
      for (const side of [front, back]) {
        expect(side, guid).not.toMatch(/[\t\n\r]|\\s[A-Z]|\\s(x|h|r|d|k|al)\b|\{\{c\d|katex|\$/);
        expect(side.split("\\(").length, guid).toBe(side.split("\\)").length);
        expect(side.replace(/<\/?(p|b|em|strong|code|ul|li|small)>/g, ""), guid).not.toMatch(/[<>]/);
      }
      for (const tag of tags) expect(tag, guid).toMatch(/^lora-live(::[a-z-]+)?$/);
    }
  });

  test("a front does not contain its answer", () => {
    for (const {front, back} of notes.filter(({guid}) => guid.includes("-c-"))) {
      const said = /^<p>(?:<b>)?(.*?)(?:<\/b>)?<\/p>/.exec(back)![1]!;
      expect(front).not.toContain(said);
    }
  });

  test("our own commands become plain TeX, and nothing else changes", () => {
    expect(plainTex("\\sW\\sx + \\frac{\\sal}{\\sr}\\sB\\sA\\sx")).toBe(
      "{W_0}{x} + \\frac{{\\boldsymbol{\\alpha}}}{{\\boldsymbol{r}}}{B}{A}{x}",
    );
    expect(plainTex("\\sdW = \\sqrt{2}\\sigma\\sum\\sin")).toBe("{\\Delta W} = \\sqrt{2}\\sigma\\sum\\sin");
    expect(ankiHtml("**a** < $x & y < 2$, \\$5")).toBe("<strong>a</strong> &lt; \\(x &amp; y &lt; 2\\), $5");
  });

  test("if the site has an address, a card links to its figure and a question to its section", async () => {
    const linked = await ankiNotes({chapters, origin: "https://lora.example"});
    const linkOf = (guid: string) => /<a href="([^"]*)">/.exec(linked.find((one) => one.guid === guid)!.back)?.[1];
    expect(linkOf("lora-live-c-zero-start")).toBe("https://lora.example/widgets/init/?step=60");
    expect(linkOf("lora-live-c-full")).toBe("https://lora.example/chapters/results/");
    expect(linkOf("lora-live-q-03-merge")).toBe("https://lora.example/chapters/the-mechanism/#merging");
    expect(linked.map(({guid}) => guid)).toEqual(notes.map(({guid}) => guid));
    expect(notes.filter(({back}) => back.includes("<a"))).toEqual([]);
  });

  test("a missing chapter stops the build", async () => {
    await expect(ankiNotes({chapters: []})).rejects.toThrow("anki: there is no chapter ");
  });
});

describe("the text", () => {
  const {headers, rows} = parse(ankiText(notes));

  test("has the headers that the manual describes", () => {
    expect(headers).toEqual({
      separator: "Tab",
      html: "true",
      notetype: "Basic",
      columns: "GUID\tDeck\tFront\tBack\tTags",
      "guid column": "1",
      "deck column": "2",
      "tags column": "5",
    });
  });

  test("contains every note", () => {
    expect(rows.map(([guid, , front, back, tags]) => ({guid, front, back, tags: tags!.split(" ")}))).toEqual(notes);
    expect(new Set(rows.map(([, deck]) => deck))).toEqual(new Set(["LoRA, live"]));
  });

  test("has no row that looks like a comment, and quotes, tabs and line breaks survive", () => {
    expect(rows.every(([first]) => !first!.startsWith("#"))).toBe(true);
    const odd: AnkiNote = {guid: "g", front: 'say "rank"\tand\nr', back: '"', tags: ["a", "b"]};
    const row = ["g", "LoRA, live", odd.front, odd.back, "a b"];
    expect(parse(ankiText([odd, odd])).rows).toEqual([row, row]);
  });
});

const bytes = apkgFile(notes, edition);

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

  test("is an archive with a valid database of schema 11, and no media", () => {
    expect(Object.keys(unzipSync(bytes))).toEqual(["collection.anki2", "media"]);
    expect(new TextDecoder().decode(unzipSync(bytes).media)).toBe("{}");
    expect(all("pragma integrity_check")).toEqual([{integrity_check: "ok"}]);
    expect(col!.ver).toBe(11);
    const tables = all("select name from sqlite_master where type = 'table' order by name");
    expect(tables.map(({name}) => name).join(" ")).toBe("cards col graves notes revlog");
  });

  test("has every note with its fields, tags and checksum", () => {
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

  test("has one new card for each note, in our order, with a deck and a note type that exist", () => {
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

  test("is the same bytes for the same notes and day; a later edition keeps all ids and has later dates", async () => {
    expect(Buffer.compare(apkgFile(notes, edition), bytes)).toBe(0);
    const later = opened(apkgFile([...notes].reverse(), "2031-01-01"), "two");
    const by = (one: DatabaseSync) => one.prepare("select id, guid, mod from notes order by guid").all();
    const [before, after] = [by(db), by(later)] as [Record<string, number>[], Record<string, number>[]];
    expect(after.map(({id, guid}) => [id, guid])).toEqual(before.map(({id, guid}) => [id, guid]));
    expect(after.every(({mod}, i) => mod! > before[i]!.mod!)).toBe(true);
  });
});
