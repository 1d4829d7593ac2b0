/** What the page says of every adapter in madeAdapters.ts, as one page to read: tests/goldens/inspector.txt, written anew by vitest --update=all. */
import {expect, test} from "vitest";
import {comparisonVerdict} from "../../src/inspect/compareScreen.ts";
import {differentBases} from "../../src/inspect/displayName.ts";
import {commandFor} from "../../src/inspect/sentences.ts";
import {healthTitle, noteLines, whatItIsSentence, withFullStop} from "../../src/inspect/whatItIsScreen.ts";
import {loadSentence} from "../../src/inspect/willItLoadScreen.ts";
import {MADE, type MadeFile, TWO} from "../engine/adapters/inspect/madeAdapters.ts";
import {asker, dropped, read} from "./asked.ts";

/** The headline, the checks that failed, what is said of heads, and the notes; or why nothing is opened. */
async function saidOf(files: readonly MadeFile[]): Promise<string[]> {
  const ask = asker();
  const {result: opened, error} = await ask("open", {
    slot: 0,
    files: files.map(([name, content]) => dropped(name, content)),
  });
  if (!opened) {
    const command = commandFor(
      error!,
      files.map(([name]) => name),
    );
    return [`Refused: ${error}`, ...(command ? [`$ ${command.slice(0, 80)}…`] : [])];
  }
  const {result: verdict} = opened.pairs.length > 0 ? await ask("measure", {slot: 0}) : {};
  const place = {opened, ...(verdict && {verdict}), modules: new Map()};
  const readers = opened.loading.readers.map(
    ({reader, words, why, doubt}) => `${reader}: ${words}. ${why}${doubt ? ` ? ${doubt}` : ""}`,
  );
  const filled = opened.bytes.sentences.map((sentence) => `% ${sentence}`);
  if (!verdict) return [loadSentence(place), ...readers, ...filled];
  return [
    loadSentence(place),
    ...(whatItIsSentence(place) === loadSentence(place) ? [] : [whatItIsSentence(place)]),
    ...readers,
    ...filled,
    healthTitle(verdict, opened),
    ...verdict.checks
      .filter(({ok, sentence}) => !ok || /trained/.test(sentence))
      .map(({id, ok, sentence}) => `${ok ? "✓" : "!"} ${id}: ${withFullStop(sentence)}`),
    ...noteLines(opened, verdict).map((note) => `- ${note}`),
    ...(opened.more.length > 0 ? [`and ${opened.more.length} more`] : []),
  ];
}

/** What Compare says of two, and what is said before they are merged. */
async function saidOfTwo(files: readonly (readonly MadeFile[])[]): Promise<string[]> {
  const ask = asker();
  const [one, two] = await Promise.all(
    files.map(async (own, slot) => {
      const drop = own.map(([name, content]) => dropped(name, content));
      return (await read(ask, slot as 0 | 1, drop)).opened;
    }),
  );
  const {result, error} = await ask("compare", {});
  return [result ? comparisonVerdict(result) : error!, differentBases(one!, two!) ?? []].flat();
}

test("each made adapter has the sentence that it should have", async () => {
  const page: string[] = [];
  for (const [subject, cases] of Object.entries(MADE)) {
    page.push(subject.toUpperCase(), "");
    for (const [name, files] of Object.entries(cases))
      page.push(name, ...(await saidOf(files)).map((line) => `    ${line}`), "");
  }
  page.push("TWO TO MERGE", "");
  for (const [name, files] of Object.entries(TWO))
    page.push(name, ...(await saidOfTwo(files)).map((line) => `    ${line}`), "");
  await expect(page.join("\n")).toMatchFileSnapshot("../goldens/inspector.txt");
});
