import type {Reason} from "../live/hostEvents.ts";

/** What caused a change. */
export type Cause = "start" | "typing" | "reader" | "host" | "animation";

/** The reason that the host is told for a change; undefined for the start, of which it is not told. */
export const reasonOf = (cause: Cause): Reason | undefined =>
  cause === "host" || cause === "animation" ? cause : cause === "start" ? undefined : "user";
