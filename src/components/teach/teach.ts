import {z} from "astro/zod";
import data from "../../../content/teach.json" with {type: "json"};

const state = z.strictObject({
  widget: z.string().min(1),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const step = z.strictObject({
  minutes: z.number().int().positive(),
  what: z.string().min(1),
  chapter: z.string().optional(),
  state: state.optional(),
});

const schema = z.strictObject({
  plans: z.array(z.strictObject({id: z.string(), title: z.string(), for: z.string(), steps: z.array(step).min(1)})),
  /** A question for the room, a model answer, and what people say who missed the point. */
  prompts: z.array(z.strictObject({chapter: z.string(), ask: z.string(), answer: z.string(), listen: z.string()})),
  /** A figure in a state worth showing. `lock` names the controls that are fixed; `says` is part of what the figure then says. */
  presets: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["good", "failing"]),
      state,
      lock: z.array(z.string()).default([]),
      says: z.string().min(1),
      why: z.string(),
    }),
  ),
});

/** The material for instructors: plans, prompts and presets. */
export const teach = schema.parse(data);
export type Preset = (typeof teach.presets)[number];

/** The address with its locks: "/widgets/rank/?r=2&lock=source". Commas are not escaped, to keep it readable. */
export const withLocks = (address: string, lock: readonly string[]): string =>
  lock.length ? `${address}${address.includes("?") ? "&" : "?"}lock=${lock.join(",")}` : address;
