/** A spectrum as bars, each with its value and the running share of ‖ΔW‖². */
import {percent, short} from "../../answers/inspect/format.ts";
import {make} from "../../shell/take/share/make.ts";
import {asTable} from "./parts.ts";

/** With more bars than this only some have room for their numbers. */
const MOST_LABELS = 16;
/** More bars than this are not drawn: what follows is said. */
const MOST_BARS = 128;

/** The running shares of Σσ². */
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
  share > 0.9995 ? "100%" : share > 0.985 ? percent(share) : `${Math.round(100 * share)}%`;

/** Draws the bars into an emptied element. */
export function drawBars(root: Element, s: ArrayLike<number>, label: string): void {
  root.replaceChildren();
  const shares = runningShares(s);
  const values = Array.from(s).slice(0, MOST_BARS);
  const largest = values[0] ?? 0;
  const [isDense, isLong] = [values.length > MOST_LABELS, s.length > MOST_BARS];
  const list = make(root, "ol", isDense ? "inspect-bars dense" : "inspect-bars");
  list.setAttribute("aria-label", label);
  list.style.setProperty("--bars", String(values.length));
  const every = Math.ceil(values.length / MOST_LABELS);
  values.forEach((sigma, i) => {
    const item = make(list, "li");
    const hasLabel = !isDense || i % every === 0;
    make(item, "span", "value", hasLabel && !isDense ? short(sigma) : "");
    const bar = make(item, "span", "bar");
    bar.style.setProperty("--height", largest > 0 ? (sigma / largest).toFixed(4) : "0");
    make(item, "span", "index", hasLabel ? String(i + 1) : "");
    make(item, "span", "share", hasLabel && !isDense ? shareText(shares[i]!) : "");
  });
  const below = isDense
    ? `Bars: singular values of ΔW, the largest ${short(largest)}.`
    : "Bars: singular values of ΔW. Below: share of ‖ΔW‖² so far.";
  make(root, "p", "inspect-aside", isLong ? `${below} The first ${MOST_BARS} of ${s.length} are drawn.` : below);
  asTable(root, label, ["direction", "σ", "share of ‖ΔW‖² so far"], () =>
    Array.from(s, (sigma, i) => [String(i + 1), short(sigma, 6), percent(shares[i]!, 3)]),
  );
}
