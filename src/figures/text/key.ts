import {select} from "d3";
import {layer} from "../layer.ts";

export interface Sample {
  /** Class of what is sampled: a line, a band or a dot of the figure. */
  name: string;
  kind: "line" | "area" | "dot" | "stroke" | "tick" | "shape";
  text: string;
  /** Path of a shape, around 0, 0. */
  d?: string;
}

const [WIDTH, HEIGHT] = [28, 12];

/** What each mark of a figure stands for: a sample, then words. */
export function key(figure: Element, samples: readonly Sample[]) {
  select(layer(figure, "ul", "key"))
    .selectChildren<HTMLLIElement, Sample>("li")
    .data(samples)
    .join("li")
    .each(function ({name, kind, text, d: own = ""}) {
      const svg = layer(this, "svg", "sample");
      select(svg)
        .attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
        .attr("width", WIDTH)
        .attr("height", HEIGHT)
        .attr("aria-hidden", "true");
      const d = {
        line: `M0 ${HEIGHT / 2}H${WIDTH}`,
        area: `M0 0H${WIDTH}V${HEIGHT}H0z`,
        dot: `M${WIDTH / 2 - 5} ${HEIGHT / 2}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z`,
        stroke: `M${WIDTH / 2 - 5} ${HEIGHT - 1}l10 -10`,
        tick: `M${WIDTH / 2} 1V${HEIGHT - 1}`,
        shape: own,
      }[kind];
      select(layer(svg, "path", "drawn"))
        .attr("class", `drawn ${name}`)
        .attr("transform", kind === "shape" ? `translate(${WIDTH / 2} ${HEIGHT / 2})` : null)
        .attr("d", d);
      layer(this, "span", "text", text);
    });
}
