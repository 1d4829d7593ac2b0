import type {Locator} from "@playwright/test";

/** A state far from the one that a figure shows: each number at the farther end of its track, each choice at another value. */
export const farState = (widget: Locator): Promise<Record<string, string>> =>
  widget.evaluate((element) => {
    const fields = (element.shadowRoot ?? element).querySelectorAll<HTMLInputElement>(
      ":is(.controls, .clock) input:not([type=hidden])",
    );
    const far: Record<string, string> = {};
    for (const {name, type, value, min, max, checked} of fields) {
      if (type !== "radio") far[name] = Number(value) - Number(min) > Number(max) - Number(value) ? min : max;
      else if (!checked) far[name] = value;
    }
    return far;
  });
