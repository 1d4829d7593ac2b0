/** The texts of the figure on the forge: its sentences, readouts and table, and those of its drawings. */
import {counted, doubtText, percent, whole} from "../../figure/plot/text/format.ts";
import type {Readout, Table} from "../../figure/widget.ts";
import {controls, type ForgeParams} from "./controls.ts";
import type {CustomerColumn} from "./customers.ts";
import {type ComparedWord, type ForgeResult, tokenName} from "./reading.ts";

/** What the held-out words of a lesson are. */
const lists = {names: "names", french: "French words", spanish: "Spanish words", twenty: "names"} as const;

/** The columns of the three customers. */
export const customerColumns = ({customers, settings, now, words: compared}: ForgeResult): CustomerColumn[] =>
  customers.map(({lesson, words, losses}) => ({
    name: controls.lesson.options[lesson],
    doubts: now === "off" ? doubtText(losses.off) : `${doubtText(losses.off)} → ${doubtText(losses.on)}`,
    words: now === "off" ? compared.map(({off}) => off) : words,
    isChosen: lesson === settings.lesson,
  }));

/** What one draw chose: "lands on “g” off and on “e” on". */
function landingText({chosen: {choices}, now, settings}: ForgeResult): string {
  const [off, on] = [choices.off, choices.on].map(({token}) => `“${tokenName(token)}”`);
  const name = settings.adapter === "full" ? "fully tuned" : "on";
  if (now === "off") return `lands on ${off}`;
  return off === on ? `lands on ${off} both off and ${name}` : `lands on ${off} off and on ${on} ${name}`;
}

/** The card's sentence: what is written, and how many letters are in doubt. */
function cardSentence({settings, now, words, losses, counts}: ForgeResult): string {
  const [off, on] = [doubtText(losses.off), doubtText(losses.on)];
  const list = lists[settings.lesson];
  if (settings.isThree)
    return now === "off"
      ? "Off: all three customers get the words of the base, from the same draws."
      : `One base, and ${whole(counts.trained)} parameters for each customer; with those for ${list}, ${off} letters in doubt become ${on}.`;
  if (now === "off")
    return `Off: the base’s words, in violet what an adapter makes of them; on ${list} ${off} letters are in doubt.`;
  const keptCount = words.filter(({off, on}) => off === on).length;
  const change =
    keptCount === words.length ? "no word changes" : `all words ${keptCount ? `but ${keptCount} ` : ""}change`;
  const name = settings.adapter === "on" ? "On" : "Fully tuned";
  return `${name}: from the same random draws ${change}, and on ${list} ${off} letters in doubt become ${on}.`;
}

/** The card's sentence; then, for Explore, that switching off gives the same scores, and the letter to look at. */
export function forgeSays(result: ForgeResult, {word}: ForgeParams): readonly [card: string, more: string] {
  const {settings, chosen, again, counts, now} = result;
  const letterText = `in word ${word} the draw for letter ${chosen.place} ${landingText(result)}.`;
  const sameText = `${whole(again.same)} of ${whole(again.scores)} scores`;
  const trained = counted(counts.trained, "parameter");
  const more =
    now === "off"
      ? `${sameText} are those of the base, bit for bit`
      : settings.adapter === "on"
        ? `In 200 steps ${trained} were trained beside ${whole(counts.base)} frozen ones, and off again ${sameText} are what they were, bit for bit`
        : `All ${trained} are tuned: the old weights are overwritten, so nothing can be switched off`;
  return [cardSentence(result), `${more}; ${letterText}`];
}

/** The numbers beside the picture. */
export function forgeReadouts({settings, words, losses, counts, again, now, chosen}: ForgeResult): Readout[] {
  const {place, choices} = chosen;
  const shown = now === "off" ? [choices.off] : [choices.off, choices.on];
  const chances = shown.map(({chances, token}) => percent(chances[token]!));
  const list = `on held-out ${lists[settings.lesson]}`;
  const readouts: Readout[] = [
    {
      label: ["Letters in doubt"],
      value: doubtText(losses[now]),
      note: now === "off" ? list : `${list}; ${doubtText(losses.off)} off`,
    },
    {label: ["Words"], value: words.map((word) => word[now] || "–").join(", ")},
    {
      label: ["Trained parameters"],
      value: whole(now === "off" ? 0 : counts.trained),
      note: `${whole(counts.base)} in the base`,
    },
    {
      label: ["The draw lands on"],
      value: shown.map(({token}) => tokenName(token)).join(" → "),
      note: `letter ${place}, ${now === "off" ? "chance" : "chances"} ${chances.join(" and ")}`,
    },
  ];
  if (settings.adapter === "full") return readouts;
  const offAgain = {value: `${whole(again.same)} of ${whole(again.scores)}`, note: "scores, the same bit for bit"};
  return [...readouts, {label: ["Off again"], ...offAgain}];
}

/** The words, then the chances of one letter. */
export function forgeTable({words, chosen, now}: ForgeResult, {word, adapter}: ForgeParams): Table {
  const {place, choices} = chosen;
  const changes = (changed: readonly boolean[]) => whole(now === "off" ? 0 : changed.filter(Boolean).length);
  return {
    caption: `The words from the same draws, then each token’s chance to be letter ${place} of word ${word}`,
    columns: ["Row", "Off", controls.adapter.options[adapter], "Changed letters"],
    rows: [
      ...words.map((one, i) => [`Word ${i + 1}`, one.off, one[now], changes(one.changed)]),
      ...choices.off.chances.map((chance, token) => [
        tokenName(token),
        percent(chance),
        percent(choices[now].chances[token]!),
        "",
      ]),
    ],
  };
}

/** The words for screen readers. */
export function wordsAlt({words, now, losses}: ForgeResult): string {
  const all = words.map(({off, on}) => (now === "off" ? `${off}, with the adapter ${on}` : `${off} becomes ${on}`));
  return `${doubtText(losses[now])} letters in doubt. The words: ${all.join("; ")}.`;
}

/** The three customers for screen readers. */
export function customersAlt(result: ForgeResult): string {
  const columns = customerColumns(result).map(
    ({name, doubts, words}) => `${name}, ${doubts.replace("→", "to")} letters in doubt: ${words.join(", ")}.`,
  );
  return `Three adapters over one base. ${columns.join(" ")}`;
}

/** The line above the chances: which letter is chosen, and after which letters. */
export function choiceTitle({place, choices: {off, on}}: ComparedWord, name: string): string {
  const placeText = (text: string) => (text ? `“${text}”` : "the start");
  const before =
    off.before === on.before ? placeText(off.before) : `${placeText(off.before)} off, ${placeText(on.before)} ${name}`;
  return `After ${before}: one draw chooses letter ${place}`;
}
