import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {fly} from "./flight.ts";
import type {ThreadsParams, ThreadsResult} from "./model.ts";

/** Buttons that fly to × 1, × 10, × 100 and × 1,000, as far as the matrix goes. */
export function stops(picture: Element, {closest}: ThreadsResult, {zoom}: ThreadsParams, act: Act) {
  const powers = [...[0, 1, 2].filter((power) => power < closest), closest];
  buttonRow(
    picture,
    powers.map((power) => ({
      text: `× ${whole(Math.round(10 ** power))}`,
      isPressed: zoom === power,
      onPress: () => fly(picture.querySelector(".threads > .chart")!, zoom, power, act),
    })),
    "Zoom",
  );
}
