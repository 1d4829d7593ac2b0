/** The options that every figure has besides its controls, such as `theme` and `lock`. */
import {type Choice, hiddenText, type Params} from "../controls.ts";
import {type Parsed, parse} from "../parse.ts";
import type {Locks} from "./locks.ts";

/** A choice of these values, the first by default. */
const choiceOf = <T extends string>(...values: readonly [T, ...T[]]): Choice<T> => ({
  kind: "choice",
  label: [],
  options: Object.fromEntries(values.map((value) => [value, value])) as unknown as Record<T, string>,
  value: values[0],
});
/** Names with commas between them. locks.ts knows which names mean something. */
const nameList = (value: string) => ({...hiddenText(["the list"], 400, () => undefined), value});

/**
 * What may be asked of every widget besides its controls: in the address of its page or embed, as an attribute of the
 * element, or in a host's message. The first value is the default; `auto` leaves it to the widget.
 */
export const commonOptions = {
  theme: choiceOf("auto", "light", "dark", "contrast", "projector"),
  background: choiceOf("card", "transparent"),
  border: choiceOf("1", "0"),
  layout: choiceOf("auto", "slide"),
  controls: nameList("all"),
  lock: nameList(""),
  hide: nameList(""),
  motion: choiceOf("auto", "reduce", "full"),
  predict: choiceOf("auto", "1", "0"),
  answers: choiceOf("1", "0"),
  links: choiceOf("1", "0"),
  title: choiceOf("1", "0"),
  caption: choiceOf("1", "0"),
  table: choiceOf("auto", "1", "0"),
};
/** A value of each option. */
export type OptionValues = Params<typeof commonOptions>;
export type OptionName = keyof OptionValues;

/** Whether a common option has this name. */
export const isCommonOption = (name: string): boolean => Object.hasOwn(commonOptions, name);

/** The options of one figure, and what they lock. */
export interface CommonOptions extends Locks {
  options: OptionValues;
}

/** A host's value as `parse` takes it: 1 for true, 0 for false, and for a list its names with commas between them. */
const parsableValue = (value: unknown): unknown => {
  if (typeof value === "boolean") return Number(value);
  return Array.isArray(value) && value.every((name) => typeof name === "string") ? value.join(",") : value;
};

/** Reads options from anywhere. One that cannot be taken stays as in `base`, with a note; null and "" mean the default. */
export function readOptions(raw: Readonly<Record<string, unknown>>, base?: OptionValues): Parsed<typeof commonOptions> {
  const entries = Object.entries(commonOptions).flatMap(([name, {value}]) => {
    const rawValue = Object.hasOwn(raw, name) ? parsableValue(raw[name]) : undefined;
    return rawValue === undefined ? [] : [[name, rawValue === null || rawValue === "" ? value : rawValue]];
  });
  return parse(commonOptions, Object.fromEntries(entries), {base});
}
