/** The figure “Which matrices of a block get a B and an A?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {attributes, join, makePressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act, Readout} from "../../figure/widget.ts";
import {toggledMatrix} from "../shared/attentionMatrices.ts";
import {listText} from "../shared/listText.ts";
import {BUDGET, bestScores, scoreSpread, tableChoices} from "../shared/table5.ts";
import {drawTransformerBlock} from "./block.ts";
import {compute, controls, type OtherMethod, type WhereParams, type WhereResult} from "./model.ts";
import {type BlockPlan, planFor} from "./plan.ts";

/** "qv" → "Wq and Wv". */
const matricesText = (on: string): string => listText([...on].map((letter) => `W${letter}`));

const scoresText = ({scores}: WhereResult): string =>
  scores
    ? `${fixed(scores.wikisql, 1)}% on WikiSQL and ${fixed(scores.multinli, 1)}% on MultiNLI`
    : "the paper did not try this choice";

/** What each of the other methods adds. */
const additions: Readonly<Record<OtherMethod, string>> = {
  biases: "Biases: only the vector b that each matrix adds is trained; nothing is new on the path.",
  adapters: "Adapter layers: two new stops on the path, which every input has to pass.",
  prefix: "Prefix: trained places before the text, so the attention has more rows and columns.",
};

/** Whether the attention weights change, which they do with queries or keys adapted. */
const isAttentionChanged = ({method, on}: WhereParams): boolean => method === "lora" && /[qk]/.test(on);

/** What each matrix computes. */
const outputNames: Readonly<Record<string, string>> = {q: "query", k: "key", v: "value", o: "output"};

/** A switch over each matrix, for pointer and keys. While another method is chosen, it changes to LoRA on this matrix. */
function drawSwitches(g: Element, plan: BlockPlan, {method, on}: WhereParams, act: Act) {
  attributes(g, {role: "group", "aria-label": "Matrices that get a B and an A"});
  join(g, "rect", plan.places, {name: "switch"}, (one, {letter, x, y, size}) => {
    attributes(one, {x: rounded(x), y: rounded(y), width: rounded(size), height: rounded(size), rx: 4});
    makePressable(one, `W${letter}, ${outputNames[letter]}`, method === "lora" && on.includes(letter), () =>
      act.set((now) => ({
        method: "lora",
        on: now.method === "lora" ? toggledMatrix(String(now.on), letter) : letter,
      })),
    );
  });
}

/** Heights of a block by the width of its frame. */
const HEIGHTS = {narrow: 434, mid: 452, wide: 386} as const;
/** Drawn smaller than this, the block has no room for words. */
const LEAST_SCALE = 0.7;

/** The block, whose attention matrices readers press. */
function blockDrawing({rank}: WhereResult, params: WhereParams, act: Act): Drawing {
  const {method, on, phase} = params;
  return {
    name: "where",
    height: HEIGHTS,
    alt: `A Transformer block. ${method === "lora" ? `LoRA on ${matricesText(on) || "no matrix"}.` : additions[method]}`,
    isInteractive: true,
    isElastic: true,
    draw(g, sheet) {
      const plan = planFor(sheet);
      const scale = Math.min(sheet.width / plan.width, sheet.height / plan.height, 1);
      const block = layer(g, "g", "block");
      attributes(block, {
        transform: `translate(${rounded((sheet.width - scale * plan.width) / 2)} 0) scale(${rounded(scale, 3)})`,
      });
      const drawn = layer(block, "g", "drawn");
      attributes(drawn, {"aria-hidden": "true"});
      drawTransformerBlock(drawn, plan, {
        method,
        on,
        rank,
        isMerged: phase === "merged",
        isAttentionChanged: isAttentionChanged(params),
        hasRoomForWords: scale > LEAST_SCALE,
      });
      drawSwitches(layer(block, "g", "switches"), plan, params, act);
    },
  };
}

/** GPT-3's score on a task, in percent. */
const scoreReadout = (result: WhereResult, task: "wikisql" | "multinli", name: string): Readout => ({
  label: [`GPT-3, ${name}`],
  value: result.scores ? fixed(result.scores[task], 1) : "not tested",
  note: `± ${scoreSpread[task]}; best ${fixed(bestScores[task], 1)}`,
});

export default figure({
  title: "Which matrices of a block get a B and an A?",
  guide:
    "Press a matrix to adapt it: the budget stays, so the rank falls as you choose more; or choose another method, and what it adds is violet. Who looks at whom is an example of four tokens, and the drawing leaves out the normalization.",
  sources: ["Hu et al. 2021, §4.2, §5.1, §7.1 and Tables 4 and 5"],
  controls,
  compute,
  main: ["method", "phase"],
  picture: (result, params, act) => ({parts: [blockDrawing(result, params, act)]}),
  says(result, params) {
    const {method, on, phase} = params;
    if (method !== "lora") {
      const {method: name, params: size} = result.rival!;
      return [
        additions[method],
        `In Table 4, ${name} with ${size} trained parameters has ${scoresText(result)}, on GPT-3.`,
      ];
    }
    if (!on) return ["Nothing is adapted, so this is the frozen model: press a matrix."];
    return [
      phase === "merged"
        ? `Merged into ${matricesText(on)}, B and A leave nothing new on the path.`
        : `LoRA: A and B beside ${matricesText(on)}, off the green line, where they only multiply and add.`,
      `At rank ${result.rank}, with ${whole(result.trained)} parameters of the budget trained in all layers of GPT-3: ${scoresText(result)}; who looks at whom ${isAttentionChanged(params) ? "changes" : "stays as it was"}.`,
    ];
  },
  readouts: (result) => [
    {label: ["Rank ", symbol.r], value: result.rank ? String(result.rank) : "–"},
    result.rival
      ? {label: ["Trained parameters"], value: result.rival.params, note: `${result.rival.method} in Table 4`}
      : {label: ["Trained parameters"], value: whole(result.trained), note: `of a budget of ${whole(BUDGET)}`},
    scoreReadout(result, "wikisql", "WikiSQL"),
    scoreReadout(result, "multinli", "MultiNLI"),
  ],
  table: () => ({
    caption: `Table 5 of the paper: every choice trains ${whole(BUDGET)} parameters; accuracy in percent`,
    columns: ["Matrices", "Rank", "WikiSQL", "MultiNLI"],
    rows: tableChoices.map(({on, rank, scores}) => [
      matricesText(on),
      rank,
      fixed(scores.wikisql, 1),
      fixed(scores.multinli, 1),
    ]),
  }),
  source: ({method}) => ({kind: "paper", text: method === "lora" ? "Table 5" : "Table 4"}),
  challenge: {
    text: "find the choice that ties for the best WikiSQL score and has the best MultiNLI score.",
    met: ({scores, rival}) =>
      !rival && scores?.wikisql === bestScores.wikisql && scores.multinli === bestScores.multinli,
  },
});
