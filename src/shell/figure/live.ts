import {type Cause, reasonOf} from "../cause.ts";
import type {AnyParams} from "../controls.ts";
import type {Live} from "../handle.ts";
import {type Parsed, parse} from "../parse.ts";
import type {Place} from "../place.ts";
import {isCommon, type Raw} from "../state/asked.ts";
import type {Following} from "../state/attributes.ts";
import {given} from "../state/given.ts";
import type {Wishes} from "../state/wishes.ts";
import type {Taking} from "../take/take.ts";
import {turns} from "../turns.ts";
import type {Act, AnyWidget} from "../widget.ts";
import {computing} from "./computing.ts";
import {read, show} from "./form.ts";
import {note} from "./notice.ts";
import {annotate, skeleton} from "./skeleton.ts";
import {tabulate} from "./tabulate.ts";
import {teller, tell as tellHost} from "./told.ts";
import {rove} from "./toolbar.ts";

export type {Live, Raw, Taking};

/** Milliseconds after the last change before the sentence is spoken. */
const SETTLE = 500;

/**
 * Brings the (prerendered or empty) figure in `root` to life: form → compute → draw. Below stand what it consists of, each
 * piece of state with what moves it, then how it starts, and last what its element can do with it.
 */
export async function live(
  host: HTMLElement,
  root: Element | ShadowRoot,
  name: string,
  w: AnyWidget,
  place: Place,
): Promise<Live> {
  const gate = (raw: Raw, base?: AnyParams): Parsed => parse(w.controls, raw, {base, boundsOf: w.bounds});
  const {known, raw, initial, opening, notes} = await given(host, w.controls, place, gate);
  const wasThere = !!root.querySelector("form");
  const parts = skeleton(root as Element, w, initial, host.getAttribute("figure") ?? "");
  const {form, clock, picture, notice, spoken, data, figure} = parts;
  const verdict = figure.querySelector(".verdict")!;

  // What is asked of the figure beside its parameters, and what follows from it for them. Words that come are heeded in turn.

  const inTurn = turns();
  let wished: Partial<Wishes> = {};

  /** Takes common parameters; gives what could not be taken, and what is held. */
  async function configure(raw: Raw): Promise<readonly string[]> {
    if (!Object.keys(raw).some(isCommon)) return [];
    wished = await import("../state/wishes.ts").then((it) => it.wishes(raw, wished, w, parts));
    return wished.notes!;
  }
  /** What a reader may not change by any means: not in the form, not in the picture, not by a reset. */
  const fixed = (raw: Raw) => ({
    ...raw,
    ...Object.fromEntries((wished.fixed ?? []).map((name) => [name, params[name]])),
  });
  /** The state as it is put in words and in the form: where answers are not to be told, without what gives them away. */
  const shown = () => (wished.options?.answers === "0" ? (w.withheld?.(params) ?? params) : params);

  // The state: the form, and what came out of it through the gate.

  const forms = clock ? [form, clock] : [form];
  let params = initial;

  /** Makes the form show the state; a field being typed in keeps its text. */
  function fill(isTyping = false) {
    show(forms, w.controls, params, w.bounds?.(params) ?? {}, {
      // In a shadow root the document's active element is the host.
      typing: isTyping ? (root.getRootNode() as Document | ShadowRoot).activeElement : null,
      locked: [...(w.locked?.(params) ?? []), ...(wished.locked ?? [])],
      unseen: wished.unseen,
      seen: shown(),
    });
  }
  function update(cause: Cause, raw: Raw = read(forms), isFresh = false): readonly string[] {
    const before = params;
    const parsed = gate(raw, params);
    params = parsed.params;
    const predict = wished.options?.predict ?? "auto";
    if (predict !== "auto" && w.asks)
      params = gate({...params, ...w.asks(predict === "1", params, isFresh)}, params).params;
    fill(cause === "typing");
    if (cause !== "typing" && cause !== "start") tell(parsed.notes);
    // A field that is left says what it said while it moved.
    if (isFresh || Object.keys(params).some((name) => params[name] !== before[name])) renew(cause);
    return parsed.notes;
  }
  function set(raw: Raw, cause: Cause, isFresh?: boolean) {
    return update(cause, {...params, ...raw}, isFresh);
  }
  function reset(start: Raw, cause: Cause) {
    verdict.textContent = "";
    params = gate(start, initial).params;
    update(cause, start, true);
  }

  // Where results come from: at once, or from runs.

  const [run, press, renew, first] = computing(
    host,
    {
      parts,
      name,
      w,
      means: place,
      say: speak,
      still: () => matchMedia("(prefers-reduced-motion: reduce)").matches || wished.options?.motion === "reduce",
    },
    () => params,
    set,
    paint,
    tell,
  );

  // The result: what is seen of it at once, and what follows when nothing has moved for a while.

  // Undefined until a heavy widget's worker has given its first snapshot; till then the prerendered frame stands.
  let result: unknown;
  /** Taken away before it was shown, or of a run that may not be whole. */
  let isOwed = false;
  let settle: ReturnType<typeof setTimeout> | undefined;
  let attending: Following | undefined;
  const summary = () => figure.querySelector(".sentence")!.textContent!;
  const told = teller(host, w, initial);
  const act: Act = {
    set(values, sentence) {
      set(fixed(typeof values === "function" ? values(params) : values), "reader");
      if (sentence) speak(sentence);
    },
    say: (sentence) => tell([sentence]),
  };

  function paint(next: unknown, cause: Cause, isOwn = false) {
    result = next;
    w.draw(picture, result, params, act);
    annotate(parts, w, result, shown());
    table();
    const isMet = w.challenge.met(result, params);
    if (isMet) verdict.textContent ||= " You have met it.";
    told.drawn(result, params, summary(), reasonOf(cause), isOwn, isMet);
    if (cause === "start") return;
    clearTimeout(settle);
    said = false;
    settle = setTimeout(settled, SETTLE, isMet);
  }
  function table() {
    if (data.open && result !== undefined) tabulate(parts, w.table(result, shown()));
  }
  function settled(isMet: boolean) {
    // Out of sight where answers are not to be told, and where the challenge is left out.
    const text = `${summary()}${isMet && !verdict.closest("[hidden]") ? " The challenge is met." : ""}`;
    // A run on its way says by itself how far it is.
    if (!(said || run.isPlaying())) speak(text);
    void toPaper();
    // A chapter pays for none of it. Where it does not come the state stays in the form.
    if (place.addressed && !place.framed)
      import("../state/addressed.ts").then((it) => it.keepAddress(w.controls, params)).catch(() => {});
    attending?.write(() => params);
    told.settled(text);
  }
  /** The line that is printed is written when the state has settled, and what writes it comes then. */
  const toPaper = () =>
    import("./onPaper.ts")
      .then((it) => it.writeOnPaper(figure, w, shown(), `${place.home}widgets/${name}/${place.index ?? ""}`))
      .catch(() => {});

  // What is said: seen in the note, heard from the live region.

  /** What was said after the latest change is heard in place of the sentence. */
  let said = false;

  function tell(notes: readonly string[]) {
    note(notice, notes);
    if (notes.length) speak(notes.join(" "));
  }
  function speak(sentence: string) {
    said = true;
    spoken.textContent = sentence;
  }

  // What takes the figure away, once there is something to take.

  const tools = (isNow = false) => Promise.all([import("../take/take.ts"), isNow || first.wait()]);
  const taking = () => ({parts, name, w, params: shown(), result, place});

  // A host's word.

  /** Parameters, and those of every widget. What runs goes on when only its looks change. */
  async function hear(raw: Raw, asked: Raw = {}): Promise<readonly string[]> {
    const isAsked = Object.keys(asked).some(isCommon);
    return inTurn(async () => {
      const notes = isAsked ? [...(await configure(asked))] : [];
      if (Object.keys(raw).length || Object.hasOwn(asked, "predict")) notes.push(...set(raw, "host", isAsked));
      else if (isAsked) {
        fill();
        if (result !== undefined) paint(result, "start");
      }
      if (isAsked) tell(notes);
      return notes;
    }, isAsked);
  }

  // How it starts: what loads, who is listened to, the first result.

  if (w.recording) picture.setAttribute("aria-busy", "true");
  // On a page that is not ours no frame came with the figure.
  if (run.isHeavy && !wasThere) figure.querySelector(".sentence")!.textContent = "The first run is on its way.";
  // What loads comes before any listener: a start that fails is tried again on the same nodes.
  const attributesModule = await place.attributes?.();
  const wishNotes = await configure(raw);
  // Between what came before, the first result and its drawing the page may paint and answer. A model remembers what took it long.
  const pause = () => new Promise((resolve) => setTimeout(resolve));
  await pause();
  w.compute?.(gate(opening ?? read(forms), initial).params);
  await pause();
  for (const one of forms) {
    one.addEventListener("input", ({target}) =>
      update((target as HTMLInputElement).type === "number" ? "typing" : "reader"),
    );
    one.addEventListener("change", () => update("reader"));
    one.addEventListener("submit", (event) => event.preventDefault());
  }
  // The host hears the widget's own, once there is a state to read.
  for (const type of ["change", "input"]) figure.addEventListener(type, (event) => event.stopPropagation());
  data.addEventListener("toggle", table);
  for (const bar of figure.querySelectorAll<HTMLElement>(":scope > .tools, :scope > .time"))
    rove(bar, (tool) => {
      if (tool === "reset") reset(fixed(initial), "reader");
      else if (tool === "play" || tool === "step" || tool === "restart") press(tool, "reader");
      else
        tools(tool === "embed" || tool === "link")
          .then(([{take}]) => take(tool, taking, (text) => tell([text])))
          .catch((error) => tell([`This could not be done: ${error.message}. Press again to try anew.`]));
    });
  // What the reader did meanwhile stands in the form, as does what a browser brings back; only an address says more than it.
  const meanwhile = Object.entries(read(forms)).filter(([name, value]) => !opening && value !== String(initial[name]));
  update("start", opening ?? initial, true);
  set(Object.fromEntries(meanwhile), figure.matches(":focus-within") ? "reader" : "start");
  if (!wasThere || opening) void toPaper();
  tell([...notes, ...wishNotes, ...(place.notes ?? [])]);
  attending = attributesModule?.follow(host, w.controls, known, hear, tell);

  // What its element can do with it.

  return {
    parts,
    async began() {
      await first.wait().catch(() => {});
      const version = import.meta.env.PUBLIC_VERSION;
      tellHost(host, "ready", {state: params, summary: summary(), height: host.offsetHeight, version});
    },
    get params() {
      return params;
    },
    get summary() {
      return summary();
    },
    set: hear,
    reset: () => inTurn(() => reset(initial, "host")),
    play: () => inTurn(() => run.do((player) => player.isPlaying() || press("play", "host"))),
    pause: () => inTurn(() => run.do((player) => player.isPlaying() && press("play", "host"))),
    step: () => inTurn(() => press("step", "host")),
    // What changes the figure waits until the file is made.
    take: async (format) => inTurn(() => tools().then(([{taken}]) => taken(format, taking)), true),
    sleep: () => run.do((player) => player.sleep()),
    wake: () => run.do((player) => player.wake()),
    back() {
      attending?.back();
      if (!isOwed) return;
      isOwed = false;
      renew("start");
    },
    end() {
      isOwed = first.lose("The figure was taken away.") || result === undefined || !!w.recording;
      clearTimeout(settle);
      told.end();
      attending?.end();
      run.do((player) => player.end());
    },
  };
}
