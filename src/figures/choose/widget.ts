/** The figure “Which method fits your case?”: its table, evidence, sentences, readouts and challenge. */
import {figure} from "../../figure/declare.ts";
import {type Derivation, derivation} from "../../figure/plot/derivation.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {capital, counted} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {listText} from "../shared/listText.ts";
import {type ChooseParams, type ChooseResult, compute, controls, type Standing} from "./model.ts";
import {drawNeedsTable, type Need} from "./needsTable.ts";
import {
  citation,
  facts,
  methodNames,
  ruleOf,
  ruleWorks,
  type VerdictRule,
  verdictsOn,
  withoutSources,
} from "./rules.ts";

/** The methods, in the order of the rule base. */
const methods = Object.keys(methodNames);
/** A method's name for readers. */
const methodName = (method: string): string => methodNames[method]!;

/** "BitFit, adapter layers and LoRA unmerged"; "none" for an empty list. */
const methodNamesListed = (list: readonly string[]): string =>
  listText(
    list.map((one) =>
      methodName(one)
        .replace(",", "")
        .replace(/^[A-Z](?=[a-z]+[ -])/, (letter) => letter.toLowerCase()),
    ),
  ) || "none";

/** A place: "1", "1–5". */
const placeText = ({best, worst}: Standing): string => (best === worst ? `${best}` : `${best}–${worst}`);

/** The counts behind a place: "fails 2, pays for 1, untested on 1", "meets all". */
function summaryText({verdicts, fails, pays, untested}: Standing): string {
  if (!verdicts.length) return "";
  const counts = Object.entries({fails, "pays for": pays, "untested on": untested});
  return counts.flatMap(([verb, n]) => (n ? [`${verb} ${n}`] : [])).join(", ") || "meets all";
}

/** The methods that are first in any case (`sure`), and those that might take or share the first place (`open`). */
const firstOf = ({standings}: ChooseResult) => ({
  sure: standings.filter(({worst}) => worst === 1).map(({method}) => method),
  open: standings.filter(({best, worst}) => best === 1 && worst > 1).map(({method}) => method),
});

/** Whether no method meets every requested fact, even if all untested facts turn out well. */
export const nothingFits = ({standings}: ChooseResult): boolean => standings.every(({fails, pays}) => fails + pays > 0);

/** The controls whose values exclude one another. Each of their values has a column. */
const exclusiveControls = ["quality", "service"] as const;

/** A column for each fact; the facts of one control are side by side. */
function needsOf({requested}: ChooseResult, act: Act): Need[] {
  // The first of their values, "any", is no fact.
  const firstFacts = exclusiveControls.map((name) => Object.keys(controls[name].options)[1]);
  return Object.entries(facts).map(([fact, {short, asks}]) => {
    const isAsked = requested.includes(fact);
    const control = exclusiveControls.find((name) => Object.hasOwn(controls[name].options, fact));
    const change = control ? {[control]: isAsked ? "any" : fact} : {[fact]: isAsked ? "no" : "yes"};
    return {
      name: short,
      spoken: capital(asks),
      isAsked,
      isApart: firstFacts.includes(fact),
      press: () => act.set(change),
    };
  });
}

/** The table of methods by needs, in the order of their places. */
function needsDrawing(result: ChooseResult, act: Act): Drawing {
  const {standings, requested} = result;
  const spokenSummary = (one: Standing) => [`place ${placeText(one)}`, summaryText(one)].filter(Boolean).join(", ");
  const rows = standings.map((one) => ({
    method: one.method,
    name: methodName(one.method),
    place: requested.length ? placeText(one) : "",
    summary: summaryText(one),
    isFirst: requested.length > 0 && one.worst === 1,
    verdicts: Object.keys(facts).map((fact) => verdictsOn(fact)[methods.indexOf(one.method)]!),
  }));
  return {
    name: "needs",
    alt: `Methods by needs. ${standings.map((one) => `${methodName(one.method)}: ${spokenSummary(one)}`).join("; ")}`,
    height: {narrow: 380, mid: 380, wide: 302},
    isInteractive: true,
    isElastic: true,
    draw: (g, sheet) => drawNeedsTable(g, sheet, needsOf(result, act), rows),
  };
}

/** A rule as a line of the evidence. */
const lineOf = (rule: VerdictRule): string =>
  `${capital(methodNamesListed(rule.methods))} · ${rule.verdict === "untested" ? "not tested" : rule.verdict}: ${withoutSources(rule.because)} [${citation(rule.source)}]`;

/** Every rule that was used, by fact, with what might change its verdicts. */
const usedRules = ({requested}: ChooseResult): Derivation[] =>
  requested.map((fact) => {
    const {short, mind} = facts[fact]!;
    const used = new Set(methods.map((method) => ruleOf(method, fact)));
    return {name: short, lines: [...used].map(lineOf), assumption: withoutSources(mind)};
  });

/** The most methods that a sentence names. */
const MAX_NAMED = 2;

/** The card's sentence: which method is first, and how LoRA does. */
function firstAndLora(result: ChooseResult): string {
  const {requested, standings} = result;
  if (!requested.length) return "Nothing is pressed yet, so all methods tie.";
  const {sure, open} = firstOf(result);
  const first = sure.length ? sure : open;
  const names = first.length <= MAX_NAMED ? methodNamesListed(first) : `${first.length} methods`;
  const [unmerged, merged] = ["lora-unmerged", "lora-merged"].map((name) =>
    summaryText(standings.find(({method}) => method === name)!),
  );
  const lora = unmerged === merged ? unmerged : `${unmerged} beside the weights and, merged, ${merged}`;
  const comes = !sure.length ? "may come" : first.length === 1 ? "comes" : "come";
  return `${capital(names)} ${comes} first with ${counted(requested.length, "need")}; LoRA ${lora}.`;
}

/** What the full size adds: what is asked, and whether any method meets everything. */
function furtherSentence(result: ChooseResult): string {
  const asked = listText(result.requested.map((fact) => facts[fact]!.asks));
  if (!asked) return "";
  return `You ask for ${asked}${nothingFits(result) ? "; no method meets everything" : ""}.`;
}

export default figure<typeof controls, ChooseResult>({
  title: "Which method fits your case?",
  guide:
    "Press the needs of your case, at the head of each column. The methods that fail the fewest come first, then those that pay for the fewest; where something is untested, a method's place is a range.",
  sources: ruleWorks,
  controls,
  main: [],
  compute,
  picture: (result, _: ChooseParams, act, size) => ({
    parts: [
      needsDrawing(result, act),
      ...(size === "full"
        ? [
            {
              name: "evidence",
              html: (box: HTMLElement) => derivation(box, "The evidence for each step", usedRules(result)),
            },
          ]
        : []),
    ],
    note: "Full: it meets the need. Half: it does, at a price. Empty: it fails. Hatched: nobody has tested it, and a place such as 1–3 depends on it.",
  }),
  says: (result) => [firstAndLora(result), furtherSentence(result)],
  readouts(result) {
    const {sure, open} = firstOf(result);
    const place = (method: string) => placeText(result.standings.find((one) => one.method === method)!);
    const untested = result.standings.reduce((sum, one) => sum + one.untested, 0);
    return [
      {
        label: ["Sure of first place"],
        value: sure.length === methods.length ? "All tie" : capital(methodNamesListed(sure)),
      },
      {label: ["Might be first"], value: capital(methodNamesListed(open))},
      {label: ["LoRA merged"], value: `place ${place("lora-merged")}`},
      {label: ["LoRA unmerged"], value: `place ${place("lora-unmerged")}`},
      {label: ["Not tested"], value: counted(untested, "cell"), note: "of the table above"},
    ];
  },
  table: (result) => ({
    caption: "Methods by place, and how each does on what is asked; the evidence above has the reasons",
    columns: ["Method", "Place", ...result.requested.map((fact) => facts[fact]!.short)],
    rows: result.standings.map((one) => [methodName(one.method), placeText(one), ...one.verdicts]),
  }),
  source: () => ({kind: "paper", text: "its tables and sections, and works cited below"}),
  challenge: {
    text: "find a case in which no method meets everything you ask, whatever further tests would show. What would you give up?",
    met: (result) => nothingFits(result),
  },
});
