import {describe, expect, test} from "vitest";
import {type MessageType, message, messageKeys} from "../../../src/embed/frame/messages.ts";

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
