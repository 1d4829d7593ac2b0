/** The screen “Will it load?”: what PEFT, vLLM and llama.cpp do with the file, how strong the adapter then is, and what to do about it. */
import type {KeyRow} from "../engine/adapters/inspect/keys.ts";
import {oldRules, READ_ON, RULES, VERSIONS} from "../engine/adapters/inspect/loading/rules.ts";
import type {Outcome, Verdict} from "../engine/adapters/inspect/loading/verdict.ts";
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {fileSizeText, short, unbroken} from "./format.ts";
import {aside, commandBox, mainButton, paragraph, scrollingTable, titledSection, writeSentence} from "./parts.ts";
import type {OpenedFile} from "./protocol.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** Of more names than this the rest is left out. */
const MAX_LISTED = 100;

export function drawWillItLoadScreen(screen: ScreenContext): void {
  const {panel, sentence, state} = screen;
  const adapter = state.adapters[state.shownSlot]!;
  const {opened} = adapter;
  const {readers} = opened.loading;
  writeSentence(sentence, loadSentence(adapter));
  if (opened.facts.modules > 0) aside(panel, factLine(adapter));
  const columns = make(panel, "div", "inspect-columns inspect-loading");
  const left = make(columns, "div");
  if (readers.length > 0) {
    const box = make(left, "div", "inspect-readers");
    for (const verdict of readers) drawReader(box, verdict);
    drawStrengthPart(left, opened);
    aside(
      left,
      `The rules were read in the sources of ${VERSIONS.PEFT.long}, ${VERSIONS.vLLM.long} and ${VERSIONS["llama.cpp"].long} on ${READ_ON}. ${oldRules(new Date()) ?? "Such rules change from month to month"}. No file shows whether its base is the right one: only your task can tell.`,
    );
  } else drawFamiliesPart(left, opened);
  const right = make(columns, "div");
  drawRemedyPart(screen, right, adapter);
  drawBytesPart(right, opened);
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

/** Draws what one program does with the file. */
function drawReader(root: Element, verdict: Verdict): void {
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
  drawStrength(row, verdict);
}

/** A factor as "÷ 8", "× 1" or "× 4". */
const timesText = (times: number) =>
  times > 0 && times < 1 ? `÷ ${short(1 / times)}` : times === Number.POSITIVE_INFINITY ? "× ∞" : `× ${short(times)}`;

/** Draws the factor that a program multiplies B·A by, over the one in training: of several, the one farthest from 1. */
function drawStrength(row: Element, {outcome, times}: Verdict): void {
  const mark = make(row, "div", "strength");
  if (outcome === "refused" || outcome === "not as trained") {
    make(mark, "span", "from", outcome === "refused" ? "not loaded" : "only a part");
    return;
  }
  const distance = (factor: number) => (factor > 0 ? Math.abs(Math.log2(factor)) : Number.POSITIVE_INFINITY);
  const [worst, count] = times.reduce((most, one) => (distance(one[0]) > distance(most[0]) ? one : most));
  make(mark, "b", worst === 1 ? "" : "loud", timesText(worst));
  if (worst === 1) return;
  const all = times.reduce((sum, [, modules]) => sum + modules, 0);
  const ofAll = worst === 0 ? "the base answers" : "every module";
  make(mark, "span", "from", count === all ? ofAll : `${whole(count)} of ${whole(all)}`);
}

/** Draws a table of what each program multiplies B·A by, open where one differs from training. */
function drawStrengthPart(root: Element, {loading}: OpenedFile): void {
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

/** Draws, for a file that none of the three reads, which programs use such names. */
function drawFamiliesPart(root: Element, {rows, unreadKinds}: OpenedFile): void {
  const families = new Map<string, KeyRow>();
  for (const row of rows) {
    const key = `${row.family} ${row.readers}`;
    const before = families.get(key);
    families.set(key, before ? {...before, modules: before.modules + row.modules} : row);
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

/** Draws a bar of what fills the file, and the names of tensors that are neither A nor B. */
function drawBytesPart(root: Element, {bytes: {kinds, sentences}, facts, otherNames}: OpenedFile): void {
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

/** Draws what to do about the file: check how it is loaded, export it anew, merge it, or add its config. */
function drawRemedyPart(screen: ScreenContext, root: Element, adapter: OpenAdapter): void {
  const {opened, verdict} = adapter;
  const {readers, isRight} = opened.loading;
  if (opened.pairs.length === 0) return;
  const has = (...outcomes: Outcome[]) => readers.some(({outcome}) => outcomes.includes(outcome));
  const isMoreThanLora = opened.facts.dora > 0 || opened.bytes.kinds.some(({kind}) => kind === "trained head");
  if (readers.length > 0 && isRight) {
    // A check that failed with a headline is a fault of the file itself.
    if (verdict?.checks.every(({headline}) => headline === undefined)) drawCheckPart(root, adapter);
  } else if (readers.length > 0 && !opened.hasConfig) drawConfigPart(screen, root);
  // Wrong factors and names that are not found are cured by a file of one rank under plain names.
  else if (has("not as trained") && opened.facts.otherNumbers === 0) {
    // Only a base that PEFT has changed rightly has the whole update.
    if (readers[0]!.outcome === "as trained") drawMergePart(root, "B·A is not all of its update");
  } else if (has("too weak", "too strong", "nothing") || !isMoreThanLora) drawExportPart(screen, root, adapter);
  else drawMergePart(root, opened.facts.dora > 0 ? "DoRA’s norms act on W₀ + B·A" : "a head is neither A nor B");
}

function drawConfigPart(screen: ScreenContext, root: Element): void {
  const section = titledSection(root, "Add its config", "inspect-card inspect-remedy");
  paragraph(section, "All three need adapter_config.json, which lies beside the weights where they were saved.");
  mainButton(section, "Add adapter_config.json", () => screen.chooseFiles(screen.state.shownSlot));
}

/** Draws the way to a file with one rank and plain names. */
function drawExportPart(screen: ScreenContext, root: Element, {opened}: OpenAdapter): void {
  const {exportErrors, loading, facts} = opened;
  const section = titledSection(root, "Take home", "inspect-card inspect-remedy");
  if (exportErrors.PEFT !== undefined) {
    paragraph(section, `It cannot be written as a PEFT adapter, because ${exportErrors.PEFT}.`);
    return;
  }
  const isForeign = loading.readers.length === 0;
  paragraph(
    section,
    isForeign
      ? `It can be written as PEFT files: base_model.model. before every name, A as r × in and B as out × r.`
      : facts.otherNumbers > 0 &&
          loading.readers.every(({outcome}) => ["refused", "not as trained", "as trained"].includes(outcome))
        ? "Without the whole matrices, vLLM and llama.cpp take the file. If those matrices were trained together with A and B, it is no longer what you trained."
        : "One file that all three read alike: clean names, one rank (padded with rows of 0), one α for all modules and no patterns.",
  );
  mainButton(section, isForeign ? "Rewrite as PEFT" : "Take it home", () => {
    screen.state.exportFields.kind = "none";
    screen.goTo("take");
  });
}

/** Draws, for a sound file that changes nothing in use, two lines of Python that show whether its weights were loaded. */
function drawCheckPart(root: Element, {verdict, opened}: OpenAdapter): void {
  const section = titledSection(root, "If nothing changes in use", "inspect-card inspect-remedy");
  paragraph(
    section,
    `The file is sound, so look at how it is loaded. These two lines print ${short(verdict!.sumB, 4)}; 0.0 means that the weights were not loaded.`,
  );
  commandBox(
    section,
    `m = PeftModel.from_pretrained(base, ${JSON.stringify(opened.path)})\nprint(sum(p.abs().sum().item() for n, p in m.named_parameters() if "lora_B" in n))`,
    "Copy the check",
  );
}

/** Draws, for what no export makes a plain LoRA, the way to merge it into the base; `why` is the reason. */
function drawMergePart(root: Element, why: string): void {
  const section = titledSection(root, "Merge it, then serve the whole model", "inspect-card inspect-remedy");
  paragraph(section, `No rewriting makes this an adapter for vLLM or llama.cpp: ${why}. Run this where the base is:`);
  commandBox(
    section,
    '# model and tokenizer as you trained them, with this adapter\nmodel.merge_and_unload().save_pretrained("merged")\ntokenizer.save_pretrained("merged")',
    "Copy the merge",
  );
}
