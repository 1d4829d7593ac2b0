import {toBytes, toFloat32, toFloat64} from "../../src/engine/files/dtype.ts";
import {bf16, decode16, encode16, fp16} from "../../src/engine/files/float16.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {interleaved, needAgree} from "./measure.ts";
import type {Line} from "./table.ts";

const COUNT = 2 ** 22;
/** Numbers a second, in millions. */
const LEAST = 150;

/** Whole tensors of 16-bit floats, against `decode16` and `encode16` one number at a time, as it was done before. */
export function halves(): Line[] {
  const random = mulberry32(21);
  const values = Float64Array.from({length: COUNT}, () => (random() - 0.5) * 4);
  return (
    [
      ["F16", fp16],
      ["BF16", bf16],
    ] as const
  ).flatMap(([dtype, format]) => {
    const bytes = toBytes(dtype, values);
    const codes = new Uint16Array(bytes.buffer);
    needAgree(
      `${dtype} decoded`,
      toFloat64(dtype, bytes),
      Float64Array.from(codes, (code) => decode16(code, format)),
      0,
    );
    const times = interleaved(
      {
        decode32: () => void toFloat32(dtype, bytes),
        decode64: () => void toFloat64(dtype, bytes),
        decodeEach: () => void Float64Array.from(codes, (code) => decode16(code, format)),
        encode: () => void toBytes(dtype, values),
        encodeEach: () => void Uint16Array.from(values, (value) => encode16(value, format)),
      },
      5,
    );
    const speed = (time: number) => COUNT / time / 1000;
    return [
      {what: `${dtype} to float32`, value: speed(times.decode32), unit: "M numbers/s", least: LEAST},
      {what: `${dtype} to float64`, value: speed(times.decode64), unit: "M numbers/s", least: LEAST},
      {
        what: `${dtype} to float64, against number by number`,
        value: times.decodeEach / times.decode64,
        unit: "× as fast",
      },
      {what: `${dtype} from float64`, value: speed(times.encode), unit: "M numbers/s"},
      {
        what: `${dtype} from float64, against number by number`,
        value: times.encodeEach / times.encode,
        unit: "× as fast",
      },
    ];
  });
}
