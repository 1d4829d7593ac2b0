/** The class behind `<lora-widget>`: when it loads and starts its figure, and what a page can ask of it. */
import {makeDeferred} from "./deferred.ts";
import {errorNote, LATE_AFTER, reasonFor} from "./errorNote.ts";
import type {Exports} from "./export/exportAs.ts";
import type {LiveFigure} from "./live/liveFigure.ts";
import {showNotice} from "./live/voice.ts";
import type {LoraWidget, Manner, Supply} from "./loraWidget.ts";
import {requestedSize} from "./plot/room.ts";
import {isRecord} from "./state/packed.ts";
import type {RawParams} from "./state/rawParams.ts";

/** Milliseconds after which a figure is shown, even without its first result. */
const MAX_WAIT = 2000;

/** A sentence on a state that is no object: React and Vue write “[object Object]” until the element is defined. */
const refusedStateText = (value: unknown) =>
  `The state “${String(value).slice(0, 40)}” was left out because it came as text. Set the property state to an object, or write each value as an attribute, such as r="8".`;

/** Makes the class of `<lora-widget name="rank" r="8">`, which starts near the viewport, sleeps off screen, and may be moved or removed. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: holds a class of short methods; HTMLElement exists only in a browser
export function loraWidget(supply: Supply): new () => LoraWidget {
  /** The style sheet of all elements on a foreign page, made for the first. */
  let sheet: CSSStyleSheet | undefined;

  return class Figure extends HTMLElement implements LoraWidget {
    static readonly observedAttributes = ["name", "state", "data-size"];
    #live?: LiveFigure;
    #isBegun = false;
    /** Settles when the figure answers, or cannot start. */
    #ready = makeDeferred<LiveFigure>();
    /** It was asked to start: the reader came near, the page wants it at once, or a program called one of its methods. */
    #isWanted = false;
    /** Counts attempts to start, under whatever name. An attempt that later finds a higher count gives up. */
    #attempt = 0;
    /** The state that was assigned before there was a figure to take it. */
    #earlyState: RawParams = {};
    /** Sentences that the reader is told once there is a figure. */
    #notes: readonly string[] = [];
    /** It is in the viewport or close to it; undefined until the observer has reported. */
    #isNear?: boolean;
    /** The message that the reader sees if the figure does not start. */
    #error?: HTMLElement;
    #observer?: IntersectionObserver;
    /** What the reader pressed before the figure could answer. */
    #pressedElement?: Element;
    /** Settles when the file that was asked for last is made. */
    #fileMade?: Promise<void>;

    connectedCallback() {
      this.#adoptProperties();
      this.#observer = new IntersectionObserver(
        (entries) => {
          this.#isNear = entries.at(-1)!.isIntersecting;
          if (this.#isNear && !this.#live) this.#start();
          else this.#sleepOrWake();
        },
        {rootMargin: "200px"},
      );
      this.#observer.observe(this);
      if (!this.#live) this.addEventListener("click", this.#rememberPress);
      document.addEventListener("visibilitychange", this.#sleepOrWake);
      if (this.#isWanted || this.getAttribute("loading") === "eager") this.#start();
      this.#live?.reconnect();
    }

    disconnectedCallback() {
      this.#observer?.disconnect();
      document.removeEventListener("visibilitychange", this.#sleepOrWake);
      // If it was only moved, it is connected again before this microtask runs.
      queueMicrotask(() => !this.isConnected && this.#live?.end());
    }

    attributeChangedCallback(attribute: string, before: string | null, now: string | null) {
      if (before === now) return;
      if (attribute === "data-size") this.#resize();
      else if (attribute === "state") {
        if (now !== null) this.#tell(refusedStateText(now));
      } else if (this.#isWanted) this.#startAnew();
    }

    /** Passes the size on to the figure; before the start only the first frame's style follows it. */
    #resize() {
      const size = requestedSize(this);
      if (this.#live) this.#live.resize(size);
      else this.querySelector("figure")?.setAttribute("data-size", size);
    }

    /** A property that a page sets before this class is defined hides the accessor of that name, so it is taken off and set anew. */
    #adoptProperties() {
      for (const [name, value] of Object.entries(this)) {
        if (!Object.hasOwn(Figure.prototype, name)) continue;
        Reflect.deleteProperty(this, name);
        Reflect.set(this, name, value);
      }
    }

    /** Remembers a press that nothing can answer yet: on anything before the start, on the picture before its first result. */
    readonly #rememberPress = ({target}: Event) => {
      const pressed = (target as Element).closest("button, [aria-pressed]");
      if (pressed && !pressed.closest(".notice") && (!this.#live || pressed.closest(".picture")))
        this.#pressedElement = pressed;
    };

    /** Off screen and in a hidden page the figure sleeps. */
    readonly #sleepOrWake = () => (this.#isNear && !document.hidden ? this.#live?.wake() : this.#live?.sleep());

    /** Starts the figure unless it is starting. Gives the promise of `ready`; after a new name it gives the new figure. */
    #start(): Promise<LiveFigure> {
      this.#isWanted = true;
      if (!this.#isBegun) {
        if (this.#ready.isSettled) this.#ready = makeDeferred();
        this.#isBegun = true;
        void this.#begin();
      }
      return this.#ready.promise;
    }

    /** Ends the figure and starts the one with the new name. */
    #startAnew() {
      this.#attempt++;
      this.#live?.end();
      this.#live = this.#pressedElement = undefined;
      this.#isBegun = false;
      this.#error?.remove();
      delete this.dataset.start;
      // What the page wrote into the element stays, for readers without scripts.
      (supply.css === undefined ? this : this.shadowRoot)?.replaceChildren();
      if (!this.isConnected) return;
      this.addEventListener("click", this.#rememberPress);
      this.#start();
    }

    /** Makes one attempt to start the figure that the attribute `name` names. */
    async #begin() {
      const name = supply.figureName(this.name);
      const attempt = ++this.#attempt;
      const isLast = () => attempt === this.#attempt;
      if (!name) return this.#fail("name", `There is no widget named “${this.name}”.`);
      const loading = supply.load(name);
      const late = setTimeout(() => {
        if (isLast()) this.#showError("start", "This figure has not loaded yet, so it does not answer.");
      }, LATE_AFTER);
      try {
        const [w, {startFigure}] = await Promise.all([loading, supply.liveFigure()]);
        if (!isLast()) return;
        const notes = [...(supply.notes ?? []), ...this.#notes];
        const place = this.#place();
        const figure = await startFigure(this, place, name, w, {...supply, notes}, isLast);
        if (!isLast()) return figure.end();
        // The message that the figure is late may have replaced its box.
        if (place !== this && !place.parentNode) this.shadowRoot!.replaceChildren(place);
        this.#connect(figure);
      } catch (error) {
        if (isLast()) this.#fail("start", `This figure could not start: ${reasonFor(error)}.`);
      } finally {
        clearTimeout(late);
      }
    }

    /** The figure answers from now on. */
    #connect(figure: LiveFigure) {
      this.#live = figure;
      this.#error?.remove();
      delete this.dataset.start;
      // It may have been removed meanwhile, or be off screen.
      if (this.#observer && !this.isConnected) figure.end();
      else if (this.#isNear !== undefined) this.#sleepOrWake();
      if (Object.keys(this.#earlyState).length) figure.set(this.#earlyState);
      this.#earlyState = {};
      this.#notes = [];
      const box = this.shadowRoot?.firstElementChild;
      const show = () => box?.removeAttribute("data-coming");
      setTimeout(show, MAX_WAIT);
      const press = () => this.#pressedElement?.dispatchEvent(new MouseEvent("click", {bubbles: true}));
      // Only the picture has to wait for its first result.
      if (!this.#pressedElement?.closest(".picture")) {
        press();
        this.#pressedElement = undefined;
      }
      figure.announceReady().then(() => {
        show();
        this.removeEventListener("click", this.#rememberPress);
        press();
      });
      this.#ready.resolve(figure);
    }

    /**
     * The element to draw the figure in. On a foreign page it is a new box in the shadow root: the page's direction, language and
     * custom properties stop there, and a start that was overtaken draws into a box that is gone.
     */
    #place(): Element {
      if (supply.css === undefined) return this;
      const root = this.shadowRoot ?? this.attachShadow({mode: "open"});
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(supply.css);
      }
      root.adoptedStyleSheets = [sheet];
      const box = document.createElement("div");
      Object.assign(box, {className: "enclosure", lang: "en", dir: "ltr"});
      // Hidden until it is drawn, so that the reader does not see its parts shift.
      box.setAttribute("data-coming", "");
      root.replaceChildren(box);
      return box;
    }

    /** Says in place of the figure, or below its first frame, why it does not answer, and tells the host. */
    #showError(code: "name" | "start", text: string) {
      this.dataset.start = "lost";
      this.#error?.remove();
      this.#error = errorNote(document, text, code === "start");
      // A child of a shadow host is not shown without a slot. The link that the page wrote is shown again.
      const place = this.shadowRoot ? this.#place() : this;
      (place.querySelector("figure") ?? place).append(this.#error);
      if (place !== this) place.append(document.createElement("slot"));
      this.dispatchEvent(new CustomEvent("lora-error", {bubbles: true, composed: true, detail: {code, text}}));
    }

    /** Says why the figure will not start, to the reader and to whoever awaits it. */
    #fail(code: "name" | "start", text: string) {
      this.#showError(code, text);
      this.#ready.reject(new Error(text));
    }

    /** Tells the reader a sentence, now or when the figure starts. */
    #tell(sentence: string) {
      if (this.#live) showNotice(this.#live.parts.notice, [sentence]);
      else this.#notes = [sentence];
    }

    /** Calls `use` with the figure, once it has started and the file that is being made is done. Starts it if need be. */
    async #run<T>(use: (live: LiveFigure) => T | Promise<T>): Promise<T> {
      if (this.#fileMade) await this.#fileMade;
      return use(this.#live ?? (await this.#start()));
    }

    get name() {
      return this.getAttribute("name") ?? "";
    }
    set name(name) {
      this.setAttribute("name", name);
    }
    get ready() {
      return this.#ready.promise;
    }
    get state() {
      return this.#live?.params;
    }
    set state(raw: RawParams | undefined) {
      // Frameworks write null or nothing where there is no state.
      if ((raw ?? undefined) === undefined) return;
      if (!isRecord(raw)) this.#tell(refusedStateText(raw));
      else if (this.#live) this.set(raw).catch(() => {});
      else this.#earlyState = {...this.#earlyState, ...raw};
    }
    get value() {
      return this.state;
    }
    set value(raw) {
      this.state = raw;
    }
    get summary() {
      return this.#live?.summary;
    }
    foresee(raw: RawParams, from: RawParams) {
      return this.#live?.foresee(raw, from);
    }
    set(raw: RawParams, options?: RawParams, manner?: Manner) {
      return this.#run((live) => live.set(raw, options, manner));
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
      const file = this.#run((live) => live.take(format));
      // A file is of the state in which it was asked for, so later calls wait until it is made.
      const forget = () => {
        if (this.#fileMade === fileMade) this.#fileMade = undefined;
      };
      const fileMade = file.then(forget, forget);
      this.#fileMade = fileMade;
      return file;
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
