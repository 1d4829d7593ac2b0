import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {chart} from "../../figure/plot/chart.ts";
import type {Room} from "../../figure/plot/room.ts";
import {lettersInDoubt, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {CUSTOMERS, controls, type ForgeParams, WRITTEN_WORDS} from "./controls.ts";
import {customers} from "./drawing/customers.ts";
import {doubt} from "./drawing/doubt.ts";
import {type ForgeLayout, forgeLayout, sized} from "./drawing/frame.ts";
import {slots} from "./drawing/slots.ts";
import {strips} from "./drawing/strips.ts";
import {type ForgeResult, tokenName} from "./readings.ts";
import {choosing, customerColumns, forgeAlt} from "./sentences.ts";

const NOMINAL = 520;
const SPACE = {words: WRITTEN_WORDS, longest: controls.letter.max};

/** What one adapter does: eight words, and the choice of one letter; off, the places of what it would write are empty. */
function one(g: Element, result: ForgeResult, {word}: ForgeParams, act: Act, frame: ForgeLayout, isDock: boolean) {
  const {losses, order, off, now, draw, counts} = result;
  const isOff = order.adapter === "off";
  doubt(g, {off: lettersInDoubt(losses.off), now: lettersInDoubt(losses.now)}, {width: frame.width, isSmall: isDock});
  slots(g, result.slots, frame, {
    chosen: word,
    isOff,
    isMarked: frame.strips !== undefined,
    onPick: (picked) => picked !== word && act.set({word: picked}),
  });
  if (frame.strips === undefined) return;
  const trained = {name: order.adapter === "full" ? "tuned" : "on", ...now};
  const rows = [{name: "off", ...off}, ...(isOff ? [] : [trained])];
  const names = off.chances.map((_, token) => tokenName(token));
  const open = isOff ? `with ${whole(counts.adapter)} more parameters: ?` : "";
  strips(g, {title: choosing(result), draw, rows, names, open}, frame);
}

/** Three customers of one base. */
function three(g: Element, result: ForgeResult, act: Act, frame: ForgeLayout) {
  const {counts, order} = result;
  customers(g, customerColumns(result), frame, {
    ...{base: counts.base, adapter: counts.adapter, isOff: order.adapter === "off"},
    isTold: frame.strips !== undefined,
    onPick: (i) => CUSTOMERS[i] !== order.lesson && act.set({lesson: CUSTOMERS[i]!}),
  });
}

export function drawForge(picture: Element, result: ForgeResult, params: ForgeParams, act: Act, room: Room) {
  const {order} = result;
  const {g, width} = chart(picture, "forged", room, {
    nominal: NOMINAL,
    height: (width) => forgeLayout(room, width, SPACE).height,
    bends: sized(room),
    alt: forgeAlt(result),
  });
  const frame = forgeLayout(room, width, SPACE);
  g.classList.toggle("off", order.adapter === "off");
  // The two pictures have different parts.
  for (const part of [...g.children]) if (part.classList.contains("customers") !== order.isThree) part.remove();
  if (order.isThree) three(g, result, act, frame);
  else one(g, result, params, act, frame, room.size === "dock");
  if (frame.strips === undefined) return;
  const next = () => act.set((now) => ({draw: (Number(now.draw) % controls.draw.max) + 1}));
  buttonRow(picture, [{text: "New words", onPress: next}], "Words");
}
