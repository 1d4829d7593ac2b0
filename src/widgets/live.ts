import {address} from "./address.ts";
import type {AnyParams} from "./controls.ts";
import {read, show} from "./form.ts";
import {type Granted, granted} from "./granted.ts";
import {differences, type Parsed, parse} from "./parse.ts";
import type {Place} from "./place.ts";
import type {Player} from "./player.ts";
import {annotate, type Parts, skeleton, tabulate} from "./skeleton.ts";
import {rove, type Tool} from "./toolbar.ts";
import type {Act, AnyWidget} from "./widget.ts";

export interface Live {
  readonly params: AnyParams;
  readonly summary: string;
  /** Takes raw values through the same gate as the URL; what could not be taken is said. */
  set(raw: Readonly<Record<string, unknown>>): void;
  reset(): void;
  /** Off screen or hidden: what runs waits. */
  sleep(): void;
  wake(): void;
  /** Removed: what runs ends; put back, the widget starts that run anew. */
  end(): void;
  readonly parts: Parts;
}

type Cause = "start" | "typing" | "reader" | "host";

/** Milliseconds after the last change before the sentence is spoken. */
const SETTLE = 500;

/** Brings the (prerendered or empty) figure in `root` to life: form → compute → draw. */
export function live(host: HTMLElement, root: Element | ShadowRoot, name: string, w: AnyWidget, place: Place): Live {
  const gate = (raw: Readonly<Record<string, unknown>>, base?: AnyParams): Parsed =>
    parse(w.controls, raw, {base, boundsOf: w.bounds});
  const attributes = gate(Object.fromEntries(Array.from(host.attributes, ({name, value}) => [name, value])));
  const initial = attributes.params;
  const wasThere = !!root.querySelector("form");
  const parts = skeleton(root as Element, w, initial, host.getAttribute("figure") ?? undefined);
  const {form, clock, picture, notice, spoken, data} = parts;
  const forms = clock ? [form, clock] : [form];

  const search = new URLSearchParams(place.addressed ? location.search : "");
  const {locked, unseen, notes: grants}: Granted = granted(w.controls, search);
  /** What a reader may not change by any means: not in the form, not in the picture, not by a reset. */
  const fixed = (raw: Readonly<Record<string, unknown>>) => ({
    ...raw,
    ...Object.fromEntries(locked.map((name) => [name, params[name]])),
  });

  let params = initial;
  // Undefined until a heavy widget's worker has given its first snapshot; till then the prerendered frame stands.
  let result: unknown;
  let latest: Cause = "start";
  let settle: ReturnType<typeof setTimeout> | undefined;
  // What was said after the latest change is heard in place of the sentence.
  let said = false;

  const act: Act = {
    set: (values) => set(typeof values === "function" ? values(params) : values, "reader"),
    say: (sentence) => tell([sentence]),
  };

  let player: Player | undefined;
  const loading = w.player?.().then((module) => {
    const show = (snapshot: unknown) => paint(snapshot, latest);
    player = module.player({parts, name, w, means: place, show, set: act.set, tell});
    return player;
  });
  loading?.catch((error) => tell([`What plays this figure did not load: ${error}. Reload the page to try again.`]));
  if (w.recording) picture.setAttribute("aria-busy", "true");
  /** At once when it is there, else in its turn once it is loaded. */
  const withPlayer = (use: (player: Player) => void) =>
    player ? use(player) : void loading?.then(use).catch(() => undefined);

  function paint(next: unknown, cause: Cause) {
    result = next;
    w.draw(picture, result, params, act);
    annotate(parts, w, result, params, address({name, w, params, home: place.home}));
    if (data.open) tabulate(parts, w.table(result, params));
    const met = w.challenge.met(result, params);
    const verdict = parts.figure.querySelector(".verdict")!;
    if (met && !verdict.textContent) verdict.textContent = " You have met it.";
    if (cause === "start") return;
    clearTimeout(settle);
    said = false;
    settle = setTimeout(() => {
      const summary = `${w.summary(result, params)}${met ? " The challenge is met." : ""}`;
      if (!said) spoken.textContent = summary;
      if (place.addressed) remember(w, params);
      host.dispatchEvent(
        new CustomEvent("lora-change", {
          bubbles: true,
          composed: true,
          detail: {state: params, summary},
        }),
      );
    }, SETTLE);
  }

  function update(cause: Cause, raw: Readonly<Record<string, unknown>> = read(forms)) {
    latest = cause;
    const parsed = gate(raw, params);
    params = parsed.params;
    // In a shadow root the document's active element is the host.
    const typing = cause === "typing" ? (root.getRootNode() as Document | ShadowRoot).activeElement : null;
    show(forms, w.controls, params, w.bounds?.(params) ?? {}, {
      typing,
      locked: [...(w.locked?.(params) ?? []), ...locked],
      unseen,
    });
    if (cause !== "typing" && cause !== "start") tell(parsed.notes);
    if (loading) withPlayer((player) => player.restart(params));
    else paint(w.compute!(params), cause);
  }

  const set = (raw: Readonly<Record<string, unknown>>, cause: Cause) =>
    update(cause, {...params, ...(cause === "reader" ? fixed(raw) : raw)});

  function reset() {
    parts.figure.querySelector(".verdict")!.textContent = "";
    const start = fixed(initial);
    params = gate(start, initial).params;
    update("reader", start);
  }

  function tell(notes: readonly string[]) {
    notice.hidden = !notes.length;
    notice.textContent = notes.join(" ");
    if (!notes.length) return;
    const dismiss = notice.ownerDocument.createElement("button");
    dismiss.type = "button";
    dismiss.textContent = "Dismiss";
    dismiss.onclick = () => tell([]);
    notice.append(dismiss);
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
  data.addEventListener("toggle", () => data.open && result !== undefined && tabulate(parts, w.table(result, params)));
  for (const bar of parts.figure.querySelectorAll<HTMLElement>(":scope > .tools, :scope > .time")) {
    rove(bar);
    bar.addEventListener("click", async ({target}) => {
      const tool = (target as Element).closest<HTMLElement>("[data-do]")?.dataset.do as Tool | undefined;
      if (!tool) return;
      if (tool === "reset") reset();
      else if (tool === "play" || tool === "step" || tool === "restart") {
        latest = "reader";
        withPlayer((player) => player.press(tool, params));
      } else if (result !== undefined)
        (await import("./take.ts")).take(tool, {parts, name, w, params, result, place, say: (text) => tell([text])});
    });
  }

  const query = place.addressed ? gate(Object.fromEntries(search), initial) : null;
  const start =
    query && Object.keys(differences(w.controls, query.params)).length
      ? query.params
      : wasThere
        ? read(forms)
        : initial;
  update("start", {...start});
  tell([...attributes.notes, ...(query?.notes ?? []), ...grants]);

  return {
    parts,
    get params() {
      return params;
    },
    get summary() {
      return parts.figure.querySelector(".sentence")!.textContent ?? "";
    },
    set: (raw) => set(raw, "host"),
    reset,
    sleep: () => withPlayer((player) => player.sleep()),
    wake: () => withPlayer((player) => player.wake()),
    end() {
      clearTimeout(settle);
      withPlayer((player) => player.end());
    },
  };
}

/** Keeps the page's address equal to the state, without a history entry a step. */
function remember(w: AnyWidget, params: AnyParams) {
  const url = new URL(location.href);
  for (const name of Object.keys(w.controls)) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(differences(w.controls, params))) url.searchParams.set(name, value);
  try {
    history.replaceState(history.state, "", url);
  } catch {
    // A page opened from a file may not change its address; the state stays in the form.
  }
}
