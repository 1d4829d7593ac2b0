import type {Body, Said} from "./messages.ts";

/** Names of things, not addresses: nothing is loaded from there. */
const VERBS = "http://adlnet.gov/expapi/verbs/";
const SIMULATION = "http://adlnet.gov/expapi/activities/simulation";

export type Verb = "attempted" | "interacted" | "answered" | "completed";

export interface Deed {
  verb: Verb;
  /** As xAPI has it, but for `item`: what it answers, where a figure asks several things. */
  result: Readonly<Record<string, unknown>>;
}

/** The figure a statement is about. */
export interface Activity {
  /** The widget's own page. */
  id: string;
  name: string;
}

const known = (values: Readonly<Record<string, unknown>>) => {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return entries.length ? {result: Object.fromEntries(entries)} : {};
};

/** What a reader did, as xAPI says it, but for who did it: only the host knows. */
export const statement = (verb: Verb, {id, name}: Activity, {item, ...result}: Deed["result"], when: Date): Body => ({
  verb: {id: VERBS + verb, display: {"en-US": verb}},
  object: {objectType: "Activity", id, definition: {type: SIMULATION, name: {"en-US": name}}},
  // A figure may ask several things; an extension's name is an address, and ours is where the question stands.
  ...known({...result, extensions: item === undefined ? undefined : {[`${id}#item`]: item}}),
  timestamp: when.toISOString(),
});

const text = (value: unknown) => (value === undefined || typeof value === "string" ? value : JSON.stringify(value));

/** What of our own messages is worth a statement: its verb and its result. */
export function deedOf(type: Said, body: Body): Deed | undefined {
  const {item, score, success, duration, correct} = body;
  if (type === "ready") return {verb: "attempted", result: {}};
  if (type === "change" && body.reason === "user" && body.phase === "commit") return {verb: "interacted", result: {}};
  if (type === "predict") return {verb: "answered", result: {item, response: text(body.prediction)}};
  if (type === "answer")
    return {verb: "answered", result: {item, response: text(body.response), success: correct, score}};
  if (type === "complete") return {verb: "completed", result: {completion: true, success, score, duration}};
  return undefined;
}
