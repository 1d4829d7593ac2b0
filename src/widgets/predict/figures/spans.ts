import {select} from "d3";
import type {ScaleOptions} from "../../../figures/axes/axis.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {group} from "../../../figures/panel.ts";
import {type Span, spanLines, spanScale} from "../../../figures/plots/spanlines.ts";

export interface SpansOptions extends ScaleOptions {
  /** Steps between the ends of the scale. */
  steps: number;
  /** Place of the line across all spans; without it the line is hidden. */
  at?: number;
  /** Called when the line is moved; without it the line is fixed. */
  onMove?(value: number): void;
}

/** A row for each span, all on one scale, and a movable line across them. */
export function spans(svg: Element, rows: readonly Span[], {steps, at, onMove, ...options}: SpansOptions) {
  const scale = spanScale(svg, rows.length, options);
  const {plot, width, height} = scale;
  const handle = group(plot, "handle");
  const [low, high] = options.ends;
  threshold(handle, at === undefined ? 0 : ((at - low) / (high - low)) * steps, {
    width,
    height,
    steps,
    // Without the rounding error of float64: 3 + 35 tenths is 6.5.
    onMove: (step) => onMove?.(Number((low + (step / steps) * (high - low)).toPrecision(12))),
  });
  select(handle)
    .attr("visibility", at === undefined ? "hidden" : null)
    .attr("pointer-events", onMove ? null : "none");
  spanLines(rows, scale);
}
