import {byWidth} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import type {Room} from "../../figure/plot/room.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {adaptedMatrixNames} from "../shared/twins.ts";
import type {AmplifyParams} from "./controls.ts";
import {equalizer} from "./drawing/equalizer.ts";
import {gauges, gaugesHeight} from "./drawing/gauges.ts";
import {normText} from "./printed.ts";
import {normFaders, normsOnLogScale} from "./printedNorms.ts";
import {type AmplifyResult, isPrinted, type MeasuredNorms, type PrintedOnly} from "./readings.ts";
import {atChosenRank, factorText} from "./sentences.ts";

/** In the result, `bands` are the chosen side's; in the controls, `bands` names that side. */
function equalizerPanel(picture: Element, {bands}: AmplifyResult, {weight, bands: side}: AmplifyParams, room: Room) {
  const loudest = bands.reduce((most, {delta}, i) => (delta > bands[most]!.delta ? i : most), 0);
  const {g, width, height} = chart(picture, "equalizer", room, {
    label: [
      "The directions of ",
      symbol.W0,
      ` of ${adaptedMatrixNames[weight]}, strongest first, and what `,
      symbol.dW,
      ` ${side === "inputs" ? "reads" : "writes"} in each`,
    ],
    nominal: NOMINAL,
    height: byWidth(room, 0.25, 0.38),
    alt: `Bars of W₀ fall from ${normText(bands[0]!.weight)} to ${normText(bands.at(-1)!.weight)}; ΔW is strongest, ${normText(bands[loudest]!.delta)}, in band ${loudest + 1}.`,
  });
  equalizer(g, bands, {width, height});
}

/** The norms at the chosen rank as bars: the paper's four in its order, and in full size ‖W₀‖, beside which the others are short. */
function normGauges(picture: Element, norms: MeasuredNorms, room: Room) {
  const {rank, onDelta, onOwn, onRandom, deviation, delta, weight} = norms;
  const rows = [
    {tone: "W0", name: `W₀ along its own first ${rank}`, value: onOwn},
    {tone: "dW", name: "ΔW along its own", value: delta},
    {
      ...{tone: "W0", name: `W₀ along ΔW’s own ${rank}`, value: onDelta},
      grows: {to: delta, ends: normText(delta), said: `${factorText(delta / onDelta)}×`},
    },
    {tone: "W0", name: `W₀ along ${rank} random directions`, value: onRandom, deviation},
    ...(room.size === "full" ? [{tone: "W0", name: "W₀, all of it", value: weight}] : []),
  ].map((gauge) => ({...gauge, said: normText(gauge.value)}));
  const {g, width} = chart(picture, "gauges", room, {
    label: [
      ...(room.size === "dock" ? [] : ["How strongly each acts along a few directions: "]),
      ...["‖Uᵀ", symbol.W0, "V‖ and ‖Uᵀ", symbol.dW, "V‖"],
    ],
    nominal: NOMINAL,
    height: gaugesHeight(rows.length, room),
    alt: `${rows.map(({name, said}) => `${name}: ${said}`).join("; ")}.`,
  });
  gauges(g, rows, width, room);
}

const NOMINAL = 560;

/** All that a dock, a card and a slide show; the whole figure begins with it (full.ts). */
export function drawCard(
  picture: Element,
  result: AmplifyResult | PrintedOnly,
  params: AmplifyParams,
  act: Act,
  room: Room,
) {
  // The paper's norms and a run's have no panel in common.
  if (isPrinted(result) !== !!picture.querySelector(".four-norms")) picture.replaceChildren();
  if (isPrinted(result)) {
    normsOnLogScale(picture, params, room);
    if (room.size !== "dock") normFaders(picture, params, act, room);
    return;
  }
  normGauges(picture, atChosenRank(result, params), room);
  if (room.size === "dock" || room.size === "slide") return;
  equalizerPanel(picture, result, params, room);
}
