/** Singular values as bars, with the share of ‖ΔW‖² that they and those before them carry. */
import {make} from "../figure/makeElement.ts";
import {fixedPercent, short} from "./format.ts";
import {aside, foldedTable} from "./parts.ts";

/** At most this many bars are drawn; a sentence says so where there are more values. */
const MAX_BARS = 128;
/** Pixels that a bar's value needs, and its index. */
const [VALUE_WIDTH, INDEX_WIDTH] = [44, 26];
/** The largest width of a bar, in pixels. */
const MAX_BAR_WIDTH = 72;

/** The width that bars have where nothing is laid out, in pixels. */
const WIDTH_WITHOUT_LAYOUT = 600;

/** For each singular value, the share of Σσ² up to it. */
export function runningShares(s: ArrayLike<number>): number[] {
  const squares = Array.from(s, (sigma) => sigma * sigma);
  const whole = squares.reduce((sum, square) => sum + square, 0);
  let sum = 0;
  return squares.map((square) => {
    sum += square;
    return whole > 0 ? sum / whole : 1;
  });
}

const shareText = (share: number) =>
  share > 0.9995 ? "100%" : share > 0.985 ? fixedPercent(share) : `${Math.round(100 * share)}%`;

/** Draws the bars into an empty element on the page: its width decides whether there is room for values. */
export function drawBars(root: HTMLElement, s: ArrayLike<number>, label: string): void {
  const shares = runningShares(s);
  const values = Array.from(s).slice(0, MAX_BARS);
  const largest = values[0] ?? 0;
  const width = Math.min(MAX_BAR_WIDTH, (root.clientWidth || WIDTH_WITHOUT_LAYOUT) / values.length);
  const hasValues = width >= VALUE_WIDTH;
  const labelInterval = Math.ceil(INDEX_WIDTH / width);
  const list = make(root, "ol", "inspect-bars");
  list.setAttribute("aria-label", label);
  list.style.setProperty("--bars", String(values.length));
  values.forEach((sigma, i) => {
    const item = make(list, "li");
    item.style.setProperty("--height", largest > 0 ? (sigma / largest).toFixed(4) : "0");
    make(item, "span", "bar");
    if (hasValues) make(item, "span", "value", short(sigma));
    make(item, "span", "index", i % labelInterval === 0 ? String(i + 1) : "");
    if (hasValues) make(item, "span", "share", shareText(shares[i]!));
  });
  const caption = hasValues
    ? "Bars: singular values of ΔW. Below: share of ‖ΔW‖² so far."
    : `Bars: singular values of ΔW, the largest ${short(largest)}.`;
  aside(root, s.length > MAX_BARS ? `${caption} The first ${MAX_BARS} of ${s.length} are drawn.` : caption);
  foldedTable(root, label, ["direction", "σ", "share of ‖ΔW‖² so far"], () =>
    Array.from(s, (sigma, i) => [String(i + 1), short(sigma, 6), fixedPercent(shares[i]!, 3)]),
  );
}
