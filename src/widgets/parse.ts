import {type AnyParams, type Control, type Controls, defaults, type Params, type Value} from "./controls.ts";
import {plain} from "./signs.ts";

/** Ends of a range or size that depend on the other parameters (r of a 3 × 5 matrix ends at 3). */
export type Bounds = Readonly<Record<string, readonly [min: number, max: number]>>;
export type BoundsOf = (params: AnyParams) => Bounds;

export interface Parsed<C extends Controls> {
  params: Params<C>;
  /** One sentence for each value that could not be taken as it came. */
  notes: string[];
}

/**
 * Reads parameters from wherever they come (form, URL, attributes, a host's message). Names that are no control are
 * ignored; a value outside its control is clamped or replaced by `base`'s, and said. Never throws.
 */
export function parse<C extends Controls>(
  controls: C,
  raw: Readonly<Record<string, unknown>>,
  {base = defaults(controls), boundsOf}: {base?: Params<C>; boundsOf?: BoundsOf} = {},
): Parsed<C> {
  const notes: string[] = [];
  const params: Record<string, Value> = {...base};
  for (const [name, control] of Object.entries(controls)) {
    if (!Object.hasOwn(raw, name) || raw[name] === undefined || raw[name] === null) continue;
    params[name] = accept(name, control, raw[name], params[name]!, notes);
  }
  const bounds = boundsOf?.(params as AnyParams) ?? {};
  for (const [name, [min, max]] of Object.entries(bounds)) {
    const value = params[name] as number;
    const kept = Math.min(Math.max(value, min), max);
    if (kept !== value && Object.hasOwn(raw, name))
      notes.push(`${name} = ${value} is outside ${min} to ${max} here; ${kept} is shown.`);
    params[name] = kept;
  }
  return {params: params as Params<C>, notes};
}

function accept(name: string, control: Control, came: unknown, otherwise: Value, notes: string[]): Value {
  const text = String(came).trim();
  const refuse = (due: string) => {
    notes.push(
      `${name} should be ${due}; “${shorten(text)}” is not, so ${otherwise === "" ? "none" : otherwise} is shown.`,
    );
    return otherwise;
  };
  if (control.kind === "choice")
    return Object.hasOwn(control.options, text) ? text : refuse(`one of ${Object.keys(control.options).join(", ")}`);
  if (control.kind === "hidden") {
    if (text === "") return text;
    if (text.length > control.limit) return refuse(`at most ${control.limit} characters of ${plain(control.label)}`);
    const problem = control.problem(text);
    if (problem) notes.push(`${name} was left as it is. ${problem}`);
    return problem ? otherwise : text;
  }
  const {min, max} = control;
  const value = text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return refuse(`a number from ${min} to ${max}`);
  const step = control.kind === "range" ? control.step : 1;
  // Steps count from min; the quotient is rounded so that 0.1 + 0.2 lands on a step.
  const stepped = Number((min + Math.round((value - min) / step) * step).toPrecision(12));
  const kept = Math.min(Math.max(stepped, min), max);
  if (kept !== value)
    notes.push(
      `${name} = ${shorten(text)} is not a value from ${min} to ${max} in steps of ${step}; ${kept} is shown.`,
    );
  return kept;
}

/** What differs from the defaults, as text: the query string, and the attributes of an embed. */
export function differences<C extends Controls>(controls: C, params: Params<C>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(controls)
      .filter(([name, control]) => params[name] !== control.value)
      .map(([name]) => [name, String(params[name])]),
  );
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
