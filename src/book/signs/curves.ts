import data from "../../../content/practice/curves.json" with {type: "json"};

/** The name of a picture in content/practice/curves.json. */
export type PictureName = keyof typeof data.pictures;

/** The size of a picture and the room around its curves, in units. */
export const PICTURE = {width: 240, height: 132, left: 4, right: 4, top: 8, bottom: 8};

/** A curve of a picture: its label and its path. */
interface Curve {
  name: string;
  d: string;
}

/** The losses of the run in which all is well. The scale of every picture covers them, so that it can be compared with that run. */
const WELL_LOSSES = data.pictures.well.flatMap(({losses}) => losses);

/** Both curves of a picture on one scale, with the losses at its upper and lower edge and its number of steps. */
export function drawCurves(id: PictureName): {curves: Curve[]; highest: number; lowest: number; steps: number} {
  const {width, height, left, right, top, bottom} = PICTURE;
  const pair = data.pictures[id];
  const allLosses = [...WELL_LOSSES, ...pair.flatMap(({losses}) => losses)];
  const [lowest, highest] = [Math.min(...allLosses), Math.max(...allLosses)];
  const y = (loss: number) => top + ((highest - loss) / (highest - lowest)) * (height - top - bottom);
  const curves = pair.map(({name, losses}) => {
    const x = (i: number) => left + (i / (losses.length - 1)) * (width - left - right);
    const d = losses.map((loss, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(loss).toFixed(1)}`).join("");
    return {name, d};
  });
  const [{every, losses}] = pair as [(typeof pair)[0], unknown];
  return {curves, highest, lowest, steps: every * (losses.length - 1)};
}
