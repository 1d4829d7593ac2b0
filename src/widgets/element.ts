import type {Live} from "./live.ts";
import type {Place} from "./place.ts";
import type {AnyWidget} from "./widget.ts";

export interface Supply extends Place {
  /** The widget of that name, or undefined where there is none. */
  load(name: string): Promise<AnyWidget> | undefined;
  /** The shell, apart from the element so that a page pays for it when a widget comes near. */
  shell(): Promise<typeof import("./live.ts")>;
  /** On a foreign page: our style sheet, for a shadow root that keeps the host's CSS out and ours in. */
  css?: string;
}

/** `<lora-widget name="rank" r="8">`: starts when it comes near the viewport, sleeps off screen, may be moved or removed. */
export function loraWidget(supply: Supply): CustomElementConstructor {
  return class LoraWidget extends HTMLElement {
    #live?: Live;
    #starting = false;
    #near = false;
    #observer?: IntersectionObserver;
    #awake!: (live: Live) => void;
    /** Settles when the widget answers. */
    readonly ready = new Promise<Live>((resolve) => {
      this.#awake = resolve;
    });

    connectedCallback() {
      this.#observer = new IntersectionObserver(
        (entries) => {
          this.#near = entries.at(-1)!.isIntersecting;
          if (this.#near && !this.#live) void this.#start();
          else this.#seen();
        },
        {rootMargin: "200px"},
      );
      this.#observer.observe(this);
      document.addEventListener("visibilitychange", this.#seen);
      if (this.getAttribute("loading") === "eager") void this.#start();
    }

    disconnectedCallback() {
      this.#observer?.disconnect();
      document.removeEventListener("visibilitychange", this.#seen);
      // Moved, it is connected again before this microtask runs.
      queueMicrotask(() => !this.isConnected && this.#live?.end());
    }

    readonly #seen = () => (this.#near && !document.hidden ? this.#live?.wake() : this.#live?.sleep());

    async #start() {
      if (this.#starting) return;
      this.#starting = true;
      const name = this.getAttribute("name") ?? "";
      const loading = supply.load(name);
      if (!loading) return this.#excuse(`There is no widget named “${name}”.`);
      try {
        const [w, {live}] = await Promise.all([loading, supply.shell()]);
        this.#live = live(this, this.#root(), name, w, supply);
        this.#awake(this.#live);
      } catch (error) {
        this.#starting = false;
        this.#excuse(
          `The figure could not start: ${error instanceof Error ? error.message : error}. Reload the page to try again.`,
        );
      }
    }

    #root(): Element | ShadowRoot {
      if (supply.css === undefined) return this;
      const root = this.shadowRoot ?? this.attachShadow({mode: "open"});
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(supply.css);
      root.adoptedStyleSheets = [sheet];
      return root;
    }

    #excuse(sentence: string) {
      const note = document.createElement("p");
      note.setAttribute("role", "alert");
      note.textContent = sentence;
      // A light child of a shadow host is not shown.
      (this.shadowRoot ?? this).append(note);
    }

    /** The state as the URL would carry it; assigning takes it through the same gate. */
    get state() {
      return this.#live?.params;
    }
    set state(raw) {
      void this.set(raw ?? {});
    }
    get value() {
      return this.state;
    }
    /** The result as a sentence. */
    get summary() {
      return this.#live?.summary;
    }
    async set(raw: Readonly<Record<string, unknown>>) {
      if (!this.#live) void this.#start();
      (await this.ready).set(raw);
    }
    async reset() {
      (await this.ready).reset();
    }
  };
}
