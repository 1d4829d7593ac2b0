import type {Asked} from "./hostOptions.ts";

/** iframe-resizer's parent speaks first, and by this. */
const GREETING = "[iFrameSizer]";

/** The name that iframe-resizer gives its frame, out of its greeting; undefined for any other message. */
export const greeted = (data: unknown): string | undefined =>
  typeof data === "string" && data.startsWith(GREETING) && data.length < 1000
    ? /^[^:]{1,200}/.exec(data.slice(GREETING.length))?.[0]
    : undefined;

/** What iframe-resizer's parent is told. The first answer to its greeting is an `init`. */
export const toResizer = (name: string, height: number, width: number, event: "init" | "size"): string =>
  `${GREETING}${name}:${height}:${width}:${event}`;

/**
 * The height (CSS px) as other hosts want to hear it. Those that find the frame by who speaks are told always: newspapers'
 * pages (Datawrapper), Canvas, and Embedly. WordPress and pym want a word that only they gave us. Left out on purpose: H5P,
 * whose script throws in the host's page when the frame is sandboxed, and Open edX's `plugin.resize`, which resizes
 * whatever unit is open.
 */
export function foreignHeights(height: number, {id, secret, childId}: Asked, widget: string, href: string): unknown[] {
  return [
    {"datawrapper-height": {[id ?? widget]: height}},
    {subject: "lti.frameResize", height},
    JSON.stringify({src: href, context: "iframe.resize", height}),
    ...(secret === undefined ? [] : [{message: "height", value: height, secret}]),
    ...(childId === undefined ? [] : [["pym", childId, "height", height].join("xPYMx")]),
  ];
}
