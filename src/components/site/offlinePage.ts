import {ask, type Count, filesKept, install, type News, sizeOf, stop, uninstall} from "./offlineCopy.ts";
import {ownRegistration} from "./ownRegistration.ts";

/** Milliseconds without a word from the worker while it checks all files, which takes it less than a second, and while it fetches. */
const CHECK = 20_000;
const MEND = 120_000;
/** Milliseconds between two requests to the worker to stop. */
const AGAIN = 100;

/** Why this site cannot be kept offline here, in a sentence; undefined when it can. */
function reasonAgainst(): string | undefined {
  if (!isSecureContext) return "Browsers keep sites only from addresses that begin with https.";
  try {
    // Throws in a sandboxed frame.
    if (navigator.serviceWorker) return undefined;
  } catch {
    return "This page is in a frame that is not allowed to keep anything. Open it in a window of its own.";
  }
  return "This browser keeps no sites. Some keep none in a private window, so try an ordinary one.";
}

/** Why a file could not be kept, as the worker gives it. */
const causes: Readonly<Record<string, string>> = {
  late: "It did not arrive in time.",
  odd: "It is from a different version than the rest. The host may be changing to a newer one, so try again in a few minutes. If that does not help, the host alters files on the way.",
  gone: "The host does not have it. It may be changing to a newer version, so try again in a few minutes.",
  "no network": "The host did not answer.",
  refused: "This browser, or one of its settings, does not allow it.",
  "no room": "There is no room left for it on this device.",
};

type Failure = Extract<News, {failed: string}>;

/** Why the copy is not complete, with the file that failed first. */
const failureText = ({failed, because}: Failure): string =>
  because === "stopped" ? "You stopped the download." : `${failed} could not be kept. ${causes[because] ?? ""}`;

const wholeText = ({of}: Count): string =>
  `The whole site is on this device and works without a network. All ${of} files were checked just now.`;

const faultyText = ({kept, of}: Count): string =>
  `A copy of the site is on this device, but ${of - kept} of its ${of} files are missing or were changed.`;

/** What can be done in a state. */
type Deed = "keep" | "mend" | "stop" | "remove";

/** The elements of the page, and how they show a state. */
function offlineView(box: HTMLElement) {
  const state = box.querySelector<HTMLElement>(".offline-state")!;
  const bar = box.querySelector("progress")!;
  const button = (deed: Deed) => box.querySelector<HTMLButtonElement>(`.offline-${deed}`)!;
  const buttons = {keep: button("keep"), mend: button("mend"), stop: button("stop"), remove: button("remove")};
  const show = (text: string, ...deeds: readonly Deed[]) => {
    state.textContent = text;
    bar.hidden = !deeds.includes("stop");
    bar.removeAttribute("value");
    for (const [deed, one] of Object.entries(buttons)) {
      one.hidden = !deeds.includes(deed as Deed);
      one.disabled = false;
    }
  };
  const showCount = ({kept, of}: Count) => {
    bar.max = of;
    bar.value = kept;
  };
  return {buttons, show, showCount};
}

/** What to say when no copy is in use: that nothing is kept, or how much has arrived so far. */
async function absentState(home: string, failed: string): Promise<[text: string, ...Deed[]]> {
  const [part, size] = await Promise.all([filesKept(home), sizeOf(home)]);
  const mb = size ? ` It is ${(size.bytes / 1e6).toFixed(1)} MB.` : "";
  if (part === 0) return [`${failed} The site is not kept on this device.${mb}`.trim(), "keep"];
  const count = size ? `${part} of ${size.files} files` : `${part} files`;
  return [
    `${failed} So far ${count} are on this device, which is not enough to read without a network.`.trim(),
    "mend",
    "remove",
  ];
}

/** What to say of a copy that is in use, by what its check has found. */
function keptState(count: Count | undefined, failed: Failure | undefined): [text: string, ...Deed[]] {
  if (!count)
    return [
      "A copy of the site is on this device, but it could not be checked. It may be from an earlier version: remove it, then keep the site again.",
      "remove",
    ];
  if (count.kept < count.of)
    return [`${failed ? `${failureText(failed)} ` : ""}${faultyText(count)}`, "mend", "remove"];
  const delay = failed ? " A newer version has not fully arrived yet; until it has, this one stays." : "";
  return [wholeText(count) + delay, "remove"];
}

/** Starts the page that keeps this site offline and shows whether it is. `home`: address of the site's root, with its slash. */
export async function startOffline(box: HTMLElement, home: string): Promise<void> {
  const view = offlineView(box);
  const reason = reasonAgainst();
  if (reason) view.show(reason);
  else await startButtons(view, home);
}

/** Shows the state of the copy, and lets the buttons change it. */
async function startButtons({buttons, show, showCount}: ReturnType<typeof offlineView>, home: string): Promise<void> {
  /** The first file that failed, in the last attempt to fetch a version. */
  let failed: Failure | undefined;
  let isFetching = false;
  /** Counts what was begun here: an answer that arrives after something else has begun is out of date. */
  let turn = 0;
  let telling: ReturnType<typeof setInterval> | undefined;

  async function showState() {
    const own = ++turn;
    const worker = (await ownRegistration(home))?.active;
    const absent = worker ? undefined : await absentState(home, failed ? failureText(failed) : "");
    if (own !== turn) return;
    if (!worker) return show(...absent!);
    show("All files of the copy are being checked.", "remove");
    const count = await ask(worker, "check", CHECK);
    if (own !== turn) return;
    show(...keptState(count, failed));
  }

  /** Fetches the files that are missing. */
  async function fetchFiles() {
    turn++;
    show("The site is being stored on this device. You can keep reading.", "stop");
    failed = undefined;
    isFetching = true;
    try {
      const worker = (await ownRegistration(home))?.active;
      if (worker) await ask(worker, "mend", MEND);
      else await install(home);
    } catch (error) {
      failed = {failed: "sw.js", because: (error as Error).name === "SecurityError" ? "refused" : "no network"};
    }
    isFetching = false;
    clearInterval(telling);
    await showState();
  }

  navigator.serviceWorker.addEventListener("message", ({data}: MessageEvent<Partial<News> | null>) => {
    if (data && "failed" in data) {
      failed = data as typeof failed;
      if (!isFetching) void showState();
    } else if (data && "kept" in data) showCount(data as Count);
  });
  buttons.keep.addEventListener("click", fetchFiles);
  buttons.mend.addEventListener("click", fetchFiles);
  buttons.stop.addEventListener("click", () => {
    // The worker may not have begun yet, so it is told until it has stopped.
    clearInterval(telling);
    telling = setInterval(() => stop(home), AGAIN);
  });
  buttons.remove.addEventListener("click", async () => {
    turn++;
    await uninstall(home);
    failed = undefined;
    await showState();
    buttons.keep.focus();
  });
  await showState();
}
