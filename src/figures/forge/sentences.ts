/** What the figure says: its sentences, readouts, table, and the texts of its drawings. */
import {counted, fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import type {Readout, Table} from "../../figure/widget.ts";
import {controls, type ForgeParams} from "./controls.ts";
import type {CustomerColumn} from "./drawing/customers.ts";
import type {Customer} from "./model.ts";
import {type ComparedLetter, changedWords, type ForgeResult, tokenName} from "./reading.ts";

/** What the held-out words of a lesson are. */
const lists = {names: "names", french: "French words", spanish: "Spanish words", twenty: "names"} as const;
/** Letters in doubt of the base, and with what was trained. */
const doubts = ({losses: {off, now}}: Pick<Customer, "losses">): [off: string, now: string] => [
  fixed(lettersInDoubt(off), 1),
  fixed(lettersInDoubt(now), 1),
];
/** The name of each customer's column. */
const columnNames = {names: "Names", french: "French", spanish: "Spanish", twenty: "Names"} as const;

export const customerColumns = ({customers, settings}: ForgeResult): CustomerColumn[] =>
  customers.map(({lesson, words, losses}) => {
    const [off, now] = doubts({losses});
    const inDoubt = settings.adapter === "off" ? off : `${off} → ${now}`;
    return {name: columnNames[lesson], doubts: inDoubt, words, isChosen: lesson === settings.lesson};
  });

/** The card's sentence for three customers. */
function threeSentence(result: ForgeResult): string {
  const {counts, settings} = result;
  if (settings.adapter === "off") return "Off: all three customers get the words of the base, from the same draws.";
  const [off, now] = doubts(result);
  return `One base, and ${whole(counts.adapter)} parameters for each customer; with those for ${lists[settings.lesson]}, ${off} letters in doubt become ${now}.`;
}

const nowCalled = ({settings: {adapter}}: ForgeResult): string => (adapter === "full" ? "fully tuned" : "on");

/** What one draw chose: "lands on “g” off and on “e” on". */
function landing(result: ForgeResult): string {
  const {off, now, settings} = result;
  const [was, is] = [off, now].map(({token}) => `“${tokenName(token)}”`);
  if (settings.adapter === "off") return `lands on ${was}`;
  return was === is
    ? `lands on ${was} both off and ${nowCalled(result)}`
    : `lands on ${was} off and on ${is} ${nowCalled(result)}`;
}

/** What is seen; then, for Explore, that switching off gives the same scores, and the letter to look at. */
export function forgeSays(result: ForgeResult, {word}: ForgeParams): readonly [card: string, more: string] {
  const {settings, place, again, counts, slots, isWhole, losses} = result;
  const [off, now] = doubts(result);
  const list = lists[settings.lesson];
  const letter = `in word ${word} the draw for letter ${place} ${landing(result)}.`;
  const same = `${whole(again.same)} of ${whole(again.scores)} scores`;
  const kept = slots.length - changedWords(result);
  const change = kept === slots.length ? "no word changes" : `all words ${kept ? `but ${kept} ` : ""}change`;
  const writing = isWhole ? "" : `Word ${word}, letter ${place}: the draw ${landing(result)}.`;
  if (settings.adapter === "off")
    return [
      settings.isThree
        ? threeSentence(result)
        : writing ||
          `Off: the base’s words; in violet what ${whole(counts.adapter)} parameters make of them, with ${fixed(lettersInDoubt(losses.on), 1)} letters in doubt on ${list} instead of ${off}.`,
      `${same} are those of the base, bit for bit; ${letter}`,
    ];
  const card = settings.isThree
    ? threeSentence(result)
    : writing ||
      `${settings.adapter === "on" ? "On" : "Fully tuned"}: from the same random draws ${change}, and on ${list} ${off} letters in doubt become ${now}.`;
  const trained =
    settings.adapter === "on"
      ? `After ${settings.step} steps ${counted(counts.trained, "parameter")} were trained beside ${whole(counts.base)} frozen ones, and off again ${same} are what they were, bit for bit`
      : `All ${counted(counts.trained, "parameter")} are tuned: the old weights are overwritten, so nothing can be switched off`;
  return [card, `${trained}; ${letter}`];
}

export function forgeReadouts(result: ForgeResult): Readout[] {
  const {settings, slots, counts, again, off, now, place} = result;
  const [was, is] = doubts(result);
  const [before, after] = [off, now].map(({chances, token}) => percent(chances[token]!));
  const isOff = settings.adapter === "off";
  return [
    {
      label: ["Letters in doubt"],
      value: is,
      note: `on held-out ${lists[settings.lesson]}${isOff ? "" : `; ${was} off`}`,
    },
    {label: ["Words"], value: slots.map(({now}) => now || "–").join(", ")},
    {label: ["Trained parameters"], value: whole(counts.trained), note: `${whole(counts.base)} in the base`},
    {
      label: ["The draw lands on"],
      value: isOff ? tokenName(off.token) : `${tokenName(off.token)} → ${tokenName(now.token)}`,
      note: isOff ? `letter ${place}, chance ${before}` : `letter ${place}, chances ${before} and ${after}`,
    },
    ...(settings.adapter === "full"
      ? []
      : [
          {
            label: ["Off again"],
            value: `${whole(again.same)} of ${whole(again.scores)}`,
            note: "scores, the same bit for bit",
          },
        ]),
  ];
}

export function forgeTable(result: ForgeResult, {word}: ForgeParams): Table {
  const {slots, off, now, place, settings} = result;
  return {
    caption: `The words from the same draws, then each token’s chance to be letter ${place} of word ${word}`,
    columns: ["Row", "Off", controls.adapter.options[settings.adapter], "Changed letters"],
    rows: [
      ...slots.map(({off, now, changed}, i) => [
        `Word ${i + 1}`,
        off,
        now,
        whole(settings.adapter === "off" ? 0 : changed.filter((is) => is).length),
      ]),
      ...off.chances.map((chance, token) => [tokenName(token), percent(chance), percent(now.chances[token]!), ""]),
    ],
  };
}

/** The picture in words, for screen readers. */
export const forgeAlt = (result: ForgeResult): string => {
  const {slots, settings} = result;
  if (settings.isThree)
    return `Three adapters over one base. ${customerColumns(result)
      .map(({name, doubts, words}) => `${name}, ${doubts.replace("→", "to")} letters in doubt: ${words.join(", ")}.`)
      .join(" ")}`;
  const words = slots.map(({off, now, on}) =>
    settings.adapter === "off" ? `${now}, with the adapter ${on}` : `${off} becomes ${now}`,
  );
  return `${doubts(result)[1]} letters in doubt. The words: ${words.join("; ")}.`;
};

/** The line above the chances: which letter is chosen, and after which letters. */
export function choiceTitle({off, on, place}: ComparedLetter, adapter: ForgeResult["settings"]["adapter"]): string {
  const after = (text: string) => (text ? `“${text}”` : "the start");
  const before =
    off.before === on.before
      ? `After ${after(off.before)}`
      : `After ${after(off.before)} off, ${after(on.before)} ${adapter === "full" ? "tuned" : "on"}`;
  return `${before}: one draw chooses letter ${place}`;
}
