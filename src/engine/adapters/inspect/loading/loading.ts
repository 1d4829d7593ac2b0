/** The answer to “will this do what I trained, when I load it?”, before a number is read. */

import {listed} from "../../../wording.ts";
import {type Check, healthHeadline} from "../health.ts";
import type {OpenedAdapter} from "../open.ts";
import {BASE_CLASS_TEXTS, baseClassOf} from "./found.ts";
import {verdictsOf} from "./readers.ts";
import {READERS, type Reader} from "./rules.ts";
import {type StrengthRow, strengthRows, strengthsOf} from "./strength.ts";
import {type Verdict, worstOf, wrongBy} from "./verdict.ts";

/** What becomes of a file when it is loaded. */
export interface LoadingAnswer {
  /** The headline, with its full stop; a fault of the names or the config comes before the readers. */
  sentence: string;
  /** The three verdicts in their order; none for names that these readers are not for. */
  readers: Verdict[];
  /** What each multiplies B·A by, one row for all modules that agree. */
  strength: StrengthRow[];
  /** Every reader applies it as trained; also true where there are no readers, which is for names of another family. */
  isRight: boolean;
}

/** What becomes of an adapter when it is loaded; `path` is its folder, for the commands. */
export function loadingOf(adapter: OpenedAdapter, path?: string): LoadingAnswer {
  const readers = verdictsOf(adapter, path);
  const strengths = readers.length > 0 ? strengthsOf(adapter) : [];
  const byReader = new Map(readers.map((verdict) => [verdict.reader, verdict]));
  const strength = strengthRows(strengths, ({by}) =>
    Object.fromEntries(
      READERS.flatMap((reader) => {
        const {outcome} = byReader.get(reader)!;
        return outcome === "refused" ? [] : [[reader, outcome === "nothing" ? 0 : by[reader]]];
      }),
    ),
  );
  return {
    sentence:
      healthHeadline(adapter) ?? (readers.length > 0 ? readersSentence(readers, adapter) : foreignSentence(adapter)),
    readers,
    strength,
    isRight: readers.every(({outcome}) => outcome === "as trained"),
  };
}

/** The headline once the numbers are read: a fault of theirs comes before the readers. */
export const answerOf = (checks: readonly Check[], {sentence}: LoadingAnswer): string =>
  checks.find(({headline}) => headline !== undefined)?.headline ?? sentence;

/** What a reader that does not apply the file as trained does: a predicate for one, and for several of them. */
function predicate({reader, outcome, times}: Verdict): {one: string; many: string} {
  if (outcome === "refused")
    return reader === "llama.cpp"
      ? {one: "’s converter stops", many: "’s converter stops"}
      : {one: " refuses it", many: " refuse it"};
  if (outcome === "nothing") return {one: " loads nothing of it", many: " load nothing of it"};
  if (outcome === "not as trained") return {one: " adds only a part of it", many: " add only a part of it"};
  const what = times.length === 1 ? `every module ${wrongBy(worstOf(times))}` : `some of it ${outcome}`;
  return {one: ` makes ${what}`, many: ` make ${what}`};
}

/** The headline by what the readers do. */
function readersSentence(readers: readonly Verdict[], adapter: OpenedAdapter): string {
  const rightReaders = readers.filter(({outcome}) => outcome === "as trained").map(({reader}) => reader);
  const wrongVerdicts = readers.filter(({outcome}) => outcome !== "as trained");
  if (wrongVerdicts.length === 0) {
    const baseClass = baseClassOf(adapter);
    return baseClass
      ? `${listed(rightReaders)} apply it as trained only on the right class of the base: ${BASE_CLASS_TEXTS[baseClass]}.`
      : `${listed(rightReaders)} all apply it as trained.`;
  }
  const [{why}] = wrongVerdicts;
  if (
    rightReaders.length === 0 &&
    wrongVerdicts.every((verdict) => verdict.outcome === "refused" && verdict.why === why)
  )
    return `None of ${listed(READERS)} loads it: ${why[0]!.toLowerCase()}${why.slice(1)}`;
  const groups = new Map<string, {names: Reader[]; many: string}>();
  for (const verdict of wrongVerdicts) {
    const {one, many} = predicate(verdict);
    const group = groups.get(one) ?? {names: [], many};
    group.names.push(verdict.reader);
    groups.set(one, group);
  }
  const faults = listed(Array.from(groups, ([one, {names, many}]) => listed(names) + (names.length > 1 ? many : one)));
  if (rightReaders.length === 0) return `None of the three applies it as trained: ${faults}.`;
  const who = rightReaders.length === 1 ? `Only ${rightReaders[0]} applies` : `${listed(rightReaders)} apply`;
  return `${who} it as trained; ${faults}.`;
}

/** The headline for names of other families: who reads them. */
function foreignSentence({keys, facts}: OpenedAdapter): string {
  if (keys.rows.length === 0) return "A LoRA loader knows none of these names.";
  const readers = [...new Set(keys.rows.map((row) => row.readers))];
  return `These are ${listed(facts.families)} names, which are for ${readers.join("; and ")}.`;
}
