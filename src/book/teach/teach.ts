/** The material for instructors, and the addresses of its presets. */
import {z} from "astro/zod";
import data from "../../../content/teach.json" with {type: "json"};

/** A state of a widget. */
const widgetState = z.strictObject({
  widget: z.string().min(1),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** A step of a lesson plan. */
const step = z.strictObject({
  minutes: z.number().int().positive(),
  what: z.string().min(1),
  chapter: z.string().optional(),
  state: widgetState.optional(),
});

const schema = z.strictObject({
  plans: z.array(z.strictObject({id: z.string(), title: z.string(), for: z.string(), steps: z.array(step).min(1)})),
  /** A question for the room, a model answer, and what people say who missed the point. */
  prompts: z.array(z.strictObject({chapter: z.string(), ask: z.string(), answer: z.string(), listen: z.string()})),
  /**
   * A figure in a state worth showing, with a page below its widget's; that page's address ends with `id`, which must not change.
   * `lock` names the controls that are fixed; `says` is part of what the figure then says.
   */
  presets: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      name: z.string(),
      kind: z.enum(["good", "failing"]),
      state: widgetState,
      lock: z.array(z.string()).default([]),
      says: z.string().min(1),
      why: z.string(),
    }),
  ),
});

/** The material for instructors: plans, prompts and presets. */
export const teach = schema.parse(data);
export type FigurePreset = (typeof teach.presets)[number];

/** The name that a preset's page, oEmbed answer and picture have in common: "rank/two-pieces-make-a-sky". */
export const presetPlace = ({id, state}: FigurePreset): string => `${state.widget}/${id}`;

/** The path of a preset's page, from the site's root. */
export const presetPath = (preset: FigurePreset): string => `widgets/${presetPlace(preset)}/`;
/** The path of the oEmbed answer for a preset's page. */
export const presetOembed = (preset: FigurePreset): string => `oembed/${presetPlace(preset)}.json`;
/** The file of a preset's picture in public/og/, without the ending. */
export const presetPicture = (preset: FigurePreset): string => `widgets/${presetPlace(preset)}`;

/** The path of a preset's embed page below embed/, with its state: "rank/?r=2&source=sunset&lock=source". */
export const presetFrame = ({state: {widget, params}, lock}: FigurePreset): string => {
  const entries = Object.entries(params).map(([name, value]) => [name, String(value)]);
  return `${widget}/?${new URLSearchParams([...entries, ...(lock.length ? [["lock", lock.join(",")]] : [])])}`;
};
