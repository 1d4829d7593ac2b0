import {select} from "d3";
import {threshold} from "../../../figures/axes/threshold.ts";
import {group} from "../../../figures/panel.ts";
import {type ScaleOptions, type Span, spanLines, spanScale} from "../../../figures/plots/spanlines.ts";

export interface SpansOptions extends ScaleOptions {
  /** Steps between the ends of the scale. */
  steps: number;
  /** Where the line across all spans stands; there is none without it. */
  at?: number;
  /** Takes where it is moved to; it stays put without it. */
  onMove?(value: number): void;
}

/** One line a span, all on one scale, and a line across them that can be moved. */
export function spans(svg: Element, rows: readonly Span[], {steps, at, onMove, ...options}: SpansOptions) {
  const scale = spanScale(svg, rows.length, options);
  const {plot, width, height} = scale;
  const handle = group(plot, "handle");
  const [low, high] = options.ends;
  threshold(handle, at === undefined ? 0 : ((at - low) / (high - low)) * steps, {
    width,
    height,
    steps,
    label: "",
    // Without what float64 adds: 3 + 35 tenths is 6.5.
    onMove: (step) => onMove?.(Number((low + (step / steps) * (high - low)).toPrecision(12))),
  });
  select(handle)
    .attr("visibility", at === undefined ? "hidden" : null)
    .attr("pointer-events", onMove ? null : "none");
  spanLines(rows, scale);
}
