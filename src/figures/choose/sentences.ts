import {capital} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import type {ChooseResult, Standing} from "./model.ts";
import {methodNames} from "./verdicts.ts";

export const methodName = (method: string): string => methodNames[method]!;

/** "BitFit, adapter layers and LoRA unmerged"; "none" for an empty list. */
export const methodNamesListed = (list: readonly string[]): string =>
  listed(
    list.map((one) =>
      methodName(one)
        .replace(",", "")
        .replace(/^[A-Z](?=[a-z]+[ -])/, (letter) => letter.toLowerCase()),
    ),
  ) || "none";

/** "place 1", "place 1–5". */
export const standingPlace = ({best, worst}: Standing): string => (best === worst ? `${best}` : `${best}–${worst}`);

/** The counts behind a place: "fails 2 · pays 1 · untested 1", "meets all". */
export function markOf({verdicts, fails, pays, untested}: Standing): string {
  if (!verdicts.length) return "nothing asked";
  const parts = Object.entries({fails, pays, untested}).flatMap(([name, n]) => (n ? [`${name} ${n}`] : []));
  return parts.length ? parts.join(" · ") : "meets all";
}

/** The methods that are sure of the first place, and those that might take or share it. */
export const firstOf = ({standings}: ChooseResult) => ({
  sure: standings.filter(({worst}) => worst === 1).map(({method}) => method),
  open: standings.filter(({best, worst}) => best === 1 && worst > 1).map(({method}) => method),
});

/** Whether no method meets every requested fact, even if all untested facts turn out well. */
export const nothingFits = ({standings}: ChooseResult): boolean => standings.every(({fails, pays}) => fails + pays > 0);

/** Whether these names need a plural verb; "adapter layers" does alone. */
export const isMany = (names: readonly string[]): boolean => names.length > 1 || names[0] === "adapters";

/** ["fails 1 request", "pays for 2"], or ["meet every request"]; `noun` is left out where it has just been said. */
function requestParts({fails, pays, untested}: Standing, isPlural = false, noun = " request"): string[] {
  const verbs = isPlural
    ? {fail: fails, "pay for": pays, "are untested on": untested}
    : {fails, "pays for": pays, "is untested on": untested};
  const said = Object.entries(verbs).flatMap(([verb, n]) => (n ? [[verb, n] as const] : []));
  if (!said.length) return [isPlural ? "meet every request" : "meets every request"];
  return said.map(([verb, n], i) => `${verb} ${i || !noun ? n : `${n}${noun}${n === 1 ? "" : "s"}`}`);
}

/** Whether one verb says all that a method does to the requests. */
const isOneWord = ({fails, pays, untested}: Standing): boolean =>
  [fails, pays, untested].filter((n) => n > 0).length <= 1;

/** "merged", from "LoRA merged". */
const wayOf = (name: string): string => name.replace("LoRA ", "");

/** More names than this would fill the line. */
const FEW = 2;

/** The short sentence, for a card: who is first, and where LoRA is. */
export function says(result: ChooseResult): string {
  const {requested, standings} = result;
  if (!requested.length) return "Nothing is checked yet, so all methods tie.";
  const {sure, open} = firstOf(result);
  const first = sure.length ? sure : open;
  const many = isMany(first);
  const head = sure.length
    ? `${many ? "come first: they" : "comes first: it"} ${listed(requestParts(standings[0]!, many))}`
    : "may come first";
  const isNamed = first.length <= FEW;
  const others = standings.filter(({method}) => method.startsWith("lora-") && !(isNamed && first.includes(method)));
  const [one, other] = others.map((standing) => ({
    name: methodName(standing.method).replace(",", ""),
    mark: listed(requestParts(standing)),
    short: requestParts(standing, false, sure.length ? "" : " request").join(", "),
    bare: listed(requestParts(standing, false, "")),
    isOne: isOneWord(standing),
  }));
  const lora = !one
    ? ""
    : !other
      ? ` ${one.name} ${one.mark}.`
      : one.mark === other.mark
        ? ` LoRA ${one.mark}.`
        : one.isOne && other.isOne
          ? ` LoRA ${one.mark} ${wayOf(one.name)} and ${other.bare} ${wayOf(other.name)}.`
          : ` LoRA ${wayOf(one.name)} ${one.short}; ${wayOf(other.name)} ${other.short}.`;
  return `${capital(isNamed ? methodNamesListed(first) : `${first.length} methods`)} ${head}.${lora}`;
}
