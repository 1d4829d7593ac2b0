/** What every widget of the registry promises. Test files take their share of the names, so that two cores may test at once. */
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {commonRows, frameRows} from "../../../src/components/gallery/parameterRows.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {type AnyParams, type Controls, inSight} from "../../../src/shell/controls.ts";
import {prerender} from "../../../src/shell/figure/prerender.ts";
import {differences, parse} from "../../../src/shell/parse.ts";
import {whole} from "../../../src/shell/runs/whole.ts";
import {plain} from "../../../src/shell/signs.ts";
import type {AnyWidget} from "../../../src/shell/widget.ts";
import type {WidgetName} from "../../../src/widgets/registry.ts";
import {britishWords} from "../../content/british.ts";
import {oracles} from "../oracles/oracle.ts";
import {golden, written} from "./golden.ts";
import {junk} from "./junk.ts";
import {illWritten, lost, outside, ragged, unlikeClaims, unlikeSentence} from "./properties.ts";
import {emptyRoot, nodesOf, show, textsOf, through} from "./stage.ts";
import {randomParams, randomValue} from "./states.ts";
import {remembering} from "./tapes.ts";

const attributesOfHtml =
  "accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex title translate virtualkeyboardpolicy writingsuggestions name figure loading";
/** HTML's own, those of every widget, and those of its frames. */
const taken = new Set([...attributesOfHtml.split(" "), ...[...commonRows, ...frameRows].map(({name}) => name)]);

/** Each control at each of its ends, the others at their defaults. */
function endsOf(w: AnyWidget): AnyParams[] {
  return Object.entries(w.controls as Controls).flatMap(([name, control]) => {
    if (control.kind === "hidden") return [];
    const values = control.kind === "choice" ? Object.keys(control.options) : [control.min, control.max];
    return values.map((value) => through(w, {[name]: value}));
  });
}

/** The same states with runs that end early; a state at an end of the clock keeps it. */
function shortened(w: AnyWidget, states: readonly AnyParams[], last: number | undefined): AnyParams[] {
  const clock = w.recording?.clock;
  if (last === undefined || !clock) return [...states];
  return states.map((params) => through(w, {...params, [clock]: Number(params[clock]) % (last + 1)}));
}

/** The same checks for each of these widgets. */
export function promises(names: readonly WidgetName[]) {
  describe.each(names)("%s", async (name) => {
    const anew = await whole(name);
    const oracle = oracles[name]!;
    const {short} = oracle;
    const w = anew.player ? await remembering(name) : anew;
    const start = through(w);
    // A state of a recorded widget is whole runs, its own and those beside it.
    const many = shortened(w, randomParams(name, w, short?.states ?? (w.recording ? 100 : 200)), short?.step);
    const ends = [start, ...shortened(w, endsOf(w), short?.step)];
    const states = [...ends, ...many];
    const pages = new Map<AnyParams, string>();
    /** A state as the build writes it; drawing takes most of these tests' time, and each state is drawn once for them. */
    const built = (params: AnyParams): string => {
      const html = pages.get(params) ?? prerender(w, params);
      pages.set(params, html);
      return html;
    };
    /** The same read back, as a browser does. */
    const readBack = (params: AnyParams): Element => {
      const root = emptyRoot();
      root.innerHTML = built(params);
      return root;
    };

    test("asks a question, and says what to do in American English", () => {
      expect(w.title).toMatch(/^[A-Z].*[^ ]\?$/);
      for (const text of [w.guide, w.challenge.text]) expect(text.trim().length).toBeGreaterThan(20);
      expect(w.sources.length).toBeGreaterThan(0);
      expect(britishWords([w.title, w.guide, w.challenge.text, w.summary(w.compute(start), start)].join(" "))).toEqual(
        [],
      );
    });

    test("has at most four controls in sight, each with a label and a name that nothing else has", () => {
      const controls = Object.entries(w.controls as Controls);
      for (const params of states) {
        const seen = controls.filter(
          ([name, control]) =>
            control.kind !== "hidden" && !control.more && name !== w.recording?.clock && inSight(control, params),
        );
        expect(seen.length).toBeLessThanOrEqual(4);
      }
      for (const [key, {label}] of controls) {
        expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
        expect([...taken], key).not.toContain(key);
        expect(plain(label).trim(), key).not.toBe("");
      }
    });

    test("drawn again over its first frame, it makes no node and changes nothing", () => {
      for (const params of [start, many[0]!, many[1]!]) {
        const root = readBack(params);
        const [html, nodes, texts] = [root.innerHTML, nodesOf(root), textsOf(root)];
        expect(nodes.length).toBeGreaterThan(50);
        show(root, w, params);
        expect(nodesOf(root).flatMap((node, i) => (node === nodes[i] ? [] : [node.outerHTML]))).toEqual([]);
        // A screen reader would hear of each.
        expect(textsOf(root).flatMap((node, i) => (node === texts[i] ? [] : [node.textContent]))).toEqual([]);
        expect(root.innerHTML).toBe(html);
      }
    });

    test("what it shows follows from its parameters alone, whatever was shown before", () => {
      const root = emptyRoot();
      // Back at the start, nothing of the later states may be left.
      for (const params of [...states.slice(0, 60), start]) {
        show(root, w, params);
        const fresh = readBack(params);
        for (const part of [".picture", ".data"])
          expect(written(root.querySelector(part)!)).toBe(written(fresh.querySelector(part)!));
      }
    }, 120_000);

    test("says one thing twice the same", () => {
      // Of a run, what an earlier test has computed among others is held against one more computation.
      for (const params of many.slice(0, 10)) expect(prerender(anew, params)).toBe(built(params));
    });

    test("leaves nothing unsaid, raw or ungrammatical at the ends of its controls and at random", () => {
      // Reading a page back takes its time: the random states are half of those that others test.
      for (const params of [...ends, ...many.slice(0, 100)]) {
        const root = readBack(params);
        expect(illWritten(root), JSON.stringify(params)).toEqual([]);
      }
    }, 120_000);

    test("has a name for all that is read as one, and reads no image part by part", () => {
      for (const params of [start, ...ends]) {
        const root = readBack(params);
        const where = JSON.stringify(params);
        const named = [...root.querySelectorAll("[role]:not([role=button], [role=status]), table, figure, progress")];
        const unnamed = named.filter((one) => !(one.getAttribute("aria-label") || one.querySelector("caption")));
        // Hidden as a whole: nothing is read there.
        expect(unnamed.filter((one) => !one.closest("[hidden]")).map(written), where).toEqual([]);
        for (const image of root.querySelectorAll("[role=img]")) {
          const parts = [...image.children].filter((part) => part.getAttribute("aria-hidden") !== "true");
          expect(parts.map(written), image.getAttribute("aria-label")!).toEqual([]);
        }
        const drawings = [...root.querySelectorAll(".picture svg")];
        const bare = drawings.filter((svg) => !svg.closest("[role=img], [role=group], [aria-hidden=true]"));
        expect(bare.map(written), where).toEqual([]);
        const lost = root.querySelectorAll("[aria-hidden=true] :is([tabindex], button, input, a, [role])");
        expect([...lost].map(written), where).toEqual([]);
      }
    }, 120_000);

    test("its sentence is one or two sentences", () => {
      for (const params of states) {
        expect(unlikeSentence(w.summary(w.compute(params), params))).toEqual([]);
      }
    }, 120_000);

    test("says so of 100 runs at least, where most are too long for an independent computation", () => {
      const more = shortened(w, randomParams(name, w, 100), short?.step).slice(many.length);
      for (const params of more) {
        const result = w.compute(params);
        expect(unlikeSentence(w.summary(result, params)), JSON.stringify(params)).toEqual([]);
        expect(ragged(w, params, result), JSON.stringify(params)).toEqual([]);
      }
      expect(many.length + more.length).toBeGreaterThanOrEqual(100);
    }, 600_000);

    test("sentence, readouts and table say what an independent computation finds", () => {
      for (const params of states) {
        const result = w.compute(params);
        const where = JSON.stringify(params);
        expect(unlikeClaims(w, params, result, oracle.claims(params, result)), where).toEqual([]);
        expect(ragged(w, params, result), where).toEqual([]);
      }
    }, 300_000);

    test("a link brings back the state it was taken from", () => {
      const one = fc.integer().map((seed) => {
        const random = mulberry32(seed);
        const entries = Object.entries(w.controls as Controls);
        return through(
          w,
          Object.fromEntries(entries.map(([key, control]) => [key, randomValue(key, control, oracle.hidden, random)])),
        );
      });
      fc.assert(
        fc.property(one, (params) => {
          expect(lost(w, params)).toEqual([]);
        }),
        {seed: 8, numRuns: 300},
      );
      expect(differences(w.controls, start)).toEqual({});
    });

    test("takes 10,000 pieces of junk without an error, and stays inside its controls", () => {
      const names = Object.keys(w.controls as Controls);
      const raw = fc.oneof(
        fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor", "toString", "zz"), junk, {
          noNullPrototype: false,
        }),
        fc.record(Object.fromEntries(names.map((key) => [key, junk])), {requiredKeys: []}),
      );
      fc.assert(
        fc.property(raw, (values) => {
          const {params, notes} = parse(w.controls as Controls, values, {boundsOf: w.bounds});
          expect(outside(w, params)).toEqual([]);
          for (const note of notes) expect(note.length).toBeLessThan(600);
        }),
        {seed: 8, numRuns: 10_000},
      );
    }, 120_000);

    test("its challenge is open at the start, and can be met", () => {
      expect(w.challenge.met(w.compute(start), start)).toBe(false);
      const end = through(w, oracle.met);
      expect(parse(w.controls as Controls, oracle.met, {boundsOf: w.bounds}).notes).toEqual([]);
      expect(w.challenge.met(w.compute(end), end)).toBe(true);
    });

    test("looks as it did", async () => {
      const root = emptyRoot();
      show(root, w, start);
      await expect(golden(root)).toMatchFileSnapshot(`../../goldens/${name}.svg`);
    });
  });
}
