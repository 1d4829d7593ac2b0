/** The figure of what an adapter changes in the forge's words, and of three adapters over one base. */
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {lettersInDoubt} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {CUSTOMERS, controls, type ForgeParams, forgeSettings} from "./controls.ts";
import {drawCustomers} from "./customers.ts";
import {drawForged} from "./forged.ts";
import {type ForgeResult, readForge} from "./reading.ts";
import {
  choiceTitle,
  customerColumns,
  customersAlt,
  forgeReadouts,
  forgeSays,
  forgeTable,
  wordsAlt,
} from "./sentences.ts";
import {drawStrips, STRIPS_HEIGHT} from "./strips.ts";

/** The drawing of letters in doubt and eight words. */
const wordsDrawing = (result: ForgeResult, {word}: ForgeParams, act: Act): Drawing => ({
  name: "forged",
  alt: wordsAlt(result),
  height: {narrow: 230, mid: 222, wide: 270},
  isElastic: true,
  draw(g, sheet) {
    const {now, words, losses} = result;
    const doubt = {off: lettersInDoubt(losses.off), on: lettersInDoubt(losses.on)};
    drawForged(g, {doubt, now, words, chosen: word - 1, onPick: (picked) => act.set({word: picked + 1})}, sheet);
  },
});

/** The drawing of how one letter of the chosen word is chosen: by the model that writes now, and below by the one that it is compared with. */
const stripsDrawing = ({chosen, now, settings}: ForgeResult): Drawing => {
  const onName = settings.adapter === "full" ? "tuned" : "on";
  const title = choiceTitle(chosen, onName);
  const rows = [
    {name: onName, ...chosen.choices.on},
    {name: "off", ...chosen.choices.off},
  ];
  return {
    name: "strips",
    alt: `${title}, from each token’s chance off and on`,
    height: STRIPS_HEIGHT,
    draw: (g, {width}) =>
      drawStrips(g, {title, draw: chosen.draw, rows: now === "off" ? rows.toReversed() : rows}, width),
  };
};

/** The drawing of three customers of one base. */
const customersDrawing = (result: ForgeResult, act: Act): Drawing => ({
  name: "shared",
  label: [`Letters in doubt${result.now === "off" ? "" : ", without → with an adapter"}`],
  alt: customersAlt(result),
  height: {narrow: 290, mid: 320, wide: 360},
  isElastic: true,
  draw: (g, sheet) =>
    drawCustomers(
      g,
      {
        columns: customerColumns(result),
        baseCount: result.counts.base,
        adapterCount: result.counts.trained,
        isOff: result.now === "off",
        onPick: (i) => act.set({lesson: CUSTOMERS[i]!}),
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
  run: {by: forgeSettings, read: readForge},
  picture(result, params, act) {
    const next = () => act.set((now) => ({draw: (Number(now.draw) % controls.draw.max) + 1}));
    return {
      parts: [
        ...(result.settings.isThree
          ? [customersDrawing(result, act)]
          : [wordsDrawing(result, params, act), stripsDrawing(result)]),
        {name: "more-words", html: (box) => buttonRow(box, [{text: "New words", onPress: next}], "Words")},
      ],
      slide: ["forged", "shared", "more-words"],
    };
  },
  says: forgeSays,
  readouts: forgeReadouts,
  table: forgeTable,
  source: ({draw}) => ({kind: "live", text: `draw ${draw}, stored weights`}),
  challenge: {
    text: "press New words until the adapter leaves one of the eight words unchanged.",
    met: ({words, now, settings}) => now === "on" && settings.adapter === "on" && words.some(({off, on}) => off === on),
  },
});
