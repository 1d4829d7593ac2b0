import {isProgram, onPath} from "../browser/find.ts";
import type {WebKit} from "./webkit.ts";

const {env, platform} = process;

/** Firefox, if it is here: the one FIREFOX names, or the system's. */
export function findFirefox(): string | undefined {
  if (env.FIREFOX) return env.FIREFOX;
  // A snap's sees no folder of ours, so no profile.
  const isSnap = isProgram("/snap/bin/firefox");
  const names = isSnap ? ["firefox-esr"] : ["firefox", "firefox-esr"];
  const places =
    platform === "darwin"
      ? ["/Applications/Firefox.app/Contents/MacOS/firefox"]
      : platform === "win32"
        ? [`${env.PROGRAMFILES}\\Mozilla Firefox\\firefox.exe`]
        : names.map((name) => `/usr/bin/${name}`);
  return [...names.flatMap(onPath), ...places].find(isProgram);
}

/** WebKitGTK's driver, if it and a screen are here: one that nobody sees (Xvfb), or else the one in use. */
export function findWebKit(): WebKit | undefined {
  const here = (name: string) => [...onPath(name), `/usr/bin/${name}`].find(isProgram);
  const [driver, xvfb] = [here("WebKitWebDriver"), here("Xvfb")];
  return driver && (xvfb || env.DISPLAY || env.WAYLAND_DISPLAY) ? {driver, xvfb} : undefined;
}
