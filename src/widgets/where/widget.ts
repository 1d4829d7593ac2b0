import {fixed, whole} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {widget} from "../../shell/widget.ts";
import {BUDGET, compute, controls, printed, spread, type WhereResult} from "./model.ts";
import {drawWhere} from "./panels.ts";

/** "qv" → "Wq and Wv". */
function named(on: string): string {
  const all = [...on].map((letter) => `W${letter}`);
  const last = all.pop();
  return all.length ? `${all.join(", ")} and ${last}` : String(last);
}

const best = {
  wikisql: Math.max(...printed.map(({wikisql}) => wikisql)),
  multinli: Math.max(...printed.map(({multinli}) => multinli)),
};

const scored = ({scores}: WhereResult): string =>
  scores
    ? `${fixed(scores.wikisql, 1)}% on WikiSQL and ${fixed(scores.multinli, 1)}% on MultiNLI`
    : "the paper did not try this choice";

export default widget({
  title: "Which matrices of a block get a B and an A?",
  guide:
    "Press a matrix to adapt it: the number of trained parameters stays the same, so the rank falls as you choose more. The drawing leaves out the normalization before attention and before the MLP.",
  sources: ["Hu et al. 2021, §4.2, §7.1 and Table 5"],
  controls,
  compute,
  main: ["phase"],
  draw: drawWhere,
  says(result, {on, phase}) {
    if (!on) return "Nothing is adapted: this is the frozen model. Press a matrix.";
    if (phase === "merged")
      return `Merged: ${named(on)} ${on.length > 1 ? "have" : "has"} taken in B and A, and nothing else is left on the path.`;
    return `${named(on)} at rank ${result.rank}: ${scored(result)}.`;
  },
  summary(result, {on, phase}) {
    if (!on)
      return `No matrix is adapted, so nothing is trained. The budget of ${whole(BUDGET)} parameters is unspent.`;
    const left = BUDGET - result.trained;
    const spent = `${whole(result.trained)} trained parameters in all layers of GPT-3${left ? `; ${whole(left)} of the budget are left over` : ""}`;
    const merged =
      phase === "merged" ? " Merged, the block has the matrices it had before, and the scores stay what they are." : "";
    return `${named(on)} at rank ${result.rank}: ${scored(result)}, with ${spent}.${merged}`;
  },
  readouts: (result) => [
    {label: ["Rank ", sign.r], value: result.rank ? String(result.rank) : "–"},
    {label: ["Trained parameters"], value: whole(result.trained), note: `of a budget of ${whole(BUDGET)}`},
    {
      label: ["GPT-3, WikiSQL"],
      value: result.scores ? fixed(result.scores.wikisql, 1) : "not tested",
      note: `± ${spread.wikisql}; best ${fixed(best.wikisql, 1)}`,
    },
    {
      label: ["GPT-3, MultiNLI"],
      value: result.scores ? fixed(result.scores.multinli, 1) : "not tested",
      note: `± ${spread.multinli}; best ${fixed(best.multinli, 1)}`,
    },
  ],
  table: () => ({
    caption: `Table 5 of the paper: every choice trains ${whole(BUDGET)} parameters; accuracy in percent`,
    columns: ["Matrices", "Rank", "WikiSQL", "MultiNLI"],
    rows: printed.map(({on, rank, wikisql, multinli}) => [named(on), rank, fixed(wikisql, 1), fixed(multinli, 1)]),
  }),
  provenance: () => ({kind: "paper", text: "Table 5"}),
  challenge: {
    text: "find the choice that ties for the best WikiSQL score and has the best MultiNLI score.",
    met: ({scores}) => scores?.wikisql === best.wikisql && scores.multinli === best.multinli,
  },
});
