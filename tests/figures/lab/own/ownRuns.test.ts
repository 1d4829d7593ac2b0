/** Runs on a reader's own words, and what is drawn and said of them. */
import {describe, expect, test, vi} from "vitest";
import type {PageContext} from "../../../../src/figure/pageContext.ts";
import {parse} from "../../../../src/figure/parse.ts";
import {controls, type LabParams, labSettings, runText, stepsOf} from "../../../../src/figures/lab/controls.ts";
import {compute} from "../../../../src/figures/lab/model.ts";
import {readWords} from "../../../../src/figures/lab/own/readWords.ts";
import {drawWordField, exampleLists} from "../../../../src/figures/lab/own/wordField.ts";
import {storedWords, storeWords} from "../../../../src/figures/lab/own/words.ts";
import {ownPage} from "../../../../src/figures/lab/ownPage.ts";
import {drawComparison} from "../../../../src/figures/lab/panels/compare.ts";
import {idleReason, runsOf} from "../../../../src/figures/lab/protocol.ts";
import type {LabResult} from "../../../../src/figures/lab/readings.ts";
import {problemOf} from "../../../../src/figures/lab/sentences.ts";
import w from "../../../../src/figures/lab/widget.ts";
import {emptyRoot, nobody} from "../../promises/stage.ts";
import {remembering, tapeOf} from "../../promises/tapes.ts";

const all = await remembering("lab");
const listOf = ({words}: {words: string}) => readWords(words).words;
const [elements, greeks] = [listOf(exampleLists.elements), listOf(exampleLists.greeks)];
const at = (words: readonly string[] | undefined, raw: Readonly<Record<string, unknown>> = {}): LabParams =>
  parse(controls, {task: "own", own: words ? storeWords(words) : "", ...raw}, {boundsOf: w.bounds}).params;
const shown = (params: LabParams) => all.compute(params) as LabResult;

describe("own words", () => {
  test("are kept under a number, the same for the same words", () => {
    const id = storeWords(elements);
    expect([storeWords([...elements]), storedWords(id)]).toEqual([id, elements]);
    expect(storeWords(greeks)).not.toBe(id);
    expect(storedWords("999")).toBeUndefined();
  });

  test("go along with the run, in as many steps as they are good for, whatever the examples say", () => {
    const run = labSettings(at(elements, {examples: "20"}));
    expect(run).toMatchObject({words: elements, examples: "all"});
    expect([stepsOf(run), stepsOf(labSettings(at(undefined)))]).toEqual([30, 200]);
    expect(runText(run)).not.toBe(runText(labSettings(at(greeks))));
    expect(at(elements, {step: 200}).step).toBe(30);
    expect(runsOf(at(elements))[0]).toEqual(run);
  });

  test("are elements that turn the forge to more of them, scored on one in five kept back", () => {
    const params = at(elements, {step: 30});
    const {setup, now, use} = shown(params);
    expect(setup).toMatchObject({freshCount: 23, poolSize: 90, trainedCount: 4608});
    expect(setup.isLearned).toBeUndefined();
    expect([setup.off.score, now.score].map((score) => score.toFixed(2))).toEqual(["2.48", "1.91"]);
    expect(now.samples.map(({text}) => text).join(" ")).toBe(
      "lionon thopelium molosten veisisium hadonium amnwinik engredium toolvium",
    );
    expect(use!.ways.map(({name}) => name)).toEqual(["off", "half", "on", "merged"]);
    expect(w.summary(shown(params), params)).toMatch(
      /^4,608 trained parameters taught the forge your words: .* letters in doubt on 23 words it was not shown\./,
    );
  });

  test("of fewer than a hundred are all learned, and no score is called held out", () => {
    const few = greeks.slice(0, 50);
    const params = at(few, {step: 20});
    const result = shown(params);
    expect(result.setup).toMatchObject({freshCount: 50, poolSize: 50, isLearned: true});
    expect(w.summary(result, params)).toContain("on the 50 words it learned from");
    expect(w.readouts(result, params)[0]!.label).toEqual(["Letters in doubt, its list"]);
    expect(JSON.stringify([w.table(result, params).caption, w.summary(result, params)])).not.toContain("held");
  });

  test("that are missing leave nothing to train; the button waits, and one press takes the names", () => {
    const params = at(undefined);
    const result = shown(params);
    expect(idleReason(labSettings(params))).toBe("no words");
    expect(w.training!.isReady!(params)).toBe(false);
    expect(w.training!.statusText(result, params)).toBe("Waiting for 20 words.");
    const {set, text} = problemOf(result, params)!;
    expect(text).toBe("Teach it names");
    const mended = parse(controls, set, {base: params, boundsOf: w.bounds}).params;
    expect(idleReason(labSettings(mended))).toBeUndefined();
    expect(w.training!.isReady!(mended)).toBe(true);
  });

  test("come to the same again after another run, and are not taken for those of another list", () => {
    const last = (words: readonly string[]) => tapeOf(compute, labSettings(at(words))).at(-1);
    const first = last(elements);
    const second = last(greeks);
    expect(second).not.toEqual(first);
    expect(JSON.stringify(tapeOf(compute, labSettings(at(elements))).at(-1))).toBe(JSON.stringify(first));
  });

  test("are in no link: the page of one without them says so, and not that it trains the same", () => {
    const noted = (raw: Record<string, string>) => {
      const {params, notes} = parse(controls, raw);
      const start = {hostAttributes: {}, raw, initial: parse(controls, {}).params, addressState: params, notes};
      return w.training!.startNotes(start, {isAddressed: true, isFramed: false} as unknown as PageContext);
    };
    expect(noted({task: "own", own: "99"})).toEqual([]);
    expect(w.summary(shown(at(undefined)), at(undefined))).toContain("an ordinary link does not carry them");
    expect(noted({task: "own"}).join()).toMatch(/^This link trains again/);
  });

  test("are not kept: nothing offers it", () => {
    const params = at(elements, {step: 30});
    const root = emptyRoot();
    drawComparison(root, shown(params), params, nobody);
    expect(root.querySelector(".shelf .keep")!.getAttribute("aria-disabled")).toBe("true");
    expect(root.querySelector(".shelf .invitation")!.textContent).toBe("Runs on your own words are not kept.");
  });

  test("are in no text of a state: not in kept runs, and a kept run on own words is refused", () => {
    const run = runText({...labSettings(at(undefined))});
    expect(parse(controls, {kept: run}).notes.join()).toContain("Runs on words of your own are not kept.");
    expect(idleReason(labSettings(parse(controls, {task: "own", own: "unread"}).params))).toBe("no words");
    expect(Object.values(at(elements)).join()).not.toContain("hydrogen");
  });
});

describe("the field for them", () => {
  /** Where a figure has room for the field. */
  function room() {
    const root = emptyRoot();
    const figure = root.ownerDocument.createElement("figure");
    figure.className = "widget";
    root.append(figure);
    return {figure, box: figure.appendChild(root.ownerDocument.createElement("div"))};
  }

  test("is no part of a figure that no page has given it", () => {
    const {figure, box} = room();
    const draw = () => w.training!.drawBetween(box, shown(at(undefined)), at(undefined), nobody);
    const seen = () => [!box.hasAttribute("hidden"), figure.hasAttribute("data-own"), !!box.querySelector("textarea")];
    draw();
    expect(seen()).toEqual([false, false, false]);
    ownPage.drawWordField = drawWordField;
    draw();
    expect(seen()).toEqual([true, true, true]);
  });

  /** The panel with a text in its field. */
  function panel(text: string, raw: Readonly<Record<string, unknown>> = {}) {
    const {box} = room();
    const set: object[] = [];
    const act = {...nobody, set: (values: unknown) => void set.push(values as object)};
    const params = at(undefined, raw);
    const draw = (params: LabParams, step = 0) =>
      w.training!.drawBetween(box, {...shown(at(undefined)), step}, params, act);
    draw(params);
    const field = box.querySelector("textarea")!;
    field.value = text;
    field.oninput?.({} as InputEvent);
    return {box, set, draw, params, text: (of: string) => box.querySelector(of)?.textContent};
  }

  test("is there for own words alone", () => {
    const {box, draw} = panel("");
    expect(box.hasAttribute("hidden")).toBe(false);
    draw(at(undefined, {task: "names"}));
    expect(box.hasAttribute("hidden")).toBe(true);
  });

  test("says at once what becomes of a text, and takes it once it is long enough and nothing more is typed", () => {
    vi.useFakeTimers();
    const {box, set, text} = panel("São Paulo, Rio, Kraków, antidisestablishmentarianism, R2D2, rio, lyon, nantes");
    expect(text(".count")).toBe("6 words to learn from");
    expect(text(".expected")).toBe("14 more to begin. Fewer than 20 words can only be memorized.");
    expect([...box.querySelectorAll(".changes li")].map(({textContent}) => textContent)).toEqual([
      "2 respelled: São → sao, Kraków → krakow",
      "1 left out, longer than 11 letters: antidisestablishmentarianism",
      "1 left out, not only letters: R2D2",
    ]);
    expect(set).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(set).toEqual([{own: ""}]);
    const long = panel(elements.join(" "));
    vi.advanceTimersByTime(1000);
    expect(long.set).toEqual([{own: storeWords(elements)}]);
    expect(long.text(".kept")).toBe("One word in five is held back for scoring.");
    vi.useRealTimers();
  });

  test("folds to a line when the run begins, and stays open where the reader opens it again", () => {
    const {box, draw} = panel(elements.join(" "));
    const own = box.querySelector(".own")!;
    expect(own.hasAttribute("open")).toBe(true);
    draw(at(elements), 3);
    expect(own.hasAttribute("open")).toBe(false);
    own.setAttribute("open", "");
    draw(at(elements), 4);
    expect(own.hasAttribute("open")).toBe(true);
  });

  test("has a list at a press, and the words of a link", () => {
    const {box, set, text} = panel("");
    box.querySelector<HTMLButtonElement>(".elements")!.onclick!({} as PointerEvent);
    expect(set).toEqual([{own: storeWords(elements)}]);
    expect(text(".count")).toBe("113 words to learn from");
    const other = panel("");
    other.draw(at(greeks));
    expect(other.text(".count")).toBe("105 words to learn from");
  });
});
