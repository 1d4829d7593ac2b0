import {byWidth} from "../../figures/aspects.ts";
import {chart} from "../../figures/chart.ts";
import {layer} from "../../figures/layer.ts";
import {ledger} from "../../figures/ledger.ts";
import type {Room} from "../../figures/room.ts";
import {key} from "../../figures/text/key.ts";
import {sign} from "../../shell/signs.ts";
import {heavy} from "../../shell/widget.ts";
import {matrixNames, matrixSaid, SKILLS} from "../shared/twins.ts";
import {type AmplifyParams, controls, runs} from "./controls.ts";
import {equalizer} from "./figures/equalizer.ts";
import {gauges, gaugesHeight} from "./figures/gauges.ts";
import {DRAWS, NEW, type Norms, TOP} from "./norms.ts";
import {printed, shown} from "./printed.ts";
import {equalizedNorms, loggedNorms} from "./printedNorms.ts";
import {printedReadouts} from "./printedSentences.ts";
import {type AmplifyResult, isPrinted, type Measured, type Printed, printedAlone, see} from "./readings.ts";
import {chosen, factorText, isMore, limits, overRandom, randomShare, says, sentence} from "./sentences.ts";

function spectrum(picture: Element, {bands}: AmplifyResult, {weight, bands: side}: AmplifyParams, room: Room) {
  const loudest = bands.reduce((most, {delta}, i) => (delta > bands[most]!.delta ? i : most), 0);
  const {g, width, height} = chart(picture, "equalizer", room, {
    label: [
      "The directions of ",
      sign.W0,
      ` of ${matrixNames[weight]}, strongest first, and what `,
      sign.dW,
      ` ${side === "inputs" ? "reads" : "writes"} in each`,
    ],
    nominal: NOMINAL,
    height: byWidth(room, 0.25, 0.45),
    alt: `Bars of W₀ fall from ${shown(bands[0]!.weight)} to ${shown(bands.at(-1)!.weight)}; ΔW is strongest, ${shown(bands[loudest]!.delta)}, in band ${loudest + 1}.`,
  });
  equalizer(g, bands, {width, height});
}

/** The norms of the chosen rank as bars. Beside them a card leaves out ‖W₀‖, which would make the others short. */
function levels(picture: Element, one: Measured, room: Room) {
  const {rank, onDelta, onOwn, onRandom, deviation, delta, weight} = one;
  const all = [
    {tone: "W0", name: `W₀ along ${rank} random directions`, value: onRandom, deviation},
    {
      ...{tone: "W0", name: `W₀ along ΔW’s own ${rank}`, value: onDelta},
      grows: {to: delta, ends: shown(delta), said: `${factorText(delta / onDelta)}×`},
    },
    {tone: "dW", name: "ΔW along its own", value: delta},
    {tone: "W0", name: `W₀ along its own first ${rank}`, value: onOwn},
    ...(room.size === "full" ? [{tone: "W0", name: "W₀, all of it", value: weight}] : []),
  ].map((gauge) => ({...gauge, said: shown(gauge.value)}));
  const {g, width} = chart(picture, "gauges", room, {
    label: [
      ...(room.size === "dock" ? [] : ["How strongly each acts along a few directions: "]),
      ...["‖Uᵀ", sign.W0, "V‖ and ‖Uᵀ", sign.dW, "V‖"],
    ],
    nominal: NOMINAL,
    height: gaugesHeight(all.length, room),
    alt: `${all.map(({name, said}) => `${name}: ${said}`).join("; ")}.`,
  });
  gauges(g, all, width, room);
}

/** Both halves of Table 7. */
const printedTable = () => ({
  caption: "Norms of Table 7, for the query matrix of GPT\u20113\u2019s layer 48",
  columns: ["Norm", ...printed.map(columnOf)],
  rows: rowsOf(printed),
});

const columnOf = ({rank}: Norms) => `GPT\u20113 r\u00a0=\u00a0${rank}`;

/** A row for each norm, a column for each of `all`. */
function rowsOf(all: readonly Norms[]): readonly (readonly string[])[] {
  const line = (name: string, of: (one: Norms) => string) => [name, ...all.map(of)];
  return [
    line("‖ΔW‖", ({delta}) => shown(delta)),
    line("‖W₀‖", ({weight}) => shown(weight)),
    line("W₀ along ΔW’s directions", ({onDelta}) => shown(onDelta)),
    line("W₀ along its own first r", ({onOwn}) => shown(onOwn)),
    line("W₀ along r random ones", ({onRandom}) => shown(onRandom)),
    line("Factor: first line over third", ({factor}) => factorText(factor)),
  ];
}

/** The rows of the table: both ranks of the paper, then both ranks of this run. */
function linesOf({low, high}: AmplifyResult): readonly (readonly string[])[] {
  const range = ({stored}: Measured) => `${factorText(stored.low)}–${factorText(stored.high)}`;
  return [...rowsOf([...printed, low, high]), ["Factor, nine stored seeds", "", "", range(low), range(high)]];
}

/** Both halves of Table 7 beside both ranks of this run. */
function bothRanks(picture: Element, result: AmplifyResult) {
  const box = layer(picture, "div", "both-ranks");
  ledger(
    box,
    "norms",
    ["Norm", ...columnsOf(result)],
    linesOf(result).map((cells) => ({cells})),
  );
  layer(box, "p", "limits", limits());
}

const columnsOf = ({low, high}: AmplifyResult) => [
  ...printed.map(columnOf),
  ...[low, high].map(({rank}) => `here r\u00a0=\u00a0${rank}`),
];

const NOMINAL = 560;

export default heavy<typeof controls, AmplifyResult | Printed>({
  title: "Is ΔW just more of W₀?",
  guide:
    "An adapter is trained here at two ranks. Left, an equalizer: a band for each singular direction of the frozen weight, with what the update does in it. Right, how much of the weight acts from the update’s input directions to its output directions, beside its own strongest ones and random ones.",
  sources: ["Hu et al. 2021, §7.3, Table 7 and §H.4", "Shuttleworth et al. 2024"],
  player: () => import("../../shell/runs/recorder.ts"),
  // Without `grows`, as at step 0 there is no ΔW to show.
  recording: {
    clock: "until",
    runs,
    see: (tapes, params) => (params.norms === "paper" ? printedAlone : see(tapes, params)),
  },
  controls,
  main: ["printed", "strength", "weight", "rank"],
  draw(picture, result, params, act, room) {
    // The paper's norms and those of a run have no panel in common.
    if (isPrinted(result) !== !!picture.querySelector(".four-norms")) picture.replaceChildren();
    if (isPrinted(result)) {
      loggedNorms(picture, params, room);
      if (room.size !== "dock") equalizedNorms(picture, params, act, room);
      return;
    }
    levels(picture, chosen(result, params), room);
    if (room.size === "dock" || room.size === "slide") return;
    spectrum(picture, result, params, room);
    if (room.size !== "full") return;
    key(layer(picture, "div", "marks"), [
      {name: "weight", kind: "area", text: "W₀, frozen"},
      {name: "delta", kind: "area", text: "ΔW, learned"},
      {name: "whisker", kind: "line", text: `deviation of ${DRAWS} random draws`},
    ]);
    bothRanks(picture, result);
  },
  says,
  summary: sentence,
  readouts(result, params) {
    if (isPrinted(result)) return printedReadouts(params);
    const one = chosen(result, params);
    const {factor, stored, intruders} = one;
    return [
      {
        label: ["Amplification factor"],
        value: factorText(factor),
        note: `stored seeds ${factorText(stored.low)} to ${factorText(stored.high)}`,
      },
      {
        label: ["Over random directions"],
        value: `${shown(overRandom(one))}×`,
        note: isMore(one) ? "more than chance" : "no more than chance",
      },
      {label: ["Along random directions"], value: randomShare(one), note: "norm over ‖W₀‖, r/d"},
      {
        label: ["Intruders"],
        value: `${intruders} of ${TOP}`,
        note: `strongest directions of W₀ + ΔW with no cosine of ${NEW} to one of W₀`,
      },
    ];
  },
  table(result, {weight, subject, bands, rank}) {
    if (isPrinted(result)) return printedTable();
    const blank = ["", ""];
    return {
      caption: `Norms of Table 7 and of ${matrixSaid(weight)} after ${result.step} steps on “${SKILLS[subject]}”; then each band of what it ${bands === "inputs" ? "reads" : "writes"}, ΔW at rank ${rank === "low" ? result.low.rank : result.high.rank}`,
      columns: ["Norm", ...columnsOf(result)],
      rows: [
        ...linesOf(result),
        ...result.bands.flatMap((band, i) => [
          [`band ${i + 1}, W₀`, ...blank, shown(band.weight), ""],
          [`band ${i + 1}, ΔW`, ...blank, shown(band.delta), ""],
        ]),
      ],
    };
  },
  provenance: ({norms, begin}) =>
    norms === "paper" ? {kind: "paper", text: "Table 7: GPT\u20113, layer 48"} : {kind: "live", text: `seed ${begin}`},
  challenge: {
    text: "find a matrix in which, at the lower rank, W₀ has more along ΔW’s directions than along random ones, as the paper found in GPT-3.",
    met: (result, params) => !isPrinted(result) && params.rank === "low" && isMore(result.low),
  },
});
