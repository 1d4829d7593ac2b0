import type {Body, MessageType} from "./messages.ts";

/** Names of verbs and activities; nothing is loaded from there. */
const VERBS = "http://adlnet.gov/expapi/verbs/";
const SIMULATION = "http://adlnet.gov/expapi/activities/simulation";

interface Action {
  verb: "attempted" | "interacted" | "answered" | "completed";
  /** As in xAPI, plus `item`: the question it answers, in a figure that asks several. */
  result: Readonly<Record<string, unknown>>;
}

/** The figure that a statement is about. */
export interface Activity {
  /** The address of the widget's own page. */
  id: string;
  name: string;
}

const known = (values: Readonly<Record<string, unknown>>) => {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return entries.length ? {result: Object.fromEntries(entries)} : {};
};

/** A reader's action as an xAPI statement without its actor: only the host knows who the reader is. */
export const statement = ({verb, result: {item, ...result}}: Action, {id, name}: Activity, when: Date): Body => ({
  verb: {id: VERBS + verb, display: {"en-US": verb}},
  object: {objectType: "Activity", id, definition: {type: SIMULATION, name: {"en-US": name}}},
  // The name of an xAPI extension is an address; ours is that of the figure.
  ...known({...result, extensions: item === undefined ? undefined : {[`${id}#item`]: item}}),
  timestamp: when.toISOString(),
});

const text = (value: unknown) => (value === undefined || typeof value === "string" ? value : JSON.stringify(value));

/** The action behind one of our messages; undefined for messages that report none, such as changes made by the host. */
export function actionOf(type: MessageType, body: Body): Action | undefined {
  const {item, score, success, duration, correct} = body;
  if (type === "ready") return {verb: "attempted", result: {}};
  if (type === "change" && body.reason === "user" && body.phase === "commit") return {verb: "interacted", result: {}};
  if (type === "predict") return {verb: "answered", result: {item, response: text(body.prediction)}};
  if (type === "answer")
    return {verb: "answered", result: {item, response: text(body.response), success: correct, score}};
  if (type === "complete") return {verb: "completed", result: {completion: true, success, score, duration}};
  return undefined;
}
