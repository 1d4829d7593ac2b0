/** The screen “Will it load?”: what PEFT, vLLM and llama.cpp do with the file, how strong the adapter then is, and what to do about it. */

import type {KeyRow} from "../engine/adapters/inspect/keys.ts";
import {oldRules, READ_ON, RULES, VERSIONS} from "../engine/adapters/inspect/loading/rules.ts";
import type {Verdict} from "../engine/adapters/inspect/loading/verdict.ts";
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {fileSizeText, short, unbroken} from "./format.ts";
import {aside, commandBox, paragraph, scrollingTable, titledSection, writeSentence} from "./parts.ts";
import type {Opened} from "./protocol.ts";
import {remedyPart} from "./remedyPart.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** The most names that are listed. */
const MAX_LISTED = 100;

/** Draws the screen. */
export function willItLoadScreen(screen: ScreenContext): void {
  const {panel, sentence, state} = screen;
  const adapter = state.adapters[state.shown]!;
  const {opened} = adapter;
  const {readers} = opened.loading;
  writeSentence(sentence, loadSentence(adapter));
  if (opened.facts.modules > 0) aside(panel, factLine(adapter));
  const columns = make(panel, "div", "inspect-columns inspect-loading");
  const left = make(columns, "div");
  if (readers.length > 0) {
    const box = make(left, "div", "inspect-readers");
    for (const verdict of readers) readerRow(box, verdict);
    strengthPart(left, opened);
    aside(
      left,
      `The rules were read in the sources of ${VERSIONS.PEFT.long}, ${VERSIONS.vLLM.long} and ${VERSIONS["llama.cpp"].long} on ${READ_ON}. ${oldRules(new Date()) ?? "Such rules change from month to month"}. No file shows whether its base is the right one: only your task can tell.`,
    );
  } else familiesPart(left, opened);
  const right = make(columns, "div");
  remedyPart(screen, right, adapter);
  bytesPart(right, opened);
}

/** The sentence at the top: on the names at first, and on the values too once they are measured. */
export function loadSentence({opened, verdict}: OpenAdapter): string {
  const {loading, unreadKinds} = opened;
  if (opened.pairs.length === 0 && unreadKinds.length > 0 && loading.readers.length === 0)
    return `This is ${unreadKinds[0]!.title}, which is named here and not measured: ${unreadKinds[0]!.why}.`;
  return verdict?.answer ?? loading.sentence;
}

/** The adapter in one line: its modules, base and format, and its ranks or, once it is known, the sentence on them. */
function factLine({opened, verdict}: OpenAdapter): string {
  const {facts} = opened;
  const what = `${counted(facts.modules, "module")}${facts.base ? ` of ${facts.base.name}` : ""}, ${facts.dtypes[0]?.[0] ?? ""}`;
  if (verdict && verdict.sentence !== verdict.answer) return `${what}. ${verdict.sentence}`;
  const ranks = facts.ranks.map(([r]) => r).sort((a, b) => a - b);
  return `${what}, rank ${ranks.length > 3 ? `${ranks[0]} to ${ranks.at(-1)}` : ranks.join(", ")}.`;
}

/** What one program does with the file. */
function readerRow(root: Element, verdict: Verdict): void {
  const {reader, outcome, words, why, doubt, reasons, command} = verdict;
  const isRight = outcome === "as trained";
  const row = make(root, "section", `reader ${!isRight ? "wrong" : doubt ? "doubt" : "right"}`);
  const sign = make(row, "span", "sign", !isRight ? "!" : doubt ? "?" : "✓");
  sign.setAttribute("aria-hidden", "true");
  const name = make(row, "h2", "", reader);
  make(name, "small", "", VERSIONS[reader].short);
  const answer = make(row, "div", "answer");
  const line = make(answer, "p");
  make(line, "b", "", `${words}.`);
  line.append(` ${unbroken(why)}`);
  if (doubt) aside(answer, doubt);
  if (command) commandBox(answer, command, `Copy the command for ${reader}`);
  const details = make(answer, "details");
  make(details, "summary", "", isRight ? "What decides it" : "The field or tensor behind it");
  const list = make(details, "ul", "inspect-notes");
  for (const {what, rule} of reasons) {
    const {says, source, version} = RULES[rule];
    const item = make(list, "li", "", what ? `${what}. ${says} (` : `${says} (`);
    make(item, "code", "", source);
    item.append(`, ${version}).`);
  }
  strengthMark(row, verdict);
}

/** "÷ 8", "× 1" or "× 4". */
const timesText = (times: number) =>
  times > 0 && times < 1 ? `÷ ${short(1 / times)}` : times === Number.POSITIVE_INFINITY ? "× ∞" : `× ${short(times)}`;

/** The factor that a program multiplies B·A by, over the one in training: the worst of all modules. */
function strengthMark(row: Element, {outcome, times}: Verdict): void {
  const mark = make(row, "div", "strength");
  if (outcome === "refused" || outcome === "not as trained") {
    make(mark, "span", "from", outcome === "refused" ? "not loaded" : "only a part");
    return;
  }
  const distance = (one: number) => (one > 0 ? Math.abs(Math.log2(one)) : Number.POSITIVE_INFINITY);
  const [worst, modules] = times.reduce((most, one) => (distance(one[0]) > distance(most[0]) ? one : most));
  const all = times.reduce((sum, [, count]) => sum + count, 0);
  make(mark, "b", worst === 1 ? "" : "loud", timesText(worst));
  if (worst !== 1)
    make(
      mark,
      "span",
      "from",
      worst === 0 && modules === all
        ? "the base answers"
        : modules === all
          ? "every module"
          : `${whole(modules)} of ${whole(all)}`,
    );
}

/** A table of what each program multiplies B·A by, open where they differ. */
function strengthPart(root: Element, {loading}: Opened): void {
  const {strength, readers} = loading;
  if (strength.length === 0) return;
  const details = make(root, "details", "inspect-strength");
  details.open = !loading.isRight && readers.some(({times}) => times.some(([one]) => one !== 1));
  const isUniform = strength.length === 1 && loading.isRight;
  make(
    details,
    "summary",
    "",
    `Strength: what each multiplies B·A by${isUniform ? `, ${short(strength[0]!.trained)} everywhere` : ""}`,
  );
  scrollingTable(
    details,
    "What each reader multiplies B·A by",
    ["Modules", "as trained", ...readers.map(({reader}) => reader)],
    strength.map(({modules, name, r, trained, by}) => [
      `${modules === 1 ? name : `${whole(modules)}, ${name} first`}, r ${r}`,
      short(trained),
      ...readers.map(({reader}) => {
        const factor = by[reader];
        if (factor === undefined) return "not loaded";
        const times = factor === 0 ? 0 : factor / trained;
        return Math.abs(times - 1) < 1e-6 ? short(factor) : `${short(factor)} (${timesText(times)})`;
      }),
    ]),
  );
}

/** For a file that none of the three reads: which programs use such names. */
function familiesPart(root: Element, {rows, unreadKinds}: Opened): void {
  const families = new Map<string, KeyRow>();
  for (const row of rows) {
    const before = families.get(row.family + row.readers);
    families.set(row.family + row.readers, {...(before ?? row), modules: row.modules + (before?.modules ?? 0)});
  }
  if (families.size > 0) {
    const table = scrollingTable(
      titledSection(root, "Whose names these are"),
      "Families of names in this file",
      ["Family", "Who reads such names", "Modules", "One of them"],
      [...families.values()].map(({family, readers, modules, example}) => [family, readers, whole(modules), example]),
    );
    table.classList.add("inspect-keys");
  }
  if (unreadKinds.length === 0) return;
  const list = make(titledSection(root, "Named here, not measured"), "ul", "inspect-notes");
  for (const {title, why, tensors, first} of unreadKinds) {
    const item = make(list, "li", "", `${title}: ${counted(tensors, "tensor")}, because ${why}. The first is `);
    make(item, "code", "", first);
  }
}

/** A bar of what fills the file, and the names of tensors that are neither A nor B. */
function bytesPart(root: Element, {bytes, facts, otherNames}: Opened): void {
  const {kinds, sentences} = bytes;
  const total = kinds.reduce((sum, one) => sum + one.bytes, 0);
  if (total === 0) return;
  const isPairs = kinds.every(({kind}) => kind === "A" || kind === "B");
  const section = titledSection(
    root,
    `${fileSizeText(facts.bytes)}${isPairs ? ", all of it A and B" : ""}`,
    "inspect-bytes",
  );
  const bar = make(section, "div", "bar");
  bar.setAttribute("aria-hidden", "true");
  for (const {kind, bytes} of kinds) {
    const piece = make(bar, "i", kind.replaceAll(" ", "-"));
    piece.style.flexGrow = String(bytes / total);
  }
  const shares = kinds
    .filter(({bytes}) => bytes >= total / 200)
    .map(({kind, bytes}) => `${kind} ${Math.round((100 * bytes) / total)}%`);
  aside(section, `${shares.join(", ")}.`);
  for (const sentence of sentences) paragraph(section, sentence);
  if (otherNames.length === 0) return;
  const details = make(section, "details");
  make(details, "summary", "", `${counted(facts.tensors - facts.used, "tensor")} of no pair`);
  const list = make(details, "ul", "inspect-notes");
  for (const name of otherNames.slice(0, MAX_LISTED)) make(make(list, "li"), "code", "", name);
  if (otherNames.length > MAX_LISTED) aside(details, `The first ${MAX_LISTED} are listed.`);
}
