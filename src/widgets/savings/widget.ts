import {scaleLog} from "d3";
import {axis} from "../../figures/axis.ts";
import {count, significant, times, whole} from "../../figures/format.ts";
import {layer} from "../../figures/layer.ts";
import {lines} from "../../figures/lines.ts";
import {group, panel} from "../../figures/panel.ts";
import {blocks} from "../../figures/scaled.ts";
import {threshold} from "../../figures/threshold.ts";
import {sign} from "../signs.ts";
import {type Act, widget} from "../widget.ts";
import {bounds, compute, controls, type SavingsParams, type SavingsResult} from "./model.ts";

const powers = (most: number): number[] => Array.from({length: Math.floor(Math.log10(most)) + 1}, (_, n) => 10 ** n);

function chart(picture: Element, {d, k, full, breakEven}: SavingsResult, {r}: SavingsParams, act: Act) {
  const width = 200;
  const height = 168;
  const most = Math.min(d, k);
  const svg = panel(picture, "counts", {
    label: ["Numbers stored, by rank ", sign.r],
    width: 256,
    height: height + 40,
    alt: `The count of B and A rises with r and meets the full count of ${whole(full)} at r = ${significant(breakEven, 6)}`,
  });
  const x = scaleLog([1, Math.max(most, 2)], [0, width]);
  const y = scaleLog([d + k, Math.max(most * (d + k), full)], [height, 0]);
  const plot = group(svg, "plot", 48, 14);
  const decades = y.ticks(5).filter((value) => Number.isInteger(Math.log10(value)));
  axis(group(plot, "x", 0, height), powers(most), x, {side: "bottom", across: height, format: count});
  axis(group(plot, "y"), decades, y, {side: "left", across: width, format: count});
  const ends = [1, Math.max(most, 2)];
  const series = [
    {name: "full", points: ends.map((at): [number, number] => [at, full])},
    {name: "pair", points: ends.map((at): [number, number] => [at, at * (d + k)])},
  ];
  lines(group(plot, "series"), series, {x, y});
  const cross = group(plot, "crossing", x(Math.max(breakEven, 1)), y(full));
  layer(cross, "circle", "dot").setAttribute("r", "4");
  threshold(group(plot, "handle"), x(r), {
    width,
    height,
    steps: width,
    label: "",
    onMove: (at) => act.set({r: Math.max(1, Math.min(most, Math.round(x.invert(at))))}),
  });
}

export default widget({
  title: "When does low rank pay?",
  guide:
    "Choose a matrix and type a rank, or drag the knob in the chart. Where the lines cross, the pair holds as many numbers as the matrix.",
  sources: ["Hu et al. 2021, §4.2 and Table 5"],
  controls,
  bounds,
  compute,
  draw(picture, result, params, act) {
    const svg = panel(picture, "scale", {
      label: [sign.dW, `, `, sign.B, " and ", sign.A, " to one scale"],
      width: 256,
      height: 196,
      alt: `The full matrix is ${result.d} by ${result.k}; B is ${result.d} by ${params.r} and A is ${params.r} by ${result.k}`,
    });
    blocks(svg, {d: result.d, k: result.k, r: params.r, width: 256, height: 196});
    chart(picture, result, params, act);
  },
  summary({full, pair, fewer, breakEven, d, k}, {r}) {
    const stops = `Below r = ${significant(breakEven, 6)} low rank stores less than the full ${whole(d)} × ${whole(k)} matrix`;
    if (pair < full)
      return `At r = ${whole(r)}, B and A hold ${whole(pair)} numbers instead of ${whole(full)}: ${significant(fewer, 6)} times fewer, for this one matrix. ${stops}.`;
    const compared = pair === full ? "exactly as many as" : `${significant(pair / full, 4)} times as many as`;
    return `At r = ${whole(r)}, B and A hold ${whole(pair)} numbers, ${compared} the full matrix's ${whole(full)}: low rank does not pay here. ${stops}.`;
  },
  readouts: ({full, pair, B, A, fewer, breakEven}) => [
    {label: ["Full update"], value: whole(full)},
    {label: [sign.B, " and ", sign.A], value: whole(pair), note: `${whole(B)} + ${whole(A)}`},
    {
      label: ["Saving"],
      value: pair < full ? times(fewer) : "none",
      note: pair < full ? "fewer, per matrix" : `${times(pair / full)} the matrix`,
    },
    {label: ["Break-even rank"], value: significant(breakEven, 6), note: "dk / (d + k)"},
  ],
  table: ({d, k, full}, {r}) => ({
    caption: `Numbers stored for one ${whole(d)} × ${whole(k)} matrix; the full update has ${whole(full)}`,
    columns: ["Rank", "B and A", "Times fewer"],
    rows: [...new Set([...Array.from({length: 11}, (_, n) => 2 ** n), r])]
      .filter((rank) => rank <= Math.min(d, k))
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * (d + k)), significant(full / (rank * (d + k)), 6)]),
  }),
  provenance: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "find the largest rank at which the pair is still at least 100 times smaller than the matrix.",
    met: ({fewer, full, d, k}, {r}) => fewer >= 100 && full / ((r + 1) * (d + k)) < 100,
  },
});
