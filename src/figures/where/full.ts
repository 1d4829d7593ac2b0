import {fixed, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {full} from "../../figure/widget.ts";
import {BUDGET, type controls, printedRows, scoreSpread, type WhereParams, type WhereResult} from "./model.ts";
import {bestScores, matricesListed, scoresText} from "./sentences.ts";

type Other = Exclude<WhereParams["method"], "lora">;

/** Where each of the other methods puts its parameters, and what that does on the way from input to output. */
const ways: Readonly<Record<Other, string>> = {
  biases: "BitFit trains only the vectors b that the matrices add to their outputs, so an input passes nothing new.",
  adapters:
    "Adapter layers come after the attention and after the MLP; every input has to pass both, so they take time and cannot be merged.",
  prefix:
    "A prefix puts trained places before the text, two in this drawing; every token can look at them, so the attention grows, and they take up room in the input.",
};

/** Another method's place, and its row of Table 4. */
function otherSummary(method: Other, result: WhereResult): string {
  const {method: name, params} = result.rival!;
  return `${ways[method]} In Table 4, ${name} with ${params} trained parameters has ${scoresText(result)}, on GPT-3.`;
}

export default full<typeof controls, WhereResult>({
  summary(result, {method, on, phase}) {
    if (method !== "lora") return otherSummary(method, result);
    if (!on)
      return `No matrix is adapted, so nothing is trained. The budget of ${whole(BUDGET)} parameters is unspent.`;
    const left = BUDGET - result.trained;
    const spent = `${whole(result.trained)} trained parameters in all layers of GPT-3${left ? `; ${whole(left)} of the budget are left over` : ""}`;
    const merged =
      phase === "merged" ? " Merged, the block has the matrices it had before, and the scores stay what they are." : "";
    return `${matricesListed(on)} at rank ${result.rank}: ${scoresText(result)}, with ${spent}.${merged}`;
  },
  readouts: (result) => [
    {
      label: ["Rank ", symbol.r],
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
      note: `± ${scoreSpread.wikisql}; best ${fixed(bestScores.wikisql, 1)}`,
    },
    {
      label: ["GPT-3, MultiNLI"],
      value: result.scores ? fixed(result.scores.multinli, 1) : "not tested",
      note: `± ${scoreSpread.multinli}; best ${fixed(bestScores.multinli, 1)}`,
    },
  ],
  table: () => ({
    caption: `Table 5 of the paper: every choice trains ${whole(BUDGET)} parameters; accuracy in percent`,
    columns: ["Matrices", "Rank", "WikiSQL", "MultiNLI"],
    rows: printedRows.map(({on, rank, wikisql, multinli}) => [
      matricesListed(on),
      rank,
      fixed(wikisql, 1),
      fixed(multinli, 1),
    ]),
  }),
});
