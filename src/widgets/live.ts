import {keepAddress} from "./addressed.ts";
import {type Attributes, attributesOf, follow} from "./attributes.ts";
import {type AnyParams, type Control, inSight} from "./controls.ts";
import {dress} from "./dress.ts";
import {read, show} from "./form.ts";
import {granted} from "./granted.ts";
import {note} from "./notice.ts";
import {options as common, readOptions} from "./options.ts";
import {differences, type Parsed, parse} from "./parse.ts";
import type {Place} from "./place.ts";
import type {Player} from "./player.ts";
import {annotate, type Parts, skeleton, tabulate} from "./skeleton.ts";
import type {Taking} from "./take.ts";
import {type Reason, teller, tell as tellHost} from "./told.ts";
import {rove, type Tool} from "./toolbar.ts";
import type {Act, AnyWidget} from "./widget.ts";

export type {Taking};
export type Raw = Readonly<Record<string, unknown>>;

export interface Live {
  readonly params: AnyParams;
  readonly summary: string;
  /** Takes raw values, and common parameters, through the same gate as the URL. What could not be taken is said, and given. */
  set(raw: Raw, options?: Raw): readonly string[];
  reset(): void;
  play(): void;
  pause(): void;
  step(): void;
  /** What the toolbar's buttons save, once there is a result. Rejects where the page's policy allows no picture. */
  take<T extends keyof Taking>(format: T): Promise<Taking[T]>;
  /** Off screen or hidden: what runs waits. */
  sleep(): void;
  wake(): void;
  /** Removed: what runs ends; put back, the widget starts that run anew. */
  end(): void;
  back(): void;
  readonly parts: Parts;
}

type Cause = "start" | "typing" | "reader" | "host" | "animation";

const reasonOf = (cause: Cause): Reason | undefined =>
  cause === "host" || cause === "animation" ? cause : cause === "start" ? undefined : "user";

/** Milliseconds after the last change before the sentence is spoken. */
const SETTLE = 500;

/** Brings the (prerendered or empty) figure in `root` to life: form → compute → draw. */
export async function live(
  host: HTMLElement,
  root: Element | ShadowRoot,
  name: string,
  w: AnyWidget,
  place: Place,
): Promise<Live> {
  const gate = (raw: Raw, base?: AnyParams): Parsed => parse(w.controls, raw, {base, boundsOf: w.bounds});
  const written = attributesOf(host);
  const search = Object.fromEntries(new URLSearchParams(place.addressed ? location.search : ""));
  const attributes = gate(written);
  const initial = attributes.params;
  const wasThere = !!root.querySelector("form");
  const parts = skeleton(root as Element, w, initial, host.getAttribute("figure") ?? undefined);
  const {form, clock, picture, notice, spoken, data, figure} = parts;
  const forms = clock ? [form, clock] : [form];
  const verdict = figure.querySelector(".verdict")!;

  let params = initial;
  let options = readOptions({}).params;
  let grants = granted(w.controls, options);
  /** What a reader may not change by any means: not in the form, not in the picture, not by a reset. */
  const fixed = (raw: Raw) => ({...raw, ...Object.fromEntries(grants.fixed.map((name) => [name, params[name]]))});
  // Undefined until a heavy widget's worker has given its first snapshot; till then the prerendered frame stands.
  let result: unknown;
  let latest: Cause = "start";
  let settle: ReturnType<typeof setTimeout> | undefined;
  // What was said after the latest change is heard in place of the sentence.
  let said = false;
  let drawn: () => void;
  const first = new Promise<void>((resolve) => {
    drawn = resolve;
  });

  const act: Act = {
    set: (values) => set(fixed(typeof values === "function" ? values(params) : values), "reader"),
    say: (sentence) => tell([sentence]),
  };
  const told = teller(host, w, initial);
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");

  let player: Player | undefined;
  const loading = w.player?.().then((module) => {
    player = module.player({
      parts,
      name,
      w,
      means: place,
      show: (snapshot) => paint(snapshot, latest),
      set: (values) => void set(values, latest),
      fail(reason) {
        const text = `The run stopped: ${reason}. Reset brings back a working state.`;
        tell([text]);
        tellHost(host, "error", {code: "run", text});
      },
      still: () => reduced.matches || options.motion === "reduce",
    });
    return player;
  });
  loading?.catch((error) => tell([`What plays this figure did not load: ${error}. Reload the page to try again.`]));
  if (w.recording) picture.setAttribute("aria-busy", "true");
  /** At once when it is there, else in its turn once it is loaded. */
  const withPlayer = (use: (player: Player) => void) =>
    player ? use(player) : void loading?.then(use).catch(() => undefined);
  const press = (tool: "play" | "step" | "restart", cause: Cause) => {
    latest = tool === "play" ? "animation" : cause;
    withPlayer((player) => player.press(tool, params));
  };

  /** The state as it is put in words and in the form: where answers are not to be told, without what gives them away. */
  const shown = () => (options.answers === "0" ? (w.withheld?.(params) ?? params) : params);
  const summary = () => figure.querySelector(".sentence")!.textContent ?? "";

  function paint(next: unknown, cause: Cause) {
    result = next;
    w.draw(picture, result, params, act);
    annotate(parts, w, result, shown());
    if (data.open) tabulate(parts, w.table(result, shown()));
    drawn();
    const isMet = w.challenge.met(result, params);
    if (isMet && !verdict.textContent) verdict.textContent = " You have met it.";
    told.drawn(result, params, summary(), reasonOf(cause), isMet);
    if (cause === "start") return;
    clearTimeout(settle);
    said = false;
    settle = setTimeout(() => {
      const text = `${summary()}${isMet && options.answers === "1" ? " The challenge is met." : ""}`;
      if (!said) spoken.textContent = text;
      if (place.addressed) keepAddress(w.controls, params);
      if (root !== host) attending.write(reflected);
      told.settled(text);
    }, SETTLE);
  }

  /** Makes the form show the state; a field being typed in keeps its text. */
  function fill(isTyping = false) {
    const told = shown();
    const hidden = Object.entries<Control>(w.controls).flatMap(([name, control]) =>
      inSight(control, told) ? [] : [name],
    );
    show(forms, w.controls, params, w.bounds?.(params) ?? {}, {
      // In a shadow root the document's active element is the host.
      typing: isTyping ? (root.getRootNode() as Document | ShadowRoot).activeElement : null,
      locked: [...(w.locked?.(params) ?? []), ...grants.locked],
      unseen: [...grants.unseen, ...hidden],
    });
  }

  function update(cause: Cause, raw: Raw = read(forms), isFresh = false): readonly string[] {
    latest = cause;
    const parsed = gate(raw, params);
    params = parsed.params;
    if (options.predict !== "auto" && w.asks)
      params = gate({...params, ...w.asks(options.predict === "1", params, isFresh)}, params).params;
    fill(cause === "typing");
    if (cause !== "typing" && cause !== "start") tell(parsed.notes);
    if (loading) withPlayer((player) => player.restart(params));
    else paint(w.compute!(params), cause);
    return parsed.notes;
  }

  const set = (raw: Raw, cause: Cause, isFresh = false) => update(cause, {...params, ...raw}, isFresh);

  function reset(start: Raw, cause: Cause) {
    verdict.textContent = "";
    params = gate(start, initial).params;
    update(cause, start, true);
  }

  /** Takes common parameters; gives what could not be taken, and what is held. */
  function configure(raw: Raw): string[] {
    const asked = readOptions(raw, options);
    options = asked.params;
    grants = granted(w.controls, options);
    dress(parts, options);
    // A run whose clock is held has nothing to play.
    const isHeld = grants.locked.includes(w.recording?.clock ?? "");
    for (const button of figure.querySelectorAll<HTMLButtonElement>(".time > button")) button.disabled = isHeld;
    return [...asked.notes, ...grants.notes];
  }

  /** A host's word: parameters, and those of every widget. What runs goes on when only its looks change. */
  function heed(raw: Raw, asked: Raw): readonly string[] {
    const isAsked = Object.keys(common).some((name) => Object.hasOwn(asked, name));
    const notes = isAsked ? configure(asked) : [];
    if (Object.keys(raw).length || Object.hasOwn(asked, "predict")) notes.push(...set(raw, "host", isAsked));
    else if (isAsked) {
      fill();
      if (result !== undefined) paint(result, "start");
    }
    if (isAsked) tell(notes);
    return notes;
  }

  /** The state as attributes: what is not as it starts, and what is there already. */
  const reflected = (): Attributes => {
    const names = Object.keys(w.controls).filter((name) => host.hasAttribute(name));
    return {
      ...Object.fromEntries(names.map((name) => [name, String(params[name])])),
      ...differences(w.controls, params),
    };
  };
  const attending = follow(host, (changes) => {
    const raw = Object.entries(changes).filter(([name]) => Object.hasOwn(w.controls, name));
    heed(Object.fromEntries(raw.map(([name, text]) => [name, text ?? w.controls[name].value])), changes);
  });

  function tell(notes: readonly string[]) {
    note(notice, notes);
    if (!notes.length) return;
    said = true;
    spoken.textContent = notes.join(" ");
  }

  for (const one of forms) {
    one.addEventListener("input", ({target}) =>
      update(target instanceof HTMLInputElement && target.type === "number" ? "typing" : "reader"),
    );
    one.addEventListener("change", () => update("reader"));
    one.addEventListener("submit", (event) => event.preventDefault());
  }
  // The host hears the widget's own, once there is a state to read.
  for (const type of ["input", "change"]) figure.addEventListener(type, (event) => event.stopPropagation());
  data.addEventListener("toggle", () => data.open && result !== undefined && tabulate(parts, w.table(result, shown())));
  for (const bar of figure.querySelectorAll<HTMLElement>(":scope > .tools, :scope > .time")) {
    rove(bar);
    bar.addEventListener("click", async ({target}) => {
      const tool = (target as Element).closest<HTMLElement>("[data-do]")?.dataset.do as Tool | undefined;
      if (!tool) return;
      if (tool === "reset") reset(fixed(initial), "reader");
      else if (tool === "play" || tool === "step" || tool === "restart") press(tool, "reader");
      else if (result !== undefined)
        await import("./take.ts")
          .then(({take}) => take(tool, taking(), (text) => tell([text])))
          .catch((error) => tell([`This could not be done: ${error.message}. Press again to try anew.`]));
    });
  }
  const taking = () => ({parts, name, w, params: shown(), result, place});

  const query = place.addressed ? gate(search, initial) : null;
  const start =
    query && Object.keys(differences(w.controls, query.params)).length
      ? query.params
      : wasThere
        ? read(forms)
        : initial;
  const notes = configure({...written, ...search});
  update("start", {...start}, true);
  tell([...attributes.notes, ...(query?.notes ?? []), ...notes, ...(place.notes ?? [])]);
  queueMicrotask(() =>
    tellHost(host, "ready", {
      state: params,
      summary: summary(),
      height: host.offsetHeight,
      version: import.meta.env.PUBLIC_VERSION,
    }),
  );

  return {
    parts,
    get params() {
      return params;
    },
    get summary() {
      return summary();
    },
    set: (raw, asked = {}) => heed(raw, asked),
    reset: () => reset(initial, "host"),
    play: () => withPlayer((player) => player.isPlaying() || press("play", "host")),
    pause: () => withPlayer((player) => player.isPlaying() && press("play", "host")),
    step: () => press("step", "host"),
    async take(format) {
      await first;
      return (await import("./take.ts")).taken(format, taking());
    },
    sleep: () => withPlayer((player) => player.sleep()),
    wake: () => withPlayer((player) => player.wake()),
    back: attending.back,
    end() {
      clearTimeout(settle);
      told.end();
      attending.end();
      withPlayer((player) => player.end());
    },
  };
}
