/** The inspector's page: the open adapters, the present screen, and what drops, tabs and keys do. */
import type {ScaleChoice} from "../engine/adapters/inspect/scales.ts";
import {make} from "../figure/makeElement.ts";
import {drawBaseScreen} from "./baseScreen.ts";
import {CancelledError, Client} from "./client.ts";
import {drawCompareScreen} from "./compareScreen.ts";
import {displayName} from "./displayName.ts";
import {drawExportScreen} from "./exportScreen.ts";
import {fileSizeText} from "./format.ts";
import {drawMergeScreen} from "./mergeScreen.ts";
import {paragraph, pressButton} from "./parts.ts";
import type {AdapterSlot, DroppedFile} from "./protocol.ts";
import {drawResizeScreen} from "./resizeScreen.ts";
import {type SampleName, sampleFiles} from "./samples.ts";
import {commandFor, isModelSentence} from "./sentences.ts";
import {
  type ChosenFor,
  type InspectState,
  newState,
  type OpenAdapter,
  type ScreenContext,
  TABS,
  type Tab,
} from "./state.ts";
import {drawWhatItIsScreen} from "./whatItIsScreen.ts";
import {drawWillItLoadScreen} from "./willItLoadScreen.ts";

const SCREENS: Readonly<Record<Tab, (screen: ScreenContext) => void>> = {
  load: drawWillItLoadScreen,
  what: drawWhatItIsScreen,
  base: drawBaseScreen,
  compare: drawCompareScreen,
  merge: drawMergeScreen,
  resize: drawResizeScreen,
  take: drawExportScreen,
};

const isConfig = (files: readonly DroppedFile[]) => files.length === 1 && /\.json$/i.test(files[0]!.name);

/** Holds the page's state and draws its screens. */
export class Inspector implements ScreenContext {
  readonly state: InspectState = newState();
  readonly client = new Client();
  readonly panel: HTMLElement;
  readonly sentence: HTMLElement;
  onMeasured: (() => void) | undefined;
  onLeave: (() => void) | undefined;
  readonly #root: HTMLElement;
  readonly #chips: HTMLElement;
  readonly #tabs: readonly HTMLButtonElement[];
  readonly #notice: HTMLElement;
  readonly #picker: HTMLInputElement;
  /** What the next files are for: what the file dialog was opened for; 0, an adapter, unless it is open. */
  #chosenFor: ChosenFor = 0;

  /** `root` is the page's `.inspect`, as src/pages/inspect.astro has it. */
  constructor(root: HTMLElement) {
    const part = (selector: string) => root.querySelector<HTMLElement>(selector)!;
    this.#root = root;
    this.panel = part(".inspect-panel");
    this.sentence = part(".inspect-sentence");
    this.#chips = part(".inspect-chips");
    this.#notice = part(".inspect-refusal");
    this.#picker = root.querySelector<HTMLInputElement>("input[name=files]")!;
    this.#picker.addEventListener("cancel", () => (this.#chosenFor = 0));
    this.#tabs = [...root.querySelectorAll<HTMLButtonElement>("[role=tab]")];
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.goTo(tab.dataset.tab as Tab));
    part("[role=tablist]").addEventListener("keydown", (event) => this.#onTabKey(event));
    part(".inspect-workspace").addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Opens files that were dropped or chosen. */
  async openFiles(files: DroppedFile[]): Promise<void> {
    const [chosenFor, slot] = [this.#chosenFor, this.#slotFor(files)];
    this.#chosenFor = 0;
    if (typeof chosenFor === "number" || !this.state.adapters[0]) await this.open(slot, files);
    else this.#compareWithModel(chosenFor, files);
  }

  /** Takes files as the base of the adapter that is shown, or as a checkpoint it may have been merged into. */
  #compareWithModel(what: "base" | "checkpoint", files: DroppedFile[]): void {
    const adapter = this.state.adapters[this.state.shownSlot]!;
    const {base = files, checkpoint = []} = adapter.baseCheck ?? {};
    adapter.baseCheck = what === "base" ? {base: files, checkpoint} : {base, checkpoint: files};
    this.showNotice("");
    this.goTo("base");
  }

  /** A config is for the adapter on the screen; a second adapter gets the second slot; a third replaces the one that is shown. */
  #slotFor(files: readonly DroppedFile[]): AdapterSlot {
    const {adapters, shownSlot} = this.state;
    if (!adapters[0]) return 0;
    if (isConfig(files)) return shownSlot;
    return this.#chosenFor === 1 || !adapters[1] ? 1 : shownSlot;
  }

  /** Opens a sample; a pair of adapters is compared at once. */
  async openSample(name: SampleName): Promise<void> {
    const files = await sampleFiles(name).catch(() => undefined);
    if (!files) {
      this.showNotice("The samples did not load. Reload this page.");
      return;
    }
    const [first, second] = files;
    await this.open(0, first!);
    if (!second) return;
    await this.open(1, second);
    this.state.shownSlot = 0;
    this.goTo("compare");
  }

  chooseFiles(what: ChosenFor): void {
    this.#chosenFor = what;
    this.#picker.click();
  }

  /** Opens files in a slot: first the header's facts, then the measurements, module by module. */
  async open(slot: AdapterSlot, files: DroppedFile[]): Promise<void> {
    const {state} = this;
    this.showNotice("");
    try {
      const opened = await this.client.ask("open", {slot, files});
      this.#forget(slot);
      const name = displayName(opened, state.adapters[slot === 0 ? 1 : 0]?.opened.name);
      const adapter: OpenAdapter = {opened: {...opened, name}, modules: new Map()};
      const isFirst = !state.adapters[0];
      const replaced = state.adapters[slot]?.opened.name;
      if (replaced !== undefined && !isConfig(files))
        this.showNotice(`Two adapters at a time: ${replaced} was replaced.`);
      state.adapters[slot] = adapter;
      if (!["compare", "merge"].includes(state.tab)) state.shownSlot = slot;
      if (opened.pairs.length === 0 || isFirst) state.tab = "load";
      if (!opened.isTooLarge) this.#measure(slot, adapter);
      this.draw();
      if (isFirst) this.focusTab();
      const [second, ...rest] = opened.more;
      if (second && slot === 0) await this.open(1, second);
      if (rest.length > 0)
        this.showNotice(
          `Two adapters at a time: ${rest.length === 1 ? "the other 1 was" : `the other ${rest.length} were`} not opened.`,
        );
    } catch (error) {
      this.#onRefused((error as Error).message, files);
    }
  }

  /** Says why files were not opened. A whole model beside an adapter is taken for its base, or for a checkpoint with it. */
  #onRefused(sentence: string, files: DroppedFile[]) {
    const adapter = this.state.adapters[this.state.shownSlot];
    if (adapter && isModelSentence(sentence)) {
      const {report, checkpoint} = adapter.baseCheck ?? {checkpoint: []};
      this.#compareWithModel(typeof report === "object" || checkpoint.length > 0 ? "checkpoint" : "base", files);
    } else {
      this.showNotice(sentence, files);
      this.draw();
    }
  }

  /** Stops the measurement of an adapter that is replaced or closed, and drops the comparison. */
  #forget(slot: AdapterSlot) {
    this.state.adapters[slot]?.reading?.stop.abort();
    this.state.compared = undefined;
  }

  /** Measures an open adapter, and draws the screen again when that has ended. */
  async #measure(slot: AdapterSlot, adapter: OpenAdapter): Promise<void> {
    const stop = new AbortController();
    adapter.reading = {done: 0, of: adapter.opened.facts.modules, stop};
    try {
      adapter.verdict = await this.client.ask(
        "measure",
        {slot},
        {
          signal: stop.signal,
          progress: ({modules, done, of}) => {
            for (const one of modules) adapter.modules.set(one.name, one);
            if (adapter.reading) Object.assign(adapter.reading, {done, of});
            if (this.state.adapters[this.state.shownSlot] === adapter) this.onMeasured?.();
          },
        },
      );
    } catch (error) {
      adapter.isStopped = true;
      if (!(error instanceof CancelledError)) this.showNotice((error as Error).message);
    }
    delete adapter.reading;
    if (this.state.adapters.includes(adapter)) this.draw();
  }

  async setScale(slot: AdapterSlot, choice: ScaleChoice): Promise<void> {
    const adapter = this.state.adapters[slot];
    if (!adapter) return;
    const {modules, verdict} = await this.client.ask("setScale", {slot, choice});
    adapter.modules = new Map(modules.map((one) => [one.name, one]));
    adapter.verdict = verdict;
    delete adapter.cuts;
    delete adapter.baseCheck?.report;
    this.state.compared = undefined;
    this.draw();
    this.focusTab();
  }

  close(slot: AdapterSlot): void {
    const {state} = this;
    this.#forget(slot);
    this.client.ask("close", {slot}).catch((error: Error) => this.showNotice(error.message));
    if (slot === 0) state.adapters[0] = state.adapters[1];
    state.adapters[1] = undefined;
    state.shownSlot = 0;
    if (state.tab === "compare" || state.tab === "merge") state.tab = "load";
    this.draw();
    this.focusTab();
  }

  /** Shows a sentence above the tabs, such as why files were refused, with a command that may help. An empty one clears it. */
  showNotice(sentence: string, files: readonly DroppedFile[] = []) {
    this.#notice.replaceChildren();
    if (!sentence) return;
    paragraph(this.#notice, sentence);
    const command = commandFor(
      sentence,
      files.map(({name}) => name),
    );
    if (command) make(make(this.#notice, "pre"), "code", "", command);
    const row = make(this.#notice, "div", "inspect-buttons");
    pressButton(row, "Close", () => {
      this.showNotice("");
      this.focusTab();
    });
    this.#notice.scrollIntoView({block: "nearest"});
  }

  goTo(tab: Tab): void {
    this.state.tab = tab;
    this.draw();
    this.focusTab();
    this.#tabs[TABS.indexOf(tab)]!.scrollIntoView({block: "nearest", inline: "nearest"});
  }

  focusTab(): void {
    const tab = this.#tabs[TABS.indexOf(this.state.tab)]!;
    (this.state.adapters[0] ? tab : this.#picker).focus({preventScroll: true});
  }

  /** Draws the chips and the present screen. A module of the map that had the focus has it again. */
  draw(): void {
    const {state, panel} = this;
    this.onLeave?.();
    this.onLeave = undefined;
    this.onMeasured = undefined;
    const isOpen = state.adapters[0] !== undefined;
    this.#root.toggleAttribute("data-open", isOpen);
    const focused = (panel.ownerDocument.activeElement as HTMLElement | null)?.dataset.module;
    panel.replaceChildren();
    this.#drawChips();
    if (!isOpen) {
      this.sentence.textContent = "";
      return;
    }
    for (const tab of this.#tabs) {
      const isShown = tab.dataset.tab === state.tab;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      if (isShown) panel.setAttribute("aria-labelledby", tab.id);
    }
    SCREENS[state.tab](this);
    if (focused !== undefined) panel.querySelector<HTMLElement>(`[data-module="${CSS.escape(focused)}"]`)?.focus();
  }

  /** The open adapters, as buttons above the tabs. */
  #drawChips() {
    const {adapters} = this.state;
    this.#chips.replaceChildren();
    adapters.forEach((adapter, slot) => {
      if (adapter) this.#drawChip(adapter, slot as AdapterSlot);
    });
    if (adapters[1] && this.state.tab !== "compare") {
      const compare = pressButton(this.#chips, "Compare the two", () => this.goTo("compare"), "compare main");
      compare.setAttribute("aria-keyshortcuts", `${TABS.indexOf("compare") + 1}`);
    }
    if (!adapters[1]) {
      const add = pressButton(this.#chips, "+ Add a second adapter", () => this.chooseFiles(1), "add");
      add.setAttribute("aria-keyshortcuts", "a");
    }
    make(this.#chips, "span", "private", "read in this tab, nothing is sent");
  }

  #drawChip({opened: {name, facts}}: OpenAdapter, slot: AdapterSlot) {
    const chip = make(this.#chips, "div", "chip");
    const show = () => {
      this.state.shownSlot = slot;
      this.draw();
      this.#chips.querySelectorAll<HTMLElement>(".chip-name")[slot]?.focus();
    };
    const button = pressButton(chip, "", show, "chip-name");
    button.setAttribute("aria-pressed", String(slot === this.state.shownSlot));
    make(button, "span", "badge", String(slot + 1));
    make(button, "span", "", name);
    const {ranks, bytes} = facts;
    const rank = ranks.length === 1 ? `rank ${ranks[0]![0]} · ` : ranks.length > 1 ? "several ranks · " : "";
    make(button, "small", "", `${rank}${fileSizeText(bytes)}`);
    pressButton(chip, "×", () => this.close(slot), "chip-close").setAttribute("aria-label", `Close ${name}`);
  }

  /** Arrows, Home and End on the tabs. */
  #onTabKey(event: KeyboardEvent) {
    const index = TABS.indexOf(this.state.tab);
    const nextIndex = {ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1}[event.key];
    if (nextIndex === undefined) return;
    event.preventDefault();
    this.goTo(TABS.at(nextIndex % TABS.length)!);
  }

  /** Keys 1 to 7 for the tabs and a for a second adapter, unless the reader types. */
  #onKey(event: KeyboardEvent) {
    const isTyping =
      (event.target as Element).closest("input:not([type=range], [type=radio]), select, textarea") !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const tab = TABS[Number(event.key) - 1];
    if (tab) this.goTo(tab);
    else if (event.key.toLowerCase() === "a" && !this.state.adapters[1]) this.chooseFiles(1);
    else return;
    event.preventDefault();
  }
}
