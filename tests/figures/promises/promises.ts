/** What every widget of the registry promises. Test files take their share of the names, so that two cores may test at once. */
import {describe, expect, test} from "vitest";
import {commonRows, frameRows} from "../../../src/embed/gallery/parameterRows.ts";
import {type AnyParams, type Controls, isVisible} from "../../../src/figure/controls.ts";
import {prerender} from "../../../src/figure/live/prerender.ts";
import {parse} from "../../../src/figure/parse.ts";
import {widgetWithModel} from "../../../src/figure/runs/withModel.ts";
import {plainText} from "../../../src/figure/symbols.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";
import type {WidgetName} from "../../../src/figures/registry.ts";
import {britishWords} from "../../content/british.ts";
import {aSixth, aThird, isAll, ofThree} from "../../third.ts";
import {type Oracle, oracles} from "../oracles/oracle.ts";
import {golden, words, written} from "./golden.ts";
import {junkFor} from "./junk.ts";
import {illWritten, outside, ragged, unlikeClaims, unlikeSentence} from "./properties.ts";
import {emptyRoot, nodesOf, show, textsOf, through} from "./stage.ts";
import {randomParams} from "./states.ts";
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

/** The first of the values under which a control is seen. */
const first = (when: Controls[string]["when"]) =>
  Object.fromEntries(Object.entries(when ?? {}).map(([key, [value]]) => [key, value]));

/** A state of it is whole runs, which the test computes: not of a figure that computes its run on Play. */
const isComputed = ({runs}: AnyWidget): boolean => !!runs && !runs.progress;

/** The same states with runs that end early, where runs are long; a state at an end of the clock keeps it. */
function shortened(w: AnyWidget, states: readonly AnyParams[], short: Oracle["short"]): AnyParams[] {
  const clock = w.runs?.clock;
  if (!short || !clock) return [...states];
  return states.map((params) =>
    through(w, {...params, [clock]: Number(params[clock]) % (short.step + 1), ...short.fixed}),
  );
}

/** Random states of a widget whose runs are not long. Before a release there are more. */
const STATES = isAll ? 200 : 40;

/** Elements that are read as one and so need a name. */
const read = "[role]:not([role=button], [role=status]), table, figure, progress";

/** What a reader of the screen hears badly: nameless elements, images with parts, and parts in reach that are hidden. */
function illNamed(root: Element): string[] {
  const named = (one: Element) => one.getAttribute("aria-label") || one.querySelector("caption");
  const all = (selector: string, from: ParentNode = root) => [...from.querySelectorAll(selector)];
  const images = all("[role=img]");
  return [
    // Hidden as a whole: nothing is read there.
    ...all(read).filter((one) => !named(one) && !one.closest("[hidden]")),
    ...images.flatMap(({children}) => [...children].filter((part) => part.getAttribute("aria-hidden") !== "true")),
    ...all(".picture svg").filter((svg) => !svg.closest("[role=img], [role=group], [aria-hidden=true]")),
    ...all("[aria-hidden=true] :is([tabindex], button, input, a, [role])"),
  ].map(written);
}

/** The same checks for each of these widgets. */
export function promises(names: readonly WidgetName[]) {
  describe.each(names)("%s", async (name) => {
    const anew = await widgetWithModel(name);
    const oracle = oracles[name]!;
    const {short} = oracle;
    const w = anew.player ? await remembering(name) : anew;
    const controls = w.controls as Controls;
    const start = through(w);
    /** States with whole runs, their own and those beside them: a third at a time, or three. */
    const random = (count: number) => {
      const states = shortened(w, randomParams(name, w, count), short);
      return isComputed(w) && !short ? aThird(states) : states;
    };
    const many = random(short ? (isAll ? short.states : 3) : STATES);
    // A figure with runs trains at each end of its controls: at a third of them at a time, and of dozens at a sixth.
    const allEnds = shortened(w, endsOf(w), short);
    const trainedEnds = allEnds.length > 24 ? aSixth(allEnds) : aThird(allEnds);
    const ends = [start, ...(isComputed(w) ? trainedEnds : allEnds)];
    const states = [...ends, ...many];
    // Drawing takes longer than computing: the states that are drawn.
    const drawn = [start, ...(isComputed(w) ? trainedEnds : aThird(allEnds)), ...many.slice(0, isAll ? 100 : 8)];
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

    test("shows at most four controls, each with a label and a name that nothing else has", () => {
      for (const params of states) {
        const seen = Object.entries(controls).filter(
          ([key, control]) =>
            control.kind !== "hidden" && !control.more && key !== w.runs?.clock && isVisible(control, params),
        );
        expect(seen.length).toBeLessThanOrEqual(4);
      }
      for (const [key, {label}] of Object.entries(controls)) {
        expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
        expect([...taken], key).not.toContain(key);
        expect(plainText(label).trim(), key).not.toBe("");
      }
    });

    // Where the picture itself is what is pressed, there may be none.
    test("has a card: at most two controls, and one sentence of at most 140 characters in every state", () => {
      expect(Object.keys(controls)).toEqual(expect.arrayContaining([...w.main!]));
      for (const params of states) {
        const seen = w.main!.filter((key) => isVisible(controls[key]!, params));
        expect(seen.length, seen.join()).toBeLessThanOrEqual(2);
        const said = w.says!(w.compute(params), params);
        expect(said, JSON.stringify(params)).toMatch(/^[^\n]{1,140}$/);
        expect(britishWords(said)).toEqual([]);
      }
    });

    test.each(["card", "dock", "slide"] as const)(
      "as a %s, drawn again it makes no node and changes nothing",
      (size) => {
        for (const params of [start, many[0]!]) {
          const root = emptyRoot();
          root.innerHTML = prerender(w, params, {size});
          const [html, nodes] = [root.innerHTML, nodesOf(root)];
          show(root, w, params, size);
          expect(nodesOf(root).flatMap((node, i) => (node === nodes[i] ? [] : [node.outerHTML]))).toEqual([]);
          expect(root.innerHTML).toBe(html);
        }
      },
    );

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

    test("shows what follows from its parameters alone, whatever was shown before", () => {
      const root = emptyRoot();
      // Back at the start, nothing of the later states may be left.
      for (const params of [...(isAll ? drawn : drawn.filter((_, i) => i % 3 === 0)), start]) {
        show(root, w, params);
        const fresh = readBack(params);
        for (const part of [".picture", ".data"])
          expect(written(root.querySelector(part)!)).toBe(written(fresh.querySelector(part)!));
      }
    });

    if (!isComputed(w))
      test("each control changes what is drawn or said", () => {
        // The first line of the words is the state itself.
        const shownAt = (params: AnyParams) =>
          words(w, params).split("\n").slice(1).join("\n") + written(readBack(params).querySelector(".picture")!);
        const isDead = ([key, control]: [string, Controls[string]]) =>
          control.kind !== "hidden" &&
          // The brush of `rank` waits for a stroke.
          key !== "brush" &&
          // Where it is seen, and at random.
          ![{...start, ...first(control.when)}, ...many.slice(0, 4)].some((base) => {
            const values = control.kind === "choice" ? Object.keys(control.options) : [control.min, control.max];
            return values.some((value) => shownAt(through(w, {...base, [key]: value})) !== shownAt(through(w, base)));
          });
        expect(Object.entries(controls).flatMap((one) => (isDead(one) ? [one[0]] : []))).toEqual([]);
      });

    // Of runs that take seconds only before a release: goldens and stored runs would show a draw without a seed.
    if (isAll || !short)
      test("computes and draws the same a second time", () => {
        // What was computed among other states is compared with one more computation.
        for (const params of many.slice(0, isAll ? 10 : isComputed(w) ? 1 : 3))
          expect(prerender(anew, params)).toBe(built(params));
      });

    test("reads well at the ends of its controls and at random: nothing raw, unsaid, ungrammatical or nameless", () => {
      for (const params of drawn) {
        const root = readBack(params);
        expect([...illWritten(root, built(params)), ...illNamed(root)], JSON.stringify(params)).toEqual([]);
      }
    });

    const {claims} = oracle;
    if (!claims)
      test("says as it did, at the start and at random", async () => {
        // Where runs are cut short, states are more alike.
        const some = shortened(w, randomParams(name, w, short ? 10 : 5), short);
        const said = [start, ...some].map((params) => words(w, params));
        await expect(said.join("\n")).toMatchFileSnapshot(`../../goldens/${name}.txt`);
      });
    else
      test("says in sentence, readouts and table what an independent computation finds", () => {
        // The second computation takes longest: a third of the ends are enough at a time.
        for (const params of [...aThird(ends), ...(short && !isAll ? many.slice(0, 1) : many)]) {
          const result = w.compute(params);
          const wrong = unlikeClaims(w, params, result, claims(params, result));
          expect(wrong, JSON.stringify(params)).toEqual([]);
        }
      });

    test("says one or two sentences and makes even tables", () => {
      // Before a release in more states than can be computed twice.
      const more = isAll && short && short.states < 100 ? random(100).slice(many.length) : [];
      for (const params of [...states, ...more]) {
        const result = w.compute(params);
        const wrong = [...unlikeSentence(w.summary(result, params)), ...ragged(w, params, result)];
        expect(wrong, JSON.stringify(params)).toEqual([]);
      }
    });

    // One gate reads the values of all. A hidden control and bounds that move are read by code of the widget's own.
    const hasOwnReader = w.bounds !== undefined || Object.values(controls).some(({kind}) => kind === "hidden");
    const lists = ofThree([name]).length ? 10_000 : hasOwnReader ? 1000 : 0;
    if (lists)
      test(`takes ${lists} lists of junk without an error, and stays inside its controls`, () => {
        let n = 0;
        for (const values of junkFor(Object.keys(controls), lists)) {
          const {params, notes} = parse(controls, values, {boundsOf: w.bounds});
          const wrong = [...outside(w, params), ...notes.filter(({length}) => length >= 600)];
          if (wrong.length) expect.fail(`list ${n} of junk.ts: ${wrong.join("; ")}`);
          n++;
        }
        expect(n).toBe(lists);
      });

    test("has a challenge that is open at the start, and can be met", () => {
      expect(w.challenge.met(w.compute(start), start)).toBe(false);
      const end = through(w, oracle.met);
      expect(parse(controls, oracle.met, {boundsOf: w.bounds}).notes).toEqual([]);
      expect(w.challenge.met(w.compute(end), end)).toBe(true);
    });

    test("looks as it did", async () => {
      const root = emptyRoot();
      show(root, w, start);
      await expect(golden(root)).toMatchFileSnapshot(`../../goldens/${name}.svg`);
    });
  });
}
