import type {Reason} from "../live/hostEvents.ts";

/** What caused a change. */
export type Cause = "start" | "typing" | "reader" | "host" | "animation";

/** The reason that the host is told; undefined for the start, which the host is not told of. */
export const reasonOf = (cause: Cause): Reason | undefined =>
  cause === "host" || cause === "animation" ? cause : cause === "start" ? undefined : "user";
