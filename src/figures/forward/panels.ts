import type {Room} from "../../figure/plot/room.ts";
import {significant} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {crossHighlight} from "./drawing/crossHighlight.ts";
import {entryValue} from "./drawing/entryValue.ts";
import {type FlowBlock, flow} from "./drawing/flow.ts";
import type {ForwardParams, ForwardResult} from "./model.ts";
import {type LayerPart, type PlacedPart, partNumbers, placed} from "./parts.ts";
import {symbolTokens} from "./tokens.ts";
import {traceAt, tracedEntry} from "./trace.ts";

/** The parts in the picture, in the order of the table. */
export const shownParts = (result: ForwardResult, params: ForwardParams): readonly PlacedPart[] =>
  placed(params.stage, params, significant(result.scaling, 3));

export function flowBlocks(result: ForwardResult, params: ForwardParams): FlowBlock[] {
  const numbers = partNumbers(result);
  const {lit} = tracedEntry(result, params);
  return shownParts(result, params).map(({empty, ...block}) => ({
    ...block,
    ...(empty ? {} : {matrix: numbers[block.part], lit: lit[block.part]}),
  }));
}

export const limitOf = (blocks: readonly FlowBlock[]): number =>
  blocks.flatMap(({matrix}) => Array.from(matrix?.data ?? [])).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

export function drawFlow(picture: Element, result: ForwardResult, params: ForwardParams, act: Act, room: Room) {
  const {stage, d, k, r} = params;
  const blocks = flowBlocks(result, params);
  const limit = limitOf(blocks);
  flow(picture, {
    ...{d, k, r, blocks, limit},
    back: stage === "backward",
    adapter: stage !== "freeze" && stage !== "merge",
    sum: stage !== "merge",
    room,
    numbers: room.size !== "dock" || room.width >= 480,
    onPoint(part, row, column) {
      const to = traceAt(stage, part as LayerPart, row, column);
      if (Object.entries(to).some(([name, value]) => params[name as keyof ForwardParams] !== value)) act.set(to);
    },
  });
}

/** The card: below the flow, the entry that is pointed at. */
export function drawCard(picture: Element, result: ForwardResult, params: ForwardParams, act: Act, room: Room) {
  drawFlow(picture, result, params, act, room);
  if (room.size !== "dock") {
    const spot = tracedEntry(result, params);
    entryValue(picture, {...spot, formula: symbolTokens(spot.formula)});
  }
  crossHighlight(picture);
}
