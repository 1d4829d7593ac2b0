import {significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {widget} from "../../figure/widget.ts";
import {bounds, compute, controls, ranks} from "./model.ts";
import {threadsToScale} from "./scale.ts";
import {says, summary, weightsFor} from "./sentences.ts";
import {stops} from "./stops.ts";
import {weighed} from "./weighed.ts";

export default widget({
  title: "How thin is what LoRA trains?",
  guide:
    "Press × 1,000 to fly to the corner; the round handle there changes r. All lengths are to scale except the gap between the threads and the square.",
  sources: ["Hu et al. 2021, §4.2"],
  controls,
  bounds,
  compute,
  main: ["zoom"],
  draw(picture, result, params, act, room) {
    threadsToScale(picture, result, params, act, room);
    if (room.size === "dock") return;
    weighed(picture, result, params);
    if (room.size !== "slide") stops(picture, result, params, act);
  },
  says,
  summary,
  readouts: ({d, full, pair, fewer, breakEven}, {r}) => [
    {
      label: [symbol.B, " and ", symbol.A],
      value: whole(pair),
      note: `${whole(r)} × (${whole(d)} + ${whole(d)})`,
    },
    {
      label: ["The square"],
      value: whole(full),
      note: `${whole(d)} × ${whole(d)}, frozen`,
    },
    {
      label: ["Trained"],
      value: `1 for ${weightsFor(fewer)}`,
      note: "weights of the square",
    },
    {
      label: ["A thread’s thickness"],
      value: `1/${significant(d / r, 6)}`,
      note: "of the side",
    },
    {
      label: ["Break-even rank"],
      value: whole(breakEven),
      note: "dk / (d + k)",
    },
  ],
  table: ({d, full, breakEven}, {r}) => ({
    caption: `B and A beside one ${whole(d)} × ${whole(d)} matrix of ${whole(full)} weights`,
    columns: ["Rank", "B and A", "Weights for each of their parameters"],
    rows: [...new Set([...ranks(breakEven), r])]
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * 2 * d), significant(full / (rank * 2 * d), 6)]),
  }),
  provenance: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "thicken the threads until they weigh as much as the square.",
    met: ({fewer}) => fewer === 1,
  },
});
