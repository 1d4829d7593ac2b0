import {describe, expect, test} from "vitest";
import type {AnyParams, Controls} from "../../../src/figure/controls.ts";
import {differences, parse} from "../../../src/figure/parse.ts";
import {MAX_PACKED_LENGTH, pack, unpack} from "../../../src/figure/state/packed.ts";
import {linkParams} from "../../../src/figure/state/pageAddress.ts";
import {loadWidget, widgetNames} from "../../../src/figures/registry.ts";
import {oracles} from "../../figures/oracles/oracle.ts";
import {randomParams} from "../../figures/promises/states.ts";

/** What the address of a widget's page or embed makes of a query: what is packed stands below what is written out. */
function arrived(w: Parameters<typeof randomParams>[1], query: string): {params: AnyParams; notes: readonly string[]} {
  const raw = Object.fromEntries(new URLSearchParams(query));
  const packed = raw.s === undefined ? {state: {}, notes: []} : unpack(raw.s);
  const {params, notes} = parse(w.controls as Controls, {...packed.state, ...raw}, {boundsOf: w.bounds});
  return {params, notes: [...packed.notes, ...notes]};
}

describe("a state in one word", () => {
  test.each([
    {},
    {r: 8, source: "noise"},
    {text: "É → 日本 👩‍🔬 ; & = % +", empty: ""},
    {__proto__: null, b: "1,2,3;4,5,6"},
  ])("%j comes back as it went", (state) => {
    const word = pack(state);
    expect(word).toMatch(/^[\w-]+$/);
    expect(unpack(word)).toEqual({state, notes: []});
  });

  const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  test.each([
    ["", "it is cut off or damaged"],
    ["eyJ2IjoxLC", "it is cut off or damaged"],
    ["!!!", "it has characters that base64url has not"],
    ["A".repeat(2049), "it has 2,049 characters, and at most 2,048 were due"],
    [Buffer.from([0x22, 0xff, 0x22]).toString("base64url"), "it is cut off or damaged"],
    [packed(null), "no state is in it"],
    [packed([1]), "no state is in it"],
    [packed({v: 1}), "no state is in it"],
    [packed({v: 1, state: [1]}), "no state is in it"],
    [packed({v: 2, state: {r: 1}}), "it is of another version"],
  ])("%j is refused in words", (word, why) => {
    expect(unpack(word)).toEqual({
      state: {},
      notes: [`The state in s could not be read: ${why}. The figure starts without it.`],
    });
  });
});

describe.each(widgetNames)("%s", async (name) => {
  const w = await loadWidget(name);
  const controls = w.controls as Controls;
  const states = randomParams(name, w, 100);

  test("a state → a link → the same state, and the link is as short as it can be", () => {
    expect(linkParams(controls, parse(controls, {}).params)).toEqual({});
    for (const params of states) {
      const query = new URLSearchParams(linkParams(controls, params)).toString();
      expect(arrived(w, query)).toMatchObject({params, notes: []});
      const plain = new URLSearchParams(differences(controls, params)).toString();
      expect(query.length).toBeLessThanOrEqual(plain.length);
      if (plain.length <= 200) expect(query).toBe(plain);
      if (query !== plain) expect(new URLSearchParams(query).get("s")!.length).toBeLessThanOrEqual(MAX_PACKED_LENGTH);
    }
  });

  test("a whole state in one word → the same state, and what is written out beside it comes first", () => {
    const [first] = Object.entries(controls).find(([, {kind}]) => kind !== "hidden")!;
    for (const params of states) {
      const s = pack(params);
      if (s.length > MAX_PACKED_LENGTH) continue;
      expect(arrived(w, new URLSearchParams({s}).toString())).toMatchObject({params, notes: []});
      const query = new URLSearchParams({s, [first]: String(states[0]![first])}).toString();
      expect(arrived(w, query).params[first]).toBe(
        parse(controls, {...params, [first]: states[0]![first]}, {boundsOf: w.bounds}).params[first],
      );
    }
  });
});

test("long texts that no field shows are what is packed", async () => {
  const {controls} = await loadWidget("product");
  const long = oracles.product!.hidden.b!.reduce((a, b) => (b.length > a.length ? b : a));
  const params = {...parse(controls as Controls, {}).params, b: long, d: 5} as AnyParams;
  const plain = new URLSearchParams(differences(controls as Controls, params)).toString();
  if (plain.length > 200) expect(Object.keys(linkParams(controls as Controls, params))).toEqual(["d", "s"]);
  else expect(Object.keys(linkParams(controls as Controls, params))).toEqual(["d", "b"]);
});
