import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

/** A square for each letter in doubt of the base, or of now if now there are more; as many as now are filled. */
export function doubt(
  g: Element,
  {off, now}: {off: number; now: number},
  {width, isSmall}: {width: number; isSmall: boolean},
) {
  const box = group(g, "doubt", 0, isSmall ? 8 : 14);
  label(box, "value", fixed(now, 1), {x: 0, y: 8, dy: "0.35em"});
  label(box, "unit", "letters in doubt", {x: isSmall ? 38 : 54, y: 8, dy: "0.35em"});
  const left = isSmall ? 152 : 172;
  const most = Math.ceil(Math.max(off, now));
  const step = Math.min(18, (width - left) / most);
  const side = step - 3;
  const squares = Array.from({length: most}, (_, i) => i);
  const part = (all: number, i: number) => Math.min(Math.max(all - i, 0), 1);
  select(group(box, "squares", left, 8 - side / 2))
    .selectChildren<SVGGElement, number>("g")
    .data(squares)
    .join("g")
    .attr("transform", (i) => `translate(${rounded(i * step)} 0)`)
    .each(function (i) {
      for (const [name, all] of [["was", off] as const, ["is", now] as const])
        select(layer(this, "rect", name))
          .attr("width", rounded(side * part(all, i)))
          .attr("height", rounded(side));
    });
}
