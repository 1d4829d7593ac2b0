import type {HostOptions} from "./hostOptions.ts";

/** The first message of iframe-resizer's parent begins with this. */
const GREETING = "[iFrameSizer]";

/** The name that iframe-resizer gives to its frame in its greeting; undefined for any other message. */
export const resizerName = (data: unknown): string | undefined =>
  typeof data === "string" && data.startsWith(GREETING) && data.length < 1000
    ? /^[^:]{1,200}/.exec(data.slice(GREETING.length))?.[0]
    : undefined;

/** A message to iframe-resizer's parent. The first answer to its greeting is an `init`. */
export const resizerMessage = (name: string, height: number, width: number, kind: "init" | "size"): string =>
  `${GREETING}${name}:${height}:${width}:${kind}`;

/**
 * The messages that tell other hosts the height, in CSS pixels. Hosts that recognize the frame by its window always get one:
 * newspapers' pages (Datawrapper), Canvas and Embedly. WordPress and pym need a word that only they gave us. Two are left out on
 * purpose: H5P, whose script throws in the host's page when the frame is sandboxed, and Open edX's `plugin.resize`, which
 * resizes whichever unit is open.
 */
export function heightMessages(
  height: number,
  {id, secret, childId}: HostOptions,
  widget: string,
  href: string,
): unknown[] {
  return [
    {"datawrapper-height": {[id ?? widget]: height}},
    {subject: "lti.frameResize", height},
    JSON.stringify({src: href, context: "iframe.resize", height}),
    ...(secret === undefined ? [] : [{message: "height", value: height, secret}]),
    ...(childId === undefined ? [] : [["pym", childId, "height", height].join("xPYMx")]),
  ];
}
