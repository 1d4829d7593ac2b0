import {describe, expect, test} from "vitest";
import {type MessageType, message, messageKeys} from "../../src/frame/messages.ts";
import {actionOf, statement} from "../../src/frame/xapi.ts";

const FORBIDDEN = ["offset", "secret", "message", "subject", "context", "method", "event"];
const types = Object.keys(messageKeys) as MessageType[];

describe("the envelope", () => {
  test("lets out only the keys of the contract", () => {
    const everything = Object.fromEntries([...FORBIDDEN, "state", "height", "x"].map((key) => [key, 1]));
    for (const type of types) {
      const sent = message(type, everything, {widget: "rank", id: "a"});
      expect(sent).toMatchObject({source: "lora-widget", v: 1, type: `lora:${type}`, id: "a", widget: "rank"});
      for (const key of [...FORBIDDEN, "x"]) expect(sent).not.toHaveProperty(key);
    }
  });

  test("leaves out undefined values", () => {
    expect(Object.keys(message("reply", {ok: true, requestId: undefined}, {widget: "rank"}))).toEqual([
      "source",
      "v",
      "type",
      "widget",
      "ok",
    ]);
  });
});

describe("statements", () => {
  const score = {raw: 1, min: 0, max: 1, scaled: 1};
  test.each([
    ["ready", {state: {}}, {verb: "attempted", result: {}}],
    ["change", {reason: "user", phase: "commit"}, {verb: "interacted", result: {}}],
    ["change", {reason: "user", phase: "input"}, undefined],
    ["change", {reason: "host", phase: "commit"}, undefined],
    ["predict", {item: "count", prediction: 3, actual: 4}, {verb: "answered", result: {item: "count", response: "3"}}],
    [
      "answer",
      {response: "b", correct: true, score},
      {verb: "answered", result: {response: "b", success: true, score}},
    ],
    [
      "complete",
      {success: true, score, duration: "PT41.20S"},
      {verb: "completed", result: {completion: true, success: true, score, duration: "PT41.20S"}},
    ],
    ["resize", {height: 3}, undefined],
  ] as const)("of %s %j", (type, body, deed) => expect(actionOf(type, body)).toEqual(deed));

  test("have a verb, the figure's own page and a time, and name nobody", () => {
    const activity = {id: "https://example.org/widgets/rank/", name: "How much fits?"};
    const when = new Date("2026-01-02T03:04:05.678Z");
    expect(statement({verb: "completed", result: {completion: true, score}}, activity, when)).toEqual({
      verb: {id: "http://adlnet.gov/expapi/verbs/completed", display: {"en-US": "completed"}},
      object: {
        objectType: "Activity",
        id: "https://example.org/widgets/rank/",
        definition: {type: "http://adlnet.gov/expapi/activities/simulation", name: {"en-US": "How much fits?"}},
      },
      result: {completion: true, score},
      timestamp: "2026-01-02T03:04:05.678Z",
    });
    expect(statement({verb: "attempted", result: {}}, activity, when)).not.toHaveProperty("result");
    expect(statement({verb: "answered", result: {item: "count", response: "3"}}, activity, when).result).toEqual({
      response: "3",
      extensions: {"https://example.org/widgets/rank/#item": "count"},
    });
  });
});
