import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {withText} from "../../../figure/plot/text/put.ts";

interface Stage {
  text: string;
  isReached: boolean;
}

/** A bar in parts, filled as far as there are words enough for them. */
export function stageBar(box: Element, list: readonly Stage[]) {
  select(layer(box, "ol", "stages"))
    .selectChildren<HTMLLIElement, Stage>("li")
    .data(list)
    .join("li")
    .attr("data-reached", ({isReached}) => (isReached ? "" : null))
    .each(withText(({text}) => text));
}
