import {chart} from "../../figures/chart.ts";
import {presses} from "../../figures/presses.ts";
import {heavy} from "../../shell/widget.ts";
import {controls, orderOf, WORDS} from "./controls.ts";
import {doubt} from "./figures/doubt.ts";
import {frameOf, SIZED} from "./figures/frame.ts";
import {slots} from "./figures/slots.ts";
import {strips} from "./figures/strips.ts";
import {type ForgeResult, inDoubt, nameOf, see} from "./readings.ts";
import {choosing, pictured, readouts, says, sentence, table} from "./sentences.ts";

const NOMINAL = 520;
const SPACE = {words: WORDS, longest: controls.letter.max};

export default heavy<typeof controls, ForgeResult>({
  title: "What do 1,024 parameters change?",
  guide:
    "The large words are what the forge writes now, with changed letters on tiles; the small ones above come from the same random draws with the adapter off. Press a word to see which letters it could have been.",
  sources: ["Hu et al. 2021, §4.1"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "letter", pace: 2, runs: (params) => [orderOf(params)], see},
  controls,
  main: ["adapter"],
  draw(picture, result, params, act, room) {
    const {losses, order} = result;
    const isDock = room.size === "dock";
    const isTold = room.size === "card" || room.size === "full";
    const {g, width} = chart(picture, "forged", room, {
      nominal: NOMINAL,
      height: (width) => frameOf(room, width, SPACE).height,
      bends: SIZED,
      alt: pictured(result),
    });
    const frame = frameOf(room, width, SPACE);
    g.classList.toggle("off", order.adapter === "off");
    doubt(g, {off: inDoubt(losses.off), now: inDoubt(losses.now)}, {width, isSmall: isDock});
    slots(g, result.slots, frame, {
      chosen: params.word,
      isOff: order.adapter === "off",
      isMarked: isTold,
      onPick: (word) => word !== params.word && act.set({word}),
    });
    if (!isTold) return;
    const {off, now, draw} = result;
    const trained = {name: order.adapter === "full" ? "tuned" : "on", ...now};
    const rows = [{name: "off", ...off}, ...(order.adapter === "off" ? [] : [trained])];
    strips(g, {title: choosing(result), draw, rows, names: off.chances.map((_, token) => nameOf(token))}, frame);
    const next = () => act.set((now) => ({draw: (Number(now.draw) % controls.draw.max) + 1}));
    presses(picture, [{text: "New words", onPress: next}], "Words");
  },
  says,
  summary: sentence,
  readouts,
  table,
  provenance: ({draw}) => ({kind: "live", text: `draw ${draw}, stored weights`}),
  challenge: {
    text: "press New words until the adapter leaves one of the eight words unchanged.",
    met: ({slots, isWhole, order}) => order.adapter === "on" && isWhole && slots.some(({off, now}) => off === now),
  },
});
