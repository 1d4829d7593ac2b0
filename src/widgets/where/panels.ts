import {chart} from "../../figures/chart.ts";
import {layer} from "../../figures/layer.ts";
import type {Room} from "../../figures/room.ts";
import {fixed} from "../../figures/text/format.ts";
import {label} from "../../figures/text/label.ts";
import type {Act} from "../../shell/widget.ts";
import {toggled} from "../shared/attentionMatrices.ts";
import {block} from "./figures/block.ts";
import {buttons} from "./figures/buttons.ts";
import {heightFor, type Plan, planFor} from "./figures/plan.ts";
import {spread, type WhereParams, type WhereResult} from "./model.ts";

/** Rank and scores, three columns in the free corner of the drawing. */
function scores(g: Element, {rank, scores}: WhereResult, [x, y, pitch]: Plan["scores"]) {
  const columns = [
    ["Rank", rank ? `${rank} each` : "–"],
    ["WikiSQL", scores ? `${fixed(scores.wikisql, 1)} ± ${spread.wikisql}` : "–"],
    ["MultiNLI", scores ? `${fixed(scores.multinli, 1)} ± ${spread.multinli}` : "–"],
  ] as const;
  for (const [i, [name, value]] of columns.entries()) {
    label(g, `column of-${i}`, name, {x: x + i * pitch, y});
    label(g, `value of-${i}`, value, {x: x + i * pitch, y: y + 21});
  }
}

export function drawWhere(picture: Element, result: WhereResult, params: WhereParams, act: Act, room: Room) {
  const isDock = room.size === "dock";
  const {g, width} = chart(picture, "where", room, {
    nominal: 660,
    height: (width) => heightFor(width, isDock),
    alt: `A Transformer block. ${params.on ? `${[...params.on].map((letter) => `W${letter}`).join(", ")} adapted` : "No matrix is adapted"}; the MLP is frozen.`,
    interactive: true,
  });
  const plan = planFor(width, isDock);
  block(g, plan, {
    ...{on: params.on, rank: result.rank, isMerged: params.phase === "merged"},
    isNamed: !isDock,
  });
  const free = layer(g, "g", "scores");
  if (isDock) free.replaceChildren();
  else scores(free, result, plan.scores);
  buttons(picture.querySelector(".panel.where")!, plan, {
    on: params.on,
    onPress: (letter) => act.set((now) => ({on: toggled(String(now.on), letter)})),
  });
}
