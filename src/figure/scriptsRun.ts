/**
 * Marks that controls answer, unless the browser is too old. `<html data-scripts>` says whether they do: "off" as the page is
 * served, "coming" once the guard runs (src/site/guard/), "off" again where scripts are late, and "on" from here. Controls are
 * hidden unless it is "on".
 */
export function markScriptsRunning() {
  const {dataset} = document.documentElement;
  if (isTooOld()) return;
  dataset.scripts = "on";
  delete dataset.why;
}

/** Whether the guard found that this browser lacks what figures need. */
export const isTooOld = (): boolean => document.documentElement.dataset.why === "old";
