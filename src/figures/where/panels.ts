import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {toggledMatrix} from "../shared/attentionMatrices.ts";
import {transformerBlock} from "./drawing/block.ts";
import {matrixButtons} from "./drawing/buttons.ts";
import {type BlockPlan, heightFor, planFor} from "./drawing/plan.ts";
import {scoreSpread, type WhereParams, type WhereResult} from "./model.ts";

/** Rank, or the size of another method, and scores: three columns in the free corner of the drawing. */
function scores(g: Element, {rank, scores, rival}: WhereResult, [x, y, pitch]: BlockPlan["scores"]) {
  const columns = [
    rival ? ["■ Trained", rival.params] : ["Rank", rank ? `${rank} each` : "–"],
    ["WikiSQL", scores ? `${fixed(scores.wikisql, 1)} ± ${scoreSpread.wikisql}` : "–"],
    ["MultiNLI", scores ? `${fixed(scores.multinli, 1)} ± ${scoreSpread.multinli}` : "–"],
  ] as const;
  // The count of what a method trains has its color.
  g.toggleAttribute("data-added", rival !== undefined);
  for (const [i, [name, value]] of columns.entries()) {
    label(g, `column of-${i}`, name, {x: x + i * pitch, y});
    label(g, `value of-${i}`, value, {x: x + i * pitch, y: y + 21});
  }
}

const places = {
  biases: "A thin bar at every matrix is its bias, which is trained",
  adapters: "An adapter layer comes before each plus sign",
  prefix: "Two places in front of the text have rows and columns in the attention",
} as const;

function added({method, on}: WhereParams): string {
  if (method !== "lora") return places[method];
  return on ? `${[...on].map((letter) => `W${letter}`).join(", ")} adapted` : "No matrix is adapted";
}

export function drawWhere(picture: Element, result: WhereResult, params: WhereParams, act: Act, room: Room) {
  const isDock = room.size === "dock";
  const {g, width} = chart(picture, "where", room, {
    nominal: 660,
    height: (width) => heightFor(width, isDock),
    alt: `A Transformer block. ${added(params)}; ${params.method === "lora" ? "the MLP is frozen" : "all matrices are frozen"}.`,
    interactive: true,
  });
  const plan = planFor(width, isDock);
  transformerBlock(g, plan, {
    ...{
      method: params.method,
      on: params.on,
      rank: result.rank,
      isMerged: params.phase === "merged",
    },
    isNamed: !isDock,
  });
  const free = layer(g, "g", "numbers");
  if (isDock) free.replaceChildren();
  else scores(free, result, plan.scores);
  matrixButtons(picture.querySelector(".panel.where")!, plan, {
    on: params.method === "lora" ? params.on : "",
    // From another method, LoRA at the pressed matrix.
    onPress: (letter) =>
      act.set(({method, on}) => ({
        method: "lora",
        on: method === "lora" ? toggledMatrix(String(on), letter) : letter,
      })),
  });
}
