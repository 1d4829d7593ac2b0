import {fixed, whole} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {widget} from "../../shell/widget.ts";
import {BUDGET, compute, controls, printed, spread, type WhereParams, type WhereResult} from "./model.ts";
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

/** Where each of the other methods puts its parameters, and what that does on the way from input to output. */
const ways = {
  biases: {
    says: "Biases: only the vector b that each matrix adds is trained; nothing is new on the road.",
    summary:
      "BitFit trains only the vectors b that the matrices add to their outputs, so nothing new stands on the road.",
  },
  adapters: {
    says: "Adapter layers: two new stops on the road, which every input has to pass.",
    summary:
      "Adapter layers stand on the road after the attention and after the MLP; everything has to pass both, so they take time and cannot be merged.",
  },
  prefix: {
    says: "Prefix: trained places before the text, so the attention has more rows and columns.",
    summary:
      "A prefix puts trained places before the text, two in this drawing; every token can look at them, so the attention grows, and they take up room in the input.",
  },
} as const;

type Other = Exclude<WhereParams["method"], "lora">;

/** Another method's place, and its row of Table 4. */
function otherSummary(method: Other, result: WhereResult): string {
  const {method: name, params} = result.rival!;
  return `${ways[method].summary} In Table 4, ${name} with ${params} trained parameters has ${scored(result)}, on GPT-3.`;
}

export default widget({
  title: "Which matrices of a block get a B and an A?",
  guide:
    "Press a matrix to adapt it: the number of trained parameters stays the same, so the rank falls as you choose more; or choose another method, and what it adds is violet. The drawing leaves out the normalization before attention and before the MLP.",
  sources: ["Hu et al. 2021, §4.2, §5.1, §7.1 and Tables 4 and 5"],
  controls,
  compute,
  main: ["method", "phase"],
  draw: drawWhere,
  says(result, {method, on, phase}) {
    if (method !== "lora") return ways[method].says;
    if (!on) return "Nothing is adapted: this is the frozen model. Press a matrix.";
    if (phase === "merged")
      return `Merged: ${named(on)} ${on.length > 1 ? "have" : "has"} taken in B and A, and nothing else is left on the path.`;
    return `${named(on)} at rank ${result.rank}: ${scored(result)}.`;
  },
  summary(result, {method, on, phase}) {
    if (method !== "lora") return otherSummary(method, result);
    if (!on)
      return `No matrix is adapted, so nothing is trained. The budget of ${whole(BUDGET)} parameters is unspent.`;
    const left = BUDGET - result.trained;
    const spent = `${whole(result.trained)} trained parameters in all layers of GPT-3${left ? `; ${whole(left)} of the budget are left over` : ""}`;
    const merged =
      phase === "merged" ? " Merged, the block has the matrices it had before, and the scores stay what they are." : "";
    return `${named(on)} at rank ${result.rank}: ${scored(result)}, with ${spent}.${merged}`;
  },
  readouts: (result) => [
    {
      label: ["Rank ", sign.r],
      value: result.rank ? String(result.rank) : "–",
    },
    result.rival
      ? {
          label: ["Trained parameters"],
          value: result.rival.params,
          note: `${result.rival.method} in Table 4`,
        }
      : {
          label: ["Trained parameters"],
          value: whole(result.trained),
          note: `of a budget of ${whole(BUDGET)}`,
        },
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
  provenance: ({method}) => ({
    kind: "paper",
    text: method === "lora" ? "Table 5" : "Table 4",
  }),
  challenge: {
    text: "find the choice that ties for the best WikiSQL score and has the best MultiNLI score.",
    met: ({scores, rival}) => !rival && scores?.wikisql === best.wikisql && scores.multinli === best.multinli,
  },
});
