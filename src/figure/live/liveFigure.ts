/** Brings a figure to life: connects its state, its results, its picture, its voice and its host. */
import type {AnyParams} from "../controls.ts";
import {reasonFor} from "../errorNote.ts";
import type {Exports, FigureNow} from "../export/exportAs.ts";
import type {Manner} from "../loraWidget.ts";
import type {PageContext} from "../pageContext.ts";
import {differences} from "../parse.ts";
import {type FigureSize, requestedSize} from "../plot/room.ts";
import type {AttributeSync} from "../state/attributes.ts";
import {isCommonOption} from "../state/commonOptions.ts";
import {FigureState} from "../state/figureState.ts";
import type {RawParams} from "../state/rawParams.ts";
import {startState} from "../state/startState.ts";
import type {Act, AnyWidget, Parts, StartState} from "../widget.ts";
import {applyOptions} from "./applyOptions.ts";
import {readForms} from "./form.ts";
import {type Cause, HostEvents, reasonOf, tellHost} from "./hostEvents.ts";
import {writePaperLine} from "./paperLine.ts";
import {type Outcome, Results} from "./results.ts";
import {skeleton} from "./skeleton.ts";
import {makeToolbar, type Tool, toggleFormats} from "./toolbar.ts";
import {View} from "./view.ts";
import {Voice} from "./voice.ts";

/** Milliseconds without a change after which the sentence is spoken, and the state is written to the address, the attributes and the printed line. */
const SETTLE_TIME = 500;

/** Waits for a later task, so that the page can paint and answer in between. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Brings the (prerendered or empty) figure in `root` to life. Throws if it is not wanted any more once all of it has loaded. */
export async function startFigure(
  host: HTMLElement,
  root: Element | ShadowRoot,
  name: string,
  w: AnyWidget,
  context: PageContext,
  isWanted = () => true,
): Promise<LiveFigure> {
  const start = startState(host, w, context);
  const isPrerendered = !!root.querySelector("form");
  const parts = skeleton(root as Element, w, start.initial, {
    number: host.getAttribute("figure") ?? undefined,
    size: requestedSize(host),
    main: host.getAttribute("main")?.split(" "),
  });
  const figure = new LiveFigure(host, parts, name, w, context, start);
  await figure.start(isPrerendered, isWanted);
  return figure;
}

/**
 * A figure that answers. Whatever moves it, a field, the picture, a run or the host, goes one way through it:
 * raw values → `change` → state → results → `show` → view, host, voice, and once nothing moves any more → `settle`.
 */
export class LiveFigure {
  readonly parts: Parts;
  readonly #host: HTMLElement;
  readonly #name: string;
  readonly #w: AnyWidget;
  readonly #context: PageContext;
  readonly #start: StartState;
  readonly #state: FigureState;
  readonly #results: Results;
  readonly #view: View;
  readonly #voice: Voice;
  readonly #events: HostEvents;
  #attributes?: AttributeSync;
  #isChallengeMet = false;
  #settleTimer?: ReturnType<typeof setTimeout>;
  /** The element was removed before its result was shown, or while it had runs, which then stop. Put back, it asks for the result again. */
  #isResultDue = false;
  /** The latest change came from scrolling, and is not spoken. */
  #isQuiet = false;

  constructor(host: HTMLElement, parts: Parts, name: string, w: AnyWidget, context: PageContext, start: StartState) {
    this.parts = parts;
    this.#host = host;
    this.#name = name;
    this.#w = w;
    this.#context = context;
    this.#start = start;
    this.#state = new FigureState(w, start.initial);
    this.#voice = new Voice(parts);
    this.#events = new HostEvents(host, w, start.initial);
    const act: Act = {
      set: (values, sentence) => {
        const raw = typeof values === "function" ? values(this.params) : values;
        this.#change(this.#state.withoutFixed(raw), "reader");
        if (sentence) this.#voice.speak(sentence);
      },
      say: (sentence, canReload) => this.#voice.notify([sentence], canReload),
    };
    this.#view = new View(parts, w, act, () => this.#redraw());
    const isStill = () =>
      matchMedia("(prefers-reduced-motion: reduce)").matches || this.#state.commonOptions.options?.motion === "reduce";
    const say = (sentence: string) => this.#voice.speak(sentence);
    this.#results = new Results(
      w,
      {parts, name, source: context, isStill, say},
      {
        onResult: (outcome) => this.#show(outcome),
        onMove: (values, cause) => this.#change(values, cause),
        onFailure: (text, isRun, isLoadError) => {
          this.#fail(text, isLoadError);
          if (isRun) tellHost(host, "error", {code: "run", text});
        },
        onLate: (isLate) => {
          if (isLate) this.#fail("A file that this figure needs has not loaded yet.", true);
          else this.#voice.notify([]);
        },
      },
    );
  }

  /** Says why there is no result. */
  #fail(text: string, isLoadError: boolean) {
    this.parts.figure.removeAttribute("data-stale");
    this.#voice.notify([text], isLoadError);
  }

  /** The only way in, for values from anywhere. Gives a sentence for each that could not be taken. */
  #change(raw: RawParams, cause: Cause, isFresh = false): readonly string[] {
    const {params, notes, isNew} = this.#state.take(raw, isFresh);
    this.#isQuiet = false;
    this.#view.fill(this.#state, cause === "typing");
    // A field says why it was not taken when it is left, not while it is typed in.
    if (cause !== "typing" && cause !== "start") this.#voice.notify(notes);
    if (isNew) this.#results.ask(params, cause);
    return notes;
  }

  /** The only way out: draws a result and tells of it. */
  #show({result, cause, isReaders}: Outcome) {
    this.parts.figure.removeAttribute("data-stale");
    this.#isChallengeMet = this.#view.paint(result, this.#state);
    this.#events.onResult(result, this.params, this.summary, reasonOf(cause), isReaders, this.#isChallengeMet);
    if (cause === "start") return;
    this.#voice.onChange();
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => this.#settle(), SETTLE_TIME);
  }

  /** Draws the same result again for another size. Neither the host nor the reader is told. */
  #redraw() {
    this.#view.forgetWidth();
    const {result} = this.#view;
    if (result !== undefined) this.#show({result, cause: "start", isReaders: false});
  }

  /** Runs `SETTLE_TIME` after the last change. */
  #settle() {
    const text = `${this.#view.visibleSentence}${this.#isChallengeMet && this.#view.hasVerdict ? " The challenge is met." : ""}`;
    // A run that plays announces its own progress.
    if (!this.#results.isPlaying && !this.#isQuiet) this.#voice.onSettled(text);
    this.#writePaper();
    if (this.#context.isAddressed && !this.#context.isFramed) this.#writeAddress();
    this.#attributes?.write(() => this.params);
    this.#events.onSettled(text);
  }

  /** Shows the figure at another size. Before the first result, what the build drew stays. */
  resize(size: FigureSize) {
    const {figure} = this.parts;
    if (figure.dataset.size === size) return;
    figure.dataset.size = size;
    this.#redraw();
  }

  /** Keeps the page's address equal to the state, without adding to the history. */
  #writeAddress() {
    const {controls} = this.#w;
    const url = new URL(location.href);
    // `s` too: a packed state may hold values that are at their defaults again.
    for (const name of [...Object.keys(controls), "s"]) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(differences(controls, this.params))) url.searchParams.set(name, value);
    try {
      history.replaceState(history.state, "", url);
    } catch {
      // A page opened from a disk cannot change its address. The state stays in the form.
    }
  }

  /** Writes what print shows at any size: the words, and the line with the state and its address. */
  #writePaper() {
    const page = `${this.#context.home}widgets/${this.#name}/`;
    if (this.#view.result !== undefined) this.#view.annotate(this.#state);
    writePaperLine(this.parts.figure, this.#w, this.#state.readerParams, page);
  }

  /** Takes the state at the start, and asks for its result, once all that is needed has loaded. Throws if it is not wanted any more. */
  async start(isPrerendered: boolean, isWanted: () => boolean) {
    const {hostAttributes, raw, initial, addressState} = this.#start;
    const {picture, figure} = this.parts;
    if (this.#w.runs) picture.setAttribute("aria-busy", "true");
    if (this.#results.hasRuns && !isPrerendered)
      figure.querySelector(".sentence")!.textContent = "The first run is being computed.";
    // Everything that has to load does so before anything listens: a start that fails leaves the first frame as it was.
    const attributes = await this.#context.attributes?.();
    const optionNotes = this.#configure(raw);
    await nextTask();
    const {params} = this.#state.take(addressState ?? initial, true);
    this.#results.prepare(params);
    await nextTask();
    if (!isWanted()) throw new Error("another attempt has started it");
    this.#listen();
    // The form has what the reader did meanwhile and what the browser restored. An address overrules both.
    const earlyValues = Object.entries(readForms(this.#view.forms)).filter(
      ([name, value]) => !addressState && value !== String(initial[name]),
    );
    // The fields show the address's state at once, but a run's picture and words would still be the first frame's.
    figure.toggleAttribute("data-stale", !!addressState && this.#results.hasRuns);
    this.#view.fill(this.#state);
    this.#results.ask(params, "start");
    if (earlyValues.length) {
      const cause = figure.matches(":focus-within") ? "reader" : "start";
      this.#change(Object.fromEntries(earlyValues), cause);
    }
    if (!isPrerendered || addressState || earlyValues.length) this.#writePaper();
    // An empty list would remove a note made meanwhile, such as that a file is late.
    const stateNotes = this.#w.training?.startNotes(this.#start, this.#context) ?? this.#start.notes;
    const startNotes = [...stateNotes, ...optionNotes, ...(this.#context.notes ?? [])];
    if (startNotes.length) this.#voice.notify(startNotes);
    this.#attributes = attributes?.follow(
      this.#host,
      this.#w.controls,
      hostAttributes,
      (params, changes) => this.set(params, changes),
      (sentences) => this.#voice.notify(sentences),
    );
  }

  /** Starts listening to the form and the toolbar. */
  #listen() {
    const {figure, data} = this.parts;
    const {forms} = this.#view;
    for (const form of forms) {
      form.addEventListener("input", ({target}) =>
        this.#change(readForms(forms), (target as HTMLInputElement).type === "number" ? "typing" : "reader"),
      );
      form.addEventListener("change", () => this.#change(readForms(forms), "reader"));
      form.addEventListener("submit", (event) => event.preventDefault());
    }
    // The form's own events stop here. The host gets ours instead, sent once the state is up to date.
    for (const type of ["change", "input"]) figure.addEventListener(type, (event) => event.stopPropagation());
    figure.querySelector(".explore")!.addEventListener("click", () => this.#explore());
    data.addEventListener("toggle", () => this.#view.tabulate(this.#state));
    for (const bar of figure.querySelectorAll<HTMLElement>(":scope > .tools, :scope > .time"))
      makeToolbar(bar, (tool) => this.#press(tool));
  }

  #press(tool: Tool) {
    if (tool === "reset") this.#reset(this.#state.withoutFixed(this.#start.initial), "reader");
    else if (tool === "play" || tool === "step" || tool === "restart") this.#results.press(tool, "reader");
    else if (tool === "save") toggleFormats(this.parts.figure);
    else this.#pressExport(tool);
  }

  /** Does what an export button says, once its code has loaded. */
  #pressExport(tool: Tool) {
    // Link and embed code need no result.
    this.#exportCode(tool !== "embed" && tool !== "link")
      .then(({pressExport}) => pressExport(tool, this.#figureNow(), (text) => this.#voice.notify([text])))
      .catch((error) => this.#voice.notify([`This could not be done: ${reasonFor(error)}.`], true));
  }

  /** Loads the code of the export buttons, and waits for the result of the present state if that is needed. */
  async #exportCode(needsResult: boolean) {
    const [code] = await Promise.all([import("../export/exportAs.ts"), needsResult && this.#results.wait()]);
    return code;
  }

  #figureNow(): FigureNow {
    return {
      parts: this.parts,
      name: this.#name,
      context: this.#context,
      w: this.#w,
      params: this.#state.readerParams,
      result: this.#view.result,
      redraw: () => this.#redraw(),
    };
  }

  #explore() {
    this.#context
      .explore?.()
      .then(({explore}) => explore(this.#host))
      .catch((error) => this.#voice.notify([`This could not be opened: ${reasonFor(error)}.`], true));
  }

  #reset(raw: RawParams, cause: Cause) {
    this.#view.clearVerdict();
    this.#change(raw, cause, true);
  }

  /** Applies common options (theme, lock, …). Gives a sentence for each one refused, and one on what is locked. */
  #configure(raw: RawParams): readonly string[] {
    if (!Object.keys(raw).some(isCommonOption)) return [];
    this.#state.commonOptions = applyOptions(raw, this.#state.commonOptions, this.#w, this.parts);
    return this.#state.commonOptions.notes!;
  }

  // Called by the element.

  get params(): AnyParams {
    return this.#state.params;
  }

  /** The result's sentence for the full size. */
  get summary(): string {
    return this.#view.sentence;
  }

  /** The state to which `set(raw)` would lead from the state `from`; undefined if a value could not be taken as it is. */
  foresee(raw: RawParams, from: RawParams): AnyParams | undefined {
    return this.#state.foresee(raw, from as AnyParams);
  }

  /**
   * Takes raw parameters and common options from a host, checked like an address's. Gives a sentence for each that could not be
   * taken. A run goes on when only the figure's looks change.
   */
  set(raw: RawParams, options: RawParams = {}, {isQuiet = false}: Manner = {}): readonly string[] {
    const hasOptions = Object.keys(options).some(isCommonOption);
    const notes = [...this.#configure(options)];
    if (Object.keys(raw).length || Object.hasOwn(options, "predict")) {
      notes.push(...this.#change(raw, "host", hasOptions));
      this.#isQuiet = isQuiet;
    } else if (hasOptions) {
      // Only the looks changed: draw the same result again, and tell neither the host nor the reader.
      this.#view.fill(this.#state);
      this.#redraw();
    }
    if (hasOptions) this.#voice.notify(notes);
    return notes;
  }

  reset() {
    this.#reset(this.#start.initial, "host");
  }
  play() {
    this.#results.play(true, "host");
  }
  pause() {
    this.#results.play(false, "host");
  }
  step() {
    this.#results.press("step", "host");
  }

  /**
   * What the toolbar's buttons save, once there is a result of the present state. Rejects if no result comes, or if the page's
   * policy forbids images from data.
   */
  async take<T extends keyof Exports>(format: T): Promise<Exports[T]> {
    return (await this.#exportCode(true)).exportAs(format, this.#figureNow());
  }

  /** Tells the host that the figure is ready, once its first result is shown. */
  async announceReady() {
    await this.#results.wait().catch(() => {});
    const version = import.meta.env.PUBLIC_VERSION;
    tellHost(this.#host, "ready", {
      state: this.params,
      summary: this.summary,
      height: this.#host.offsetHeight,
      version,
    });
  }

  /** The figure is off screen or hidden: its runs pause. */
  sleep() {
    this.#results.sleep();
  }
  wake() {
    this.#results.wake();
  }

  /** The element was removed: its runs stop. */
  end() {
    const wasWaiting = this.#results.end();
    this.#isResultDue = wasWaiting || this.#view.result === undefined || !!this.#w.runs;
    clearTimeout(this.#settleTimer);
    this.#events.end();
    this.#attributes?.end();
    this.#view.end();
  }

  /** The element is in the page again: what was not shown yet is computed. */
  reconnect() {
    this.#view.connect();
    this.#attributes?.connect();
    if (!this.#isResultDue) return;
    this.#isResultDue = false;
    this.#results.ask(this.params, "start");
  }
}
