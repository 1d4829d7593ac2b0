import type {Ground} from "../../figure/plot/grounds.ts";
import {capital, counted} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import type {ChooseResult, Standing} from "./model.ts";
import {cited, facts, type Rule, read, ruleOf} from "./rules.ts";
import {firstOf, isMany, nameOf, namesOf, nothingFits, placeOf} from "./sentences.ts";
import {methods} from "./verdicts.ts";

/** "meets all of it", "fails 1, pays for 2". */
function markWords({fails, pays, untested}: Standing): string {
  const parts = Object.entries({fails, "pays for": pays, "is untested on": untested});
  const said = parts.flatMap(([what, n]) => (n ? [`${what} ${n}`] : []));
  return said.length ? said.join(", ") : "meets all of it";
}

export function summary(result: ChooseResult): string {
  const {requested, standings} = result;
  if (!requested.length) return "You have not asked for anything yet, so all methods tie.";
  const {sure, open} = firstOf(result);
  const [front] = standings as [Standing];
  const s = isMany(sure) ? "" : "s";
  const alone = open.length ? `${s ? "is" : "are"} sure of first place` : `${s ? "is" : "are"} alone in first place`;
  const head = sure.length
    ? `${namesOf(sure)} ${sure.length > 1 ? "share first place" : alone} (${sure.length > 1 ? "each " : ""}${markWords(front)})`
    : "No method is sure of first place";
  const tail = open.length
    ? `, and ${namesOf(open)} might ${sure.length ? "share it or take it" : "take it"}, depending on what nobody has tested`
    : "";
  return `You ask for ${listed(requested.map((fact) => facts[fact]!.asks))}. ${capital(head)}${tail}${nothingFits(result) ? "; no method meets everything" : ""}.`;
}

const lineOf = (rule: Rule): string =>
  `${capital(namesOf(rule.methods))} · ${rule.verdict === "untested" ? "not tested" : rule.verdict}: ${read(rule.because)} [${cited(rule.source)}]`;

/** Every rule that was used, by fact. */
export const groundsOf = ({requested}: ChooseResult): Ground[] =>
  requested.map((fact) => {
    const {short, mind} = facts[fact]!;
    const used = new Set(Object.keys(methods).map((method) => ruleOf(method, fact)));
    return {name: short, lines: [...used].map(lineOf), assumption: read(mind)};
  });

/** A row for each method and requested fact; a row for each method if no fact is requested. */
export const rowsOf = ({requested, standings}: ChooseResult): string[][] =>
  standings.flatMap((standing) => {
    const head = [nameOf(standing.method), placeOf(standing)];
    if (!requested.length) return [[...head, "nothing", "", "", ""]];
    return requested.map((fact) => {
      const {verdict, because, source} = ruleOf(standing.method, fact);
      return [...head, facts[fact]!.short, verdict, read(because), cited(source)];
    });
  });

export const untestedIn = ({standings}: ChooseResult): string =>
  counted(
    standings.reduce((sum, {untested}) => sum + untested, 0),
    "cell",
  );
