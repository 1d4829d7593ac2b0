import {select} from "d3";
import {inset} from "../inset.ts";
import {layer} from "../layer.ts";

interface Sample {
  /** Class of the mark it explains. */
  name: string;
  kind: "line" | "area" | "dot" | "stroke" | "tick" | "shape";
  text: string;
  /** Path of a "shape", around 0, 0. */
  d?: string;
}

const [WIDTH, HEIGHT] = [28, 12];

/** Explains the marks of a figure: a sample of each, then words. */
export function key(figure: Element, samples: readonly Sample[]) {
  select(layer(figure, "ul", "key"))
    .selectChildren<HTMLLIElement, Sample>("li")
    .data(samples)
    .join("li")
    .each(function ({name, kind, text, d: own = ""}) {
      const d = {
        line: `M0 ${HEIGHT / 2}H${WIDTH}`,
        area: `M0 0H${WIDTH}V${HEIGHT}H0z`,
        dot: `M${WIDTH / 2 - 5} ${HEIGHT / 2}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z`,
        stroke: `M${WIDTH / 2 - 5} ${HEIGHT - 1}l10 -10`,
        tick: `M${WIDTH / 2} 1V${HEIGHT - 1}`,
        shape: own,
      }[kind];
      select(layer(inset(this, "sample", WIDTH, HEIGHT), "path", "drawn"))
        .attr("class", `drawn ${name}`)
        .attr("transform", kind === "shape" ? `translate(${WIDTH / 2} ${HEIGHT / 2})` : null)
        .attr("d", d);
      layer(this, "span", "text", text);
    });
}
