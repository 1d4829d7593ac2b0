/** From raw values to parameters that a figure can take, and back to text. */
import {
  type AnyParams,
  type Control,
  type Controls,
  defaults,
  type HiddenText,
  isClock,
  type Params,
  type Value,
} from "./controls.ts";
import {significant} from "./plot/text/format.ts";
import {plainText} from "./symbols.ts";

/** The ends of a range or size that depend on other parameters: the r of a 3 × 5 matrix ends at 3. */
export type Bounds = Readonly<Record<string, readonly [min: number, max: number]>>;
export type BoundsOf = (params: AnyParams) => Bounds;

/** What `parse` gives. */
export interface Parsed<C extends Controls = Controls> {
  params: Params<C>;
  /** The ends that hold with these parameters. */
  bounds: Bounds;
  /** One sentence for each value that could not be taken as it was given. */
  notes: string[];
}

/**
 * Reads parameters from anywhere: a form, an address, attributes, a host's message. Unknown names are ignored; a value that
 * its control cannot have is clamped or replaced by the one in `base`, with a note. Never throws.
 */
export function parse<C extends Controls>(
  controls: C,
  raw: Readonly<Record<string, unknown>>,
  {base = defaults(controls), boundsOf}: {base?: Params<C>; boundsOf?: BoundsOf} = {},
): Parsed<C> {
  const paramsWithin = (allEnds: Bounds, problems: string[]): Params<C> =>
    Object.fromEntries(
      Object.entries(controls).map(([name, control]) => {
        const rawValue = Object.hasOwn(raw, name) ? raw[name] : undefined;
        const before = base[name] as Value;
        const input = {rawValue, before, fallback: clamp(before, allEnds[name])};
        return [
          name,
          rawValue === undefined || rawValue === null
            ? input.fallback
            : accept(name, control, input, allEnds[name], problems),
        ];
      }),
    ) as Params<C>;
  // The ends of some sliders depend on other values. Those are read first, so that notes name the ends that hold.
  const bounds = boundsOf?.(paramsWithin({}, []) as AnyParams) ?? {};
  const notes: string[] = [];
  return {params: paramsWithin(bounds, notes), bounds, notes};
}

/** A raw value as text. Objects are not converted: their toString might do anything. */
const textOf = (rawValue: unknown): string =>
  typeof rawValue === "object" || typeof rawValue === "function" ? "an object" : String(rawValue).trim();

const clamp = (value: Value, ends: readonly [number, number] | undefined): Value =>
  ends && typeof value === "number" ? Math.min(Math.max(value, ends[0]), ends[1]) : value;

/** A raw value for a control, the value it had before, and the one it gets if the raw value is refused. */
interface Input {
  rawValue: unknown;
  before: Value;
  fallback: Value;
}

/** The value that a control takes for a raw value, with a note if that is another one. */
function accept(
  name: string,
  control: Control,
  {rawValue, before, fallback}: Input,
  ends: readonly [number, number] | undefined,
  notes: string[],
): Value {
  const text = shorten(textOf(rawValue));
  const refuse = (expectation: string) => {
    notes.push(
      `${name} should be ${expectation}; “${text}” is not, so ${fallback === "" ? "none" : fallback} is shown.`,
    );
    return fallback;
  };
  if (control.kind === "choice")
    return keyOf(control.options, text) ?? refuse(`one of ${Object.keys(control.options).join(", ")}`);
  if (control.kind === "hidden") return acceptText(name, control, textOf(rawValue), fallback, notes);
  const [min, max] = ends ?? [control.min, control.max];
  const step = control.kind === "range" ? control.step : 1;
  const kind = Number.isInteger(step) ? "a whole number" : "a number";
  const expected = () =>
    min === max ? `${numberText(min)} here` : `${kind} from ${numberText(min)} to ${numberText(max)}`;
  const value = text === "" ? Number.NaN : Number(text);
  // A form sends all its fields. An unchanged value that another choice has put out of range was not asked for: no note.
  if ((min === max || isClock(control)) && value === before) return clamp(value, [min, max]);
  if (!Number.isFinite(value)) return refuse(expected());
  // Steps count from the control's start; the quotient is rounded so that 0.1 + 0.2 lands on a step.
  const stepped = Number((control.min + Math.round((value - control.min) / step) * step).toPrecision(12));
  const valid = Math.min(Math.max(stepped, min), max);
  if (valid !== value)
    notes.push(
      `${name} should be ${expected()}${step === 1 || min === max ? "" : ` in steps of ${step}`}; ${text} is not, so ${numberText(valid)} is shown.`,
    );
  return valid;
}

/** The option that a text means: the text itself, or an option that is the same number ("10" for "10.0"). */
const keyOf = (options: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.hasOwn(options, text)
    ? text
    : Object.keys(options).find((key) => text !== "" && key !== "" && Number(key) === Number(text));

/** The text of a hidden control, or what it had before, with a note why. */
function acceptText(
  name: string,
  {label, limit, problem}: HiddenText,
  text: string,
  fallback: Value,
  notes: string[],
): Value {
  if (text === "") return text;
  const why =
    text.length > limit ? `At most ${numberText(limit)} characters of ${plainText(label)} were due.` : problem(text);
  if (why) notes.push(`${name} was left as it is. ${why}`);
  return why ? fallback : text;
}

const numberText = (x: number): string => significant(x, 12);

/** The parameters that differ from the defaults, as text, for query strings and attributes. */
export function differences<C extends Controls>(controls: C, params: Params<C>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(controls)
      .filter(([name, control]) => params[name] !== control.value)
      .map(([name]) => [name, String(params[name])]),
  );
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
