/** A figure's controls as plain data: their kinds, how they are declared, and the types of their values. */
import type {Rich} from "./plot/text/symbol.ts";

/** The headings above a figure's further controls, in this order. */
export const controlGroups = {trace: "Traced entry", training: "How it trains", chance: "Chance"} as const;
export type Group = keyof typeof controlGroups;

/**
 * What all controls have. Controls are plain data because the form, the URL, the element's attributes, the messages and the gallery's
 * parameter table are all read from them, and because the worker may load them. A control's name matches [a-z][a-z0-9-]*.
 */
interface CommonControl {
  label: Rich;
  /** The accessible name of a field whose label is a bare symbol, which not every screen reader can read. Contains the label. */
  accessibleName?: string;
  /** Shown behind "More". */
  more?: boolean;
  /** Its heading behind "More". Controls without a heading come first. */
  group?: Group;
  /** It is shown only while each control named here has one of the values listed; while hidden it keeps its value. */
  when?: Readonly<Record<string, readonly string[]>>;
}

/** A number on a slider. */
export interface Range extends CommonControl {
  kind: "range";
  min: number;
  max: number;
  step: number;
  value: number;
  /** The value is a power of ten: the field shows 20 M for 7.3. */
  log?: boolean;
  /** With `log`: how many times as large, shown as "× 20". */
  factor?: boolean;
  /** It counts the frames of a run. Its slider is beside Play. */
  clock?: boolean;
}

/** A whole number that is typed, because its range is too wide for a slider. */
export interface TypedNumber extends CommonControl {
  kind: "size";
  min: number;
  max: number;
  value: number;
}

/** One of a few named values; `options` maps each value to what the reader sees. */
export interface Choice<T extends string = string> extends CommonControl {
  kind: "choice";
  options: Readonly<Record<T, string>>;
  /** For a choice with many values: the values in parts, by title. Only the part with the chosen value is shown. */
  parts?: Readonly<Record<string, readonly T[]>>;
  value: T;
}

/** State without a field, as text: the picture or a panel sets it, for instance the cells that the reader drew. */
export interface HiddenText extends CommonControl {
  kind: "hidden";
  value: string;
  /** The most characters it may have, so that a link can carry it. */
  limit: number;
  /** A sentence on why a text cannot be taken; undefined when it can. */
  problem(text: string): string | undefined;
}

export type Control = Range | TypedNumber | Choice | HiddenText;
/** A figure's controls by name. */
export type Controls = Readonly<Record<string, Control>>;
/** A control's value. */
export type Value = number | string;

/** The values of all controls of a figure: its state. */
export type Params<C extends Controls> = {
  readonly [K in keyof C]: C[K] extends {kind: "choice"; options: Readonly<Record<infer T extends string, string>>}
    ? T
    : C[K] extends {kind: "hidden"}
      ? string
      : number;
};
// biome-ignore lint/suspicious/noExplicitAny: the registry holds widgets of every parameter type
export type AnyParams = Params<any>;

/** Whether the control is shown, given the other parameters. */
export const isVisible = ({when = {}}: Control, params: AnyParams): boolean =>
  Object.entries(when).every(([name, values]) => values.includes(String(params[name])));

/** Whether Play moves this control, whose slider is then beside the buttons of the run. */
export const isClock = (control: Control): boolean => control.kind === "range" && !!control.clock;

/** Declares a slider. */
export const range = (label: Rich, options: Omit<Range, "kind" | "label" | "step"> & {step?: number}): Range => ({
  kind: "range",
  label,
  step: 1,
  ...options,
});

/** The count at a position on a logarithmic slider, to two digits: 7.3 → 20,000,000. */
export const countAt = (power: number): number => Number((10 ** power).toPrecision(2));

/** Declares a typed number. */
export const typedNumber = (label: Rich, options: Omit<TypedNumber, "kind" | "label">): TypedNumber => ({
  kind: "size",
  label,
  ...options,
});

/** Declares a choice of named values. */
export const choice = <T extends string>(
  label: Rich,
  options: Readonly<Record<T, string>>,
  value: NoInfer<T>,
  more = false,
  group?: Group,
): Choice<T> => ({kind: "choice", label, options, value, more, ...(group && {group})});

/** Declares hidden text, at first empty. */
export const hiddenText = (label: Rich, limit: number, problem: HiddenText["problem"]): HiddenText => ({
  kind: "hidden",
  label,
  value: "",
  limit,
  problem,
});

/** The values with which a figure starts. */
export const defaults = <C extends Controls>(controls: C): Params<C> =>
  Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value])) as Params<C>;
