import {Excuse} from "./excuse.ts";
import type {Live} from "./figure/handle.ts";
import type {EventDetails} from "./figure/hostEvents.ts";
import type {Loader} from "./loader.ts";
import {patience, STUCK} from "./patience.ts";
import type {Place} from "./place.ts";
import type {Raw} from "./state/rawParams.ts";
import type {Exports} from "./take/take.ts";
import type {AnyWidget} from "./widget.ts";

export interface Supply extends Place {
  /** The widget of that name, or undefined where there is none. `again` asks for its file anew where it never came. */
  load(name: string, again?: boolean): Promise<AnyWidget> | undefined;
  /** Loads the shell; a page pays for it only when a widget comes near the screen. */
  shell: Loader<typeof import("./figure/liveFigure.ts")>;
  /** Our style sheet, on a foreign page: the figure then lives in a shadow root, so that neither page's CSS reaches the other. */
  css?: string;
}

/** What a page can do with `<lora-widget>`. Whatever needs a running widget starts it. */
export interface LoraWidget extends HTMLElement {
  /** The widget's name, read when it starts. */
  name: string;
  /** Settles when the widget answers. */
  readonly ready: Promise<Live>;
  /** The parameters as an address would carry them; undefined before the start. Assigned values are checked as those of an address are. */
  state: Raw | undefined;
  /** The same, for Observable's `viewof`. */
  readonly value: Raw | undefined;
  /** The result as a sentence. */
  readonly summary: string | undefined;
  /** Takes parameters, and common `options` (`theme`, `lock`, …). Gives a sentence for each value that could not be taken. */
  set(raw: Raw, options?: Raw): Promise<readonly string[]>;
  reset(): Promise<void>;
  /** These do nothing in a widget that does not play. */
  play(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
  /** What the toolbar's buttons save, as a value. `exportPNG` rejects if the page's policy forbids images from data. */
  exportSVG(): Promise<string>;
  exportPNG(): Promise<Blob>;
  exportCSV(): Promise<string>;
  /** The same with the format as an argument; `json` is the state with its sentence. */
  take<T extends keyof Exports>(format: T): Promise<Exports[T]>;
}

declare global {
  interface HTMLElementTagNameMap {
    "lora-widget": LoraWidget;
  }
  interface HTMLElementEventMap extends LoraEvents {}
}
type LoraEvents = {[T in keyof EventDetails as `lora-${T}`]: CustomEvent<EventDetails[T]>};

/** `<lora-widget name="rank" r="8">`: starts when it comes near the viewport, sleeps off screen, may be moved or removed. */
export function loraWidget(supply: Supply): new () => LoraWidget {
  return class extends HTMLElement implements LoraWidget {
    #live?: Live;
    #starting?: Promise<Live>;
    /** Unknown until the observer has reported. */
    #near?: boolean;
    readonly #excuse = new Excuse();
    /** Counts the attempts to start. */
    #attempt = 0;
    #observer?: IntersectionObserver;
    #pressed?: Element;
    #awake!: (live: Live) => void;
    readonly ready = new Promise<Live>((resolve) => {
      this.#awake = resolve;
    });

    connectedCallback() {
      this.#observer = new IntersectionObserver(
        (entries) => {
          this.#near = entries.at(-1)!.isIntersecting;
          if (this.#near && !this.#live) this.#start();
          else this.#seen();
        },
        {rootMargin: "200px"},
      );
      this.#observer.observe(this);
      if (!this.#live) this.addEventListener("click", this.#early);
      document.addEventListener("visibilitychange", this.#seen);
      if (this.getAttribute("loading") === "eager") this.#start();
      this.#live?.back();
    }

    disconnectedCallback() {
      this.#observer?.disconnect();
      document.removeEventListener("visibilitychange", this.#seen);
      // If it was only moved, it is connected again before this microtask runs.
      queueMicrotask(() => !this.isConnected && this.#live?.end());
    }

    /** Remembers a press that nothing can answer yet: on anything before the start, on the picture before its first result. */
    readonly #early = ({target}: Event) => {
      const pressed = (target as Element).closest("button, [aria-pressed]");
      if (pressed && !pressed.closest(".notice") && (!this.#live || pressed.closest(".picture")))
        this.#pressed = pressed;
    };

    readonly #seen = () => (this.#near && !document.hidden ? this.#live?.wake() : this.#live?.sleep());

    #start(again = false): Promise<Live> {
      if (again) this.#starting = undefined;
      this.#starting ??= this.#begin(again);
      // The reader sees the failure in the figure; whoever awaits this promise gets it too.
      this.#starting.catch(() => {});
      return this.#starting;
    }

    async #begin(again: boolean): Promise<Live> {
      const {name} = this;
      const attempt = ++this.#attempt;
      const loading = supply.load(name, again);
      if (!loading) throw this.#fail("name", `There is no widget named “${name}”.`);
      const isLast = () => attempt === this.#attempt;
      this.#excuse.remove();
      delete this.dataset.start;
      let stop = () => {};
      const stuck = new Promise<never>((_, reject) => {
        stop = patience((isStuck) => {
          if (isStuck) reject(new Error(`its files have not come within ${STUCK / 1000} seconds`));
          else if (isLast()) this.#wait();
        });
      });
      const files = Promise.all([loading, supply.shell(again)]);
      let areThere = false;
      try {
        const [w, {live}] = await Promise.race([files, stuck]);
        areThere = true;
        const started = await Promise.race([live(this, this.#root(), name, w, supply, isLast), stuck]);
        if (!isLast()) return this.#start();
        return this.#answer(started);
      } catch (error) {
        if (!isLast()) return this.#start();
        this.#starting = undefined;
        // What has not come may come yet.
        if (!areThere) files.then(() => void (isLast() && this.#start())).catch(() => {});
        const reason = error instanceof Error ? error.message : error;
        const text = `This figure does not answer, because it could not start: ${reason}.`;
        throw this.#fail("start", attempt === 1 ? text : `${text} If trying again does not help, reload the page.`);
      } finally {
        stop();
      }
    }

    #answer(started: Live): Live {
      this.#live = started;
      this.#excuse.remove();
      delete this.dataset.start;
      // It may have been removed meanwhile, or be off screen.
      if (this.#observer && !this.isConnected) this.#live.end();
      else if (this.#near !== undefined) this.#seen();
      this.#awake(this.#live);
      this.#live.began().then(() => {
        this.removeEventListener("click", this.#early);
        this.#pressed?.dispatchEvent(new MouseEvent("click", {bubbles: true}));
      });
      return this.#live;
    }

    #root(): Element | ShadowRoot {
      if (supply.css === undefined) return this;
      const root = this.shadowRoot ?? this.attachShadow({mode: "open"});
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(supply.css);
      root.adoptedStyleSheets = [sheet];
      return root;
    }

    /** Its files are slow. A first frame says so in place of its mark; on a foreign page there is none yet. */
    #wait() {
      this.dataset.start = "late";
      if (!this.querySelector("figure")) this.#excuse.show(this.shadowRoot ?? this, "This figure is still loading.");
    }

    #fail(code: "name" | "start", text: string): Error {
      this.dataset.start = "lost";
      // A child of a shadow host outside its shadow root would not be shown.
      this.#excuse.show(this.shadowRoot ?? this, text, code === "start" ? () => void this.#start(true) : undefined);
      this.dispatchEvent(new CustomEvent("lora-error", {bubbles: true, composed: true, detail: {code, text}}));
      return new Error(text);
    }

    /** Uses the widget: at once if it runs, else after starting it. */
    async #run<T>(use: (live: Live) => T | Promise<T>): Promise<T> {
      return use(this.#live ?? (await this.#start()));
    }

    get name() {
      return this.getAttribute("name") ?? "";
    }
    set name(name) {
      this.setAttribute("name", name);
    }
    get state() {
      return this.#live?.params;
    }
    set state(raw) {
      this.set(raw ?? {}).catch(() => {});
    }
    get value() {
      return this.state;
    }
    get summary() {
      return this.#live?.summary;
    }
    set(raw: Raw, options?: Raw) {
      return this.#run((live) => live.set(raw, options));
    }
    reset() {
      return this.#run((live) => live.reset());
    }
    play() {
      return this.#run((live) => live.play());
    }
    pause() {
      return this.#run((live) => live.pause());
    }
    step() {
      return this.#run((live) => live.step());
    }
    take<T extends keyof Exports>(format: T): Promise<Exports[T]> {
      return this.#run((live) => live.take(format));
    }
    exportSVG() {
      return this.take("svg");
    }
    exportPNG() {
      return this.take("png");
    }
    exportCSV() {
      return this.take("csv");
    }
  };
}
