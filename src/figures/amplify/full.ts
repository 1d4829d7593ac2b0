import {layer} from "../../figure/plot/layer.ts";
import {legendTable} from "../../figure/plot/legendTable.ts";
import {key} from "../../figure/plot/text/key.ts";
import {full} from "../../figure/widget.ts";
import {matrixSaid, SKILLS} from "../shared/twins.ts";
import type {controls} from "./controls.ts";
import {limits, printedReadouts, randomShare, summary} from "./fullSentences.ts";
import {NEW, type Norms, RANDOM_DRAWS, TOP} from "./norms.ts";
import {drawCard} from "./panels.ts";
import {normText, printedNorms} from "./printed.ts";
import {type AmplifyResult, isPrinted, type MeasuredNorms, type PrintedOnly} from "./readings.ts";
import {atChosenRank, factorText, isMoreThanRandom, overRandom} from "./sentences.ts";

/** Both halves of Table 7. */
const printedTable = () => ({
  caption: "Norms of Table 7, for the query matrix of GPT\u20113\u2019s layer 48",
  columns: ["Norm", ...printedNorms.map(columnOf)],
  rows: rowsOf(printedNorms),
});

const columnOf = ({rank}: Norms) => `GPT\u20113 r\u00a0=\u00a0${rank}`;

/** A row for each norm, a column for each of `all`. */
function rowsOf(all: readonly Norms[]): readonly (readonly string[])[] {
  const line = (name: string, of: (one: Norms) => string) => [name, ...all.map(of)];
  return [
    line("‖ΔW‖", ({delta}) => normText(delta)),
    line("‖W₀‖", ({weight}) => normText(weight)),
    line("W₀ along ΔW’s directions", ({onDelta}) => normText(onDelta)),
    line("W₀ along its own first r", ({onOwn}) => normText(onOwn)),
    line("W₀ along r random ones", ({onRandom}) => normText(onRandom)),
    line("Factor: first row over third", ({factor}) => factorText(factor)),
  ];
}

/** The rows of the table: both ranks of the paper, then both ranks of this run. */
function linesOf({low, high}: AmplifyResult): readonly (readonly string[])[] {
  const range = ({stored}: MeasuredNorms) => `${factorText(stored.low)}–${factorText(stored.high)}`;
  return [...rowsOf([...printedNorms, low, high]), ["Factor, nine stored seeds", "", "", range(low), range(high)]];
}

/** Both halves of Table 7 beside both ranks of this run. */
function bothRanks(picture: Element, result: AmplifyResult) {
  const box = layer(picture, "div", "both-ranks");
  legendTable(
    box,
    "norms",
    ["Norm", ...columnsOf(result)],
    linesOf(result).map((cells) => ({cells})),
  );
  layer(box, "p", "limits", limits());
}

const columnsOf = ({low, high}: AmplifyResult) => [
  ...printedNorms.map(columnOf),
  ...[low, high].map(({rank}) => `here r\u00a0=\u00a0${rank}`),
];

export default full<typeof controls, AmplifyResult | PrintedOnly>({
  draw(picture, result, params, act, room) {
    drawCard(picture, result, params, act, room);
    if (isPrinted(result) || room.size !== "full") return;
    key(layer(picture, "div", "marks"), [
      {name: "weight", kind: "area", text: "W₀, frozen"},
      {name: "delta", kind: "area", text: "ΔW, learned"},
      {name: "whisker", kind: "line", text: `spread of ${RANDOM_DRAWS} random draws`},
    ]);
    bothRanks(picture, result);
  },
  summary,
  readouts(result, params) {
    if (isPrinted(result)) return printedReadouts(params);
    const one = atChosenRank(result, params);
    const {factor, stored, intruders} = one;
    return [
      {
        label: ["Amplification factor"],
        value: factorText(factor),
        note: `stored seeds ${factorText(stored.low)} to ${factorText(stored.high)}`,
      },
      {
        label: ["Against random directions"],
        value: `${normText(overRandom(one))}×`,
        note: isMoreThanRandom(one) ? "more than chance" : "no more than chance",
      },
      {label: ["Along random directions"], value: randomShare(one), note: "of ‖W₀‖, which is r/d"},
      {
        label: ["Intruders"],
        value: `${intruders} of ${TOP}`,
        note: `strongest directions of W₀ + ΔW whose cosine with every direction of W₀ is below ${NEW}`,
      },
    ];
  },
  table(result, {weight, subject, bands, rank}) {
    if (isPrinted(result)) return printedTable();
    const blank = ["", ""];
    return {
      caption: `Norms of Table 7 and of ${matrixSaid(weight)} after ${result.step} steps on “${SKILLS[subject]}”; then, band by band, what it ${bands === "inputs" ? "reads" : "writes"}, ΔW at rank ${rank === "low" ? result.low.rank : result.high.rank}`,
      columns: ["Norm", ...columnsOf(result)],
      rows: [
        ...linesOf(result),
        ...result.bands.flatMap((band, i) => [
          [`band ${i + 1}, W₀`, ...blank, normText(band.weight), ""],
          [`band ${i + 1}, ΔW`, ...blank, normText(band.delta), ""],
        ]),
      ],
    };
  },
});
