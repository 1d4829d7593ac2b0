import type {DeviceStorage} from "./device.ts";
import {KEY_PREFIX} from "./entries.ts";

/** Whether this site may keep things on the device; "off" where the browser keeps nothing. */
export type Consent = "unasked" | "yes" | "no" | "off";

/** The key of the reader's yes in storage. */
export const CONSENT_KEY = `${KEY_PREFIX}keep`;

/** The reader's consent. A yes is stored on the device and counts in every window; a no lasts as long as this page. */
export function readConsent(device: DeviceStorage) {
  let isRefused = false;
  return {
    /** As stored now: another window may have answered or erased meanwhile. */
    get state(): Consent {
      const isYes = device.get(CONSENT_KEY) === "yes";
      return !device.isOpen ? "off" : isRefused ? "no" : isYes ? "yes" : "unasked";
    },
    answer(yes: boolean) {
      isRefused = !yes;
      // Without room for this one word nothing else can be kept, and asking again would not help.
      if (yes && device.isOpen) isRefused = !device.set(CONSENT_KEY, "yes", "what you do here");
    },
    /** Allows to ask again after a no. */
    reset() {
      isRefused = false;
    },
  };
}
