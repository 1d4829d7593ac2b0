import type {Derivation} from "../../figure/plot/derivation.ts";
import {capital, counted} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import type {ChooseResult, Standing} from "./model.ts";
import {cited, facts, ruleOf, type VerdictRule, withoutSources} from "./rules.ts";
import {firstOf, isMany, methodName, methodNamesListed, nothingFits, standingPlace} from "./sentences.ts";
import {methodNames} from "./verdicts.ts";

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
  // "Adapter layers" are one method with a plural name.
  const verb = isMany(sure) ? "are" : "is";
  const alone = open.length ? `${verb} sure of first place` : `${verb} alone in first place`;
  const head = sure.length
    ? `${methodNamesListed(sure)} ${sure.length > 1 ? "share first place" : alone} (${sure.length > 1 ? "each " : ""}${markWords(front)})`
    : "No method is sure of first place";
  const tail = open.length
    ? `, and ${methodNamesListed(open)} might ${sure.length ? "share it or take it" : "take it"}, depending on what nobody has tested`
    : "";
  return `You ask for ${listed(requested.map((fact) => facts[fact]!.asks))}. ${capital(head)}${tail}${nothingFits(result) ? "; no method meets everything" : ""}.`;
}

const lineOf = (rule: VerdictRule): string =>
  `${capital(methodNamesListed(rule.methods))} · ${rule.verdict === "untested" ? "not tested" : rule.verdict}: ${withoutSources(rule.because)} [${cited(rule.source)}]`;

/** Every rule that was used, by fact, with what might change its verdicts. */
export const usedRules = ({requested}: ChooseResult): Derivation[] =>
  requested.map((fact) => {
    const {short, mind} = facts[fact]!;
    const used = new Set(Object.keys(methodNames).map((method) => ruleOf(method, fact)));
    return {name: short, lines: [...used].map(lineOf), assumption: withoutSources(mind)};
  });

/** A row for each method and requested fact; a row for each method if no fact is requested. */
export const standingRows = ({requested, standings}: ChooseResult): string[][] =>
  standings.flatMap((standing) => {
    const head = [methodName(standing.method), standingPlace(standing)];
    if (!requested.length) return [[...head, "nothing", "", "", ""]];
    return requested.map((fact) => {
      const {verdict, because, source} = ruleOf(standing.method, fact);
      return [...head, facts[fact]!.short, verdict, withoutSources(because), cited(source)];
    });
  });

/** "3 cells": those of the table of methods and requested facts that nobody has tested. */
export const untestedIn = ({standings}: ChooseResult): string =>
  counted(
    standings.reduce((sum, {untested}) => sum + untested, 0),
    "cell",
  );
