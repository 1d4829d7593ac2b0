import type {Settings} from "./controls.ts";
import {RATES} from "./settings.ts";

const usual = {
  on: "qv",
  r: "4",
  alpha: 8,
  rate: RATES.lora,
  examples: "all",
  method: "lora",
  base: "full",
  start: "zero",
  optimizer: "adamw",
} satisfies Partial<Settings>;

/**
 * Settings behind the buttons; the task and the seed stay. α/r is 2 in all of them, and the first one, the bottlenecks and the
 * prefix train equally many parameters.
 */
export const presets: readonly {text: string; set: Readonly<Record<string, string | number>>}[] = [
  {text: "Paper’s choice", set: usual},
  {text: "Every matrix", set: {...usual, on: "qkvo12"}},
  {text: "Rank 1", set: {...usual, r: "1", alpha: 2}},
  {text: "Wrong matrices", set: {...usual, on: "q", r: "8", alpha: 16}},
  {text: "20 examples", set: {...usual, examples: "20"}},
  {text: "Rate too high", set: {...usual, rate: "10.0"}},
  {text: "2-bit base", set: {...usual, base: "two"}},
  {text: "Adapter layers", set: {...usual, method: "bottleneck", width: "4", rate: RATES.bottleneck}},
  {text: "Prefix", set: {...usual, method: "prefix", vectors: "8", rate: RATES.prefix}},
  {text: "Full fine-tuning", set: {...usual, method: "full", rate: RATES.full}},
];

/** Whether the parameters already have the values of a preset. */
export const isSet = (
  params: Readonly<Record<string, string | number>>,
  set: Readonly<Record<string, string | number>>,
) => Object.entries(set).every(([name, value]) => params[name] === value);
