/** The embed dialog: codes to paste elsewhere, with a preview of the figure there. */
import {copyText} from "../export/clipboard.ts";
import {adoptSheet} from "../live/adoptSheet.ts";
import {make} from "../makeElement.ts";
import type {PageContext} from "../pageContext.ts";
import {frameAddress, type LinkedState} from "../state/pageAddress.ts";
import css from "../styles/dialog.css?inline";
import type {Parts} from "../widget.ts";
import {makeChoicesForm, makeLabelledBox} from "./choices.ts";
import {frameTitle} from "./frame.ts";
import {COLUMN_WIDTH, ELEMENT_WIDTHS, frameHeightFor, heightsAt, SLIDE_SIZE} from "./height.ts";
import {type Pane, panesFor} from "./panes.ts";
import type {Preview} from "./preview.ts";

/** Opens the dialog with codes to paste elsewhere, inside the figure's own root, where its colors reach it. */
export async function openEmbedDialog(
  {figure}: Parts,
  linked: LinkedState,
  {hasPreviews}: PageContext,
  redraw: () => void,
) {
  const ownPage = hasPreviews ? await import("./ownPage.ts") : undefined;
  // If the button was pressed twice before this was loaded, one dialog opens.
  if (figure.querySelector("dialog.share")) return;
  adoptSheet(figure, css);
  await new EmbedDialog(figure, linked, redraw, ownPage).open();
}

/** Makes the fixed parts of the dialog: a heading with Close, a lead, tabs, and two columns. */
function makeFixedParts(figure: HTMLElement) {
  const dialog = make(figure, "dialog", "share");
  dialog.setAttribute("aria-labelledby", "share-title");
  const head = make(dialog, "header", "share-head");
  make(head, "h2", "", "Embed this figure").id = "share-title";
  const close = make(head, "button", "share-close", "Close");
  close.type = "button";
  close.onclick = () => dialog.close();
  const lead = "No account, no cookies, no tracking: what you paste loads from this site and from nowhere else.";
  make(dialog, "p", "share-lead", lead);
  const list = make(dialog, "div", "share-tabs");
  const columns = make(dialog, "div", "share-columns");
  const main = make(columns, "div", "share-main");
  const panel = make(main, "div", "share-panel");
  return {dialog, list, columns, main, panel};
}

/** The dialog with its tabs, the form of choices and the preview. */
class EmbedDialog {
  readonly #figure: HTMLElement;
  readonly #initial: LinkedState;
  readonly #redraw: () => void;
  readonly #dialog: HTMLDialogElement;
  readonly #panel: HTMLElement;
  readonly #status: HTMLElement;
  readonly #tabs: Tabs;
  readonly #readChoices: ReturnType<typeof makeChoicesForm>;
  /** The parts that only our own pages have. */
  readonly #ownPage: typeof import("./ownPage.ts") | undefined;
  readonly #preview?: Preview;
  /** Heights of the figure in the preview, by the address it was measured at. */
  readonly #previewHeights = new Map<string, number>();
  /** Heights of the figure itself at `ELEMENT_WIDTHS`, by the same address; each takes a drawing. */
  readonly #heights = new Map<string, readonly number[]>();
  /** The frame's code includes the script that lets it fit its height. */
  #isResizing = false;
  /** All tabs, as they are before anything is chosen, and as they are now. */
  readonly #defaultPanes: readonly Pane[];
  #panes: readonly Pane[] = [];

  constructor(figure: HTMLElement, initial: LinkedState, redraw: () => void, ownPage?: typeof import("./ownPage.ts")) {
    this.#figure = figure;
    this.#initial = initial;
    this.#redraw = redraw;
    const {dialog, list, columns, main, panel} = makeFixedParts(figure);
    this.#dialog = dialog;
    this.#panel = panel;
    this.#defaultPanes = panesFor(initial, 0, []);
    const names = this.#defaultPanes.map(({tab}) => tab);
    this.#tabs = makeTabs({list, panel}, "Kinds of code", names, () => {
      // The fields of the tab before have no code any more.
      panel.replaceChildren();
      this.#update();
      this.#fillPanel();
    });
    this.#status = make(main, "p", "share-status");
    this.#status.setAttribute("role", "status");
    this.#readChoices = makeChoicesForm(main, initial, () => this.#update());
    this.#ownPage = ownPage;
    if (ownPage)
      this.#preview = ownPage.makePreview(
        make(columns, "div", "share-side"),
        `Preview: ${frameTitle(initial)}`,
        (height, address) => {
          if (this.#previewHeights.get(address) === height) return;
          this.#previewHeights.set(address, height);
          this.#update();
        },
      );
    dialog.addEventListener("close", () => {
      this.#preview?.end();
      dialog.remove();
    });
  }

  async open() {
    this.#update();
    await keepInSight(this.#dialog);
    this.#dialog.showModal();
    this.#tabs.open();
  }

  get #pane(): Pane {
    return this.#panes[this.#tabs.chosen]!;
  }

  /** The state and the options that the codes are for now. */
  #linked(): LinkedState & {options: Readonly<Record<string, string>>} {
    const {params, options} = this.#readChoices();
    const {hide: _, ...whole} = options;
    const {isSlide, offersPackage} = this.#defaultPanes[this.#tabs.chosen]!;
    return {...this.#initial, params, options: isSlide ? {layout: "slide", ...whole} : offersPackage ? whole : options};
  }

  /** The frame's size, and the heights of the element at `ELEMENT_WIDTHS`. */
  #sizesFor({options}: {options: Readonly<Record<string, string>>}, address: string) {
    if (options.layout === "slide") return {...SLIDE_SIZE, heights: ELEMENT_WIDTHS.map(() => SLIDE_SIZE.height)};
    const heights =
      this.#heights.get(address) ?? heightsAt(this.#figure, this.#redraw, this.#initial.w.controls, options);
    this.#heights.set(address, heights);
    return {
      width: COLUMN_WIDTH,
      height: frameHeightFor(this.#previewHeights.get(address) ?? heights[ELEMENT_WIDTHS.indexOf(COLUMN_WIDTH)]!),
      heights,
    };
  }

  /** Writes the codes and the preview anew after a choice. */
  #update() {
    const linked = this.#linked();
    const address = frameAddress(linked);
    const {width, height, heights} = this.#sizesFor(linked, address);
    this.#panes = panesFor(linked, height, heights, this.#isResizing);
    this.#preview?.fit(width, height);
    this.#preview?.show(address);
    for (const [i, note] of this.#panel.querySelectorAll(".share-note").entries())
      note.textContent = this.#pane.notes[i]!;
    // A field keeps its focus and its selection if its text is the same.
    for (const [i, field] of this.#panel.querySelectorAll("textarea").entries()) {
      const {text} = this.#pane.codes[i]!;
      if (field.value === text) continue;
      field.value = text;
      // A new value drops the selection, and the reader may be about to copy.
      if (field.matches(":focus")) field.select();
    }
  }

  /** Writes the panel of the chosen tab. */
  #fillPanel() {
    const {codes, notes, files = [], offersResizing, offersPackage} = this.#pane;
    this.#status.textContent = "";
    for (const i of codes.keys()) this.#makeField(i, codes.length > 1);
    if (offersResizing) this.#makeResizeBox();
    if (files.length) this.#makeFileList(files);
    if (offersPackage && this.#ownPage) this.#ownPage.makeScormButton(this.#panel, this.#status, () => this.#linked());
    else for (const note of notes) make(this.#panel, "p", "share-note", note);
  }

  #makeResizeBox() {
    const words = "Let the frame fit its height (a line of script for the page)";
    const box = makeLabelledBox(this.#panel, "checkbox", words, this.#isResizing);
    box.onchange = () => {
      this.#isResizing = box.checked;
      this.#update();
    };
  }

  #makeFileList(files: NonNullable<Pane["files"]>) {
    const list = make(this.#panel, "ul", "share-files");
    for (const {label, href, about} of files) {
      const item = make(list, "li");
      // A frame may not save across origins, but it may open another page.
      Object.assign(make(item, "a", "", label), {href, download: "", target: "_blank", rel: "noopener"});
      item.append(`: ${about}`);
    }
  }

  /** Makes the field of a code, with its Copy button. */
  #makeField(i: number, isOneOfSeveral: boolean) {
    const {label, text} = this.#pane.codes[i]!;
    const row = make(this.#panel, "div", "share-code");
    if (isOneOfSeveral) make(row, "span", "share-label", label);
    const area = make(row, "textarea", "copyable");
    area.readOnly = true;
    area.rows = 3;
    area.spellcheck = false;
    area.value = text;
    area.setAttribute("aria-label", label);
    area.onfocus = () => area.select();
    const button = make(row, "button", "", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", `Copy ${label}`);
    button.onclick = async () => {
      const isDone = await copyText(area.value);
      if (!isDone) area.focus();
      this.#status.textContent = isDone
        ? `Copied: ${label}.`
        : `This page cannot copy by itself. The ${label} code is selected: copy it with the keyboard.`;
    };
  }
}

/** The least height of a dialog (CSS px). */
const MIN_HEIGHT = 240;

/**
 * Keeps a dialog within the visible part of the page. In a frame as tall as its figure, a dialog opens in the middle of the
 * frame, and that may be outside the host's window.
 */
async function keepInSight(dialog: HTMLDialogElement) {
  const {documentElement, defaultView: window} = dialog.ownerDocument;
  if (!window || window.parent === window) return;
  const {top, height} = await new Promise<DOMRectReadOnly>((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      resolve(entries[0]!.intersectionRect);
    });
    observer.observe(documentElement);
  });
  Object.assign(dialog.style, {
    insetBlock: `${Math.ceil(top)}px auto`,
    marginBlock: "1rem",
    maxHeight: `calc(${Math.max(MIN_HEIGHT, Math.floor(height))}px - 2rem)`,
  });
}

/** The tab that was chosen last on this page. */
let chosenTab = 0;

/** A row of tabs, as the dialog uses it. */
interface Tabs {
  readonly chosen: number;
  /** Opens the tab that was chosen last, and moves the focus there. */
  open(): void;
}

/** Makes ARIA tabs of `list` and `panel`: one tab stop, arrows and Home/End choose, and `onChoose` fills the panel. */
function makeTabs(
  {list, panel}: {list: HTMLElement; panel: HTMLElement},
  label: string,
  names: readonly string[],
  onChoose: () => void,
): Tabs {
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", label);
  panel.id = "share-panel";
  panel.setAttribute("role", "tabpanel");
  const buttons = names.map((name, at) => {
    const tab = make(list, "button", "share-tab", name);
    tab.type = "button";
    tab.id = `share-tab-${at}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.onclick = () => choose(at);
    return tab;
  });
  function choose(at: number) {
    chosenTab = at;
    for (const [i, tab] of buttons.entries()) {
      tab.setAttribute("aria-selected", String(i === at));
      tab.tabIndex = i === at ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", buttons[at]!.id);
    onChoose();
    buttons[at]!.focus();
  }
  list.addEventListener("keydown", (event) => {
    const to = {ArrowRight: chosenTab + 1, ArrowLeft: chosenTab - 1, Home: 0, End: buttons.length - 1}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose((to + buttons.length) % buttons.length);
  });
  return {
    get chosen() {
      return chosenTab;
    },
    open: () => choose(chosenTab),
  };
}
