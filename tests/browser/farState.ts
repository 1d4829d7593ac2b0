import type {Locator} from "@playwright/test";

/** A state far from the one that a figure shows: numbers at the end of their tracks, choices at their last. */
export const farState = (widget: Locator): Promise<Record<string, string>> =>
  widget.evaluate((element) =>
    Object.fromEntries(
      [
        ...(element.shadowRoot ?? element).querySelectorAll<HTMLInputElement>(
          ":is(.controls, .clock) input:not([type=hidden])",
        ),
      ].map(({name, type, value, max, min}) => [name, type === "radio" ? value : value === max ? min : max]),
    ),
  );
