/** What an adapter changes in the words that the forge writes, and three adapters over one base. */
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {lettersInDoubt} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {CUSTOMERS, controls, type ForgeParams, forgeSettings, WRITTEN_WORDS} from "./controls.ts";
import {drawCustomers} from "./drawing/customers.ts";
import {drawForged, type Forged, forgedHeight} from "./drawing/forged.ts";
import {turning} from "./drawing/turning.ts";
import {type ForgeResult, readForge, tokenName} from "./reading.ts";
import {choiceTitle, customerColumns, forgeAlt, forgeReadouts, forgeSays, forgeTable} from "./sentences.ts";

/** The token that a draw falls on. */
function drawnToken(chances: readonly number[], draw: number): number {
  let sum = 0;
  const at = chances.findIndex((chance) => {
    sum += chance;
    return draw < sum;
  });
  return at < 0 ? chances.length - 1 : at;
}

/**
 * The picture when `at` of the eight words, counted with a fraction, show what is written now and the others what the base writes.
 * In the word between them the chances change from the base's to those of now, and its letter when the draw falls on another.
 */
function forgedAt(result: ForgeResult, {word}: ForgeParams, act: Act, at: number): Forged {
  const {settings, slots, letters, losses} = result;
  const isOff = settings.adapter === "off";
  const isWhole = at >= slots.length;
  const looked = isWhole ? word - 1 : Math.floor(at);
  const letter = letters[looked]!;
  // The change is fast at first.
  const share = isWhole ? 1 : 1 - (1 - (at - looked)) ** 3;
  const chances = letter.off.chances.map((was, token) => was + share * (letter.now.chances[token]! - was));
  const token = isWhole ? letter.now.token : drawnToken(chances, letter.draw);
  const hasTurned = (n: number) => isWhole || n < looked || (n === looked && token !== letter.off.token);
  const [off, now, on] = [losses.off, losses.now, losses.on].map(lettersInDoubt) as [number, number, number];
  const current = {name: isOff ? "off" : settings.adapter === "full" ? "tuned" : "on", chances, token};
  const compared = isOff ? {name: "on", ...letter.on} : {name: "off", ...letter.off};
  return {
    doubt: {off, now: off + Math.min(at / slots.length, 1) * (now - off), on, isOff},
    words: slots.map(({off, now, on, changed}, n) =>
      isOff || !hasTurned(n) ? {now: off, other: on, isOn: false, changed: []} : {now, other: off, isOn: true, changed},
    ),
    chosen: looked + 1,
    longest: controls.letter.max,
    strips: {
      title: choiceTitle(letter, settings.adapter),
      draw: letter.draw,
      rows: [current, compared],
      names: letter.off.chances.map((_, one) => tokenName(one)),
    },
    onPick: (picked) => picked !== word && act.set({word: picked}),
  };
}

/** Eight words, and how one letter of one of them is chosen. */
const words = (result: ForgeResult, params: ForgeParams, act: Act): Drawing => ({
  name: "forged",
  alt: forgeAlt(result),
  height: {
    narrow: forgedHeight("narrow", WRITTEN_WORDS),
    mid: forgedHeight("mid", WRITTEN_WORDS),
    wide: forgedHeight("wide", WRITTEN_WORDS),
  },
  isElastic: true,
  draw: (g, sheet) =>
    turning(g, WRITTEN_WORDS, result.settings.draw, result.settings.adapter === "off", (at) =>
      drawForged(g, forgedAt(result, params, act, at), sheet),
    ),
});

/** Three customers of one base. */
const customers = (result: ForgeResult, act: Act): Drawing => ({
  name: "shared",
  label: [`Letters in doubt${result.settings.adapter === "off" ? "" : ", without → with an adapter"}`],
  alt: forgeAlt(result),
  height: {narrow: 290, mid: 320, wide: 360},
  isElastic: true,
  draw: (g, sheet) =>
    drawCustomers(
      g,
      {
        columns: customerColumns(result),
        base: result.counts.base,
        adapter: result.counts.adapter,
        isOff: result.settings.adapter === "off",
        onPick: (i) => CUSTOMERS[i] !== result.settings.lesson && act.set({lesson: CUSTOMERS[i]!}),
      },
      sheet,
    ),
});

export default figure<typeof controls, ForgeResult>({
  title: "What does an adapter change?",
  guide:
    "The large words are what the forge writes; the small ones above come from the same random draws with the adapter switched the other way. Changed letters are on tiles. Press a word to see which letters it could have been.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  main: ["adapter"],
  run: {clock: "letter", pace: 2, by: forgeSettings, read: readForge},
  picture(result, params, act) {
    const next = () => act.set((now) => ({draw: (Number(now.draw) % controls.draw.max) + 1}));
    return {
      parts: [
        result.settings.isThree ? customers(result, act) : words(result, params, act),
        {name: "more-words", html: (box) => buttonRow(box, [{text: "New words", onPress: next}], "Words")},
      ],
    };
  },
  says: forgeSays,
  readouts: forgeReadouts,
  table: forgeTable,
  source: ({draw}) => ({kind: "live", text: `draw ${draw}, stored weights`}),
  challenge: {
    text: "press New words until the adapter leaves one of the eight words unchanged.",
    met: ({slots, isWhole, settings}) =>
      settings.adapter === "on" && isWhole && slots.some(({off, now}) => off === now),
  },
});
