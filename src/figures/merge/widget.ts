import {counted, tiny} from "../../figure/plot/text/format.ts";
import {card} from "../../figure/widget.ts";
import {batch, compute, controls, TWO_DECIMALS} from "./model.ts";
import {drawCard, mergedWords} from "./panels.ts";

/** A number that stays on one line. */
const unbroken = (text: string): string => text.replaceAll(" ", "\u00a0");

export default card({
  title: "What happens when (α/r)BA joins W₀?",
  guide:
    "Choose what is merged and how W₀ is stored, then drag the knob: each swap merges task 1, 2 or 3 in turn and unmerges it again. BA stays in fp32 (fp64 beside an fp64 base), and each sum is rounded once, when it is stored; point at an entry to see its sum.",
  sources: ["Hu et al. 2021, §4.1 and §4.2"],
  controls,
  compute,
  main: ["merged", "precision"],
  draw: (picture, result, params, act, room) => drawCard({picture, result, params, act, room}),
  full: () => import("./full.ts"),
  says({difference, drift: drifts, right}, {merged, precision, swaps, show}) {
    const given = `${right[precision]} of ${batch.length} answers are right`;
    const off = unbroken(tiny(drifts[precision][swaps]));
    const after = swaps ? ` ${counted(swaps, "swap")} left W₀ off by ${off}.` : "";
    const apart = unbroken(tiny(difference[precision]));
    if (show !== "batch") {
      const drifted = swaps
        ? `In ${precision}, ${counted(swaps, "swap")} have left W₀ off by up to ${off}.`
        : `In ${precision}, W₀ is as it was before any swap.`;
      if (merged === "none") return drifted;
      return `${drifted} With ${mergedWords[merged]} merged, W and the two paths differ by at most ${apart}.`;
    }
    if (merged === "none") return `Unmerged, each input uses its own adapter: ${given}.${after}`;
    const close = `W and the two paths differ by at most ${apart}`;
    return `With ${mergedWords[merged]} merged, ${given}. ${close}.${after}`;
  },
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "find a precision and the fewest swaps after which unmerging no longer gives back W₀ to two decimals (a drift of 0.005).",
    met: ({drift: drifts}, {precision, swaps}) =>
      swaps > 0 && swaps === drifts[precision].findIndex((size) => size >= TWO_DECIMALS),
  },
});
