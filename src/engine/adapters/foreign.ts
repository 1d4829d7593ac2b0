/** Recognizes other files that are opened instead of a safetensors file, by their first bytes. */

const PICKLE =
  "a pickle can run code when it is opened, so none is opened here; load it on your own machine with " +
  "torch.load(…, weights_only=True) and write it with safetensors.torch.save_file";
const WEB_PAGE = "this looks like a web page: the download may have answered with a login or an error page";
const NOT_READ = "only safetensors files are read here";

const KINDS = [
  ["version ", "this is a Git LFS pointer, not the file it points to: run git lfs pull, or download the file itself"],
  ["<!", WEB_PAGE],
  ["<h", WEB_PAGE],
  ["<?", WEB_PAGE],
  ["PK\x03\x04", `this is a zip archive: unpack it; if it is a PyTorch .bin, .pt or .ckpt, ${PICKLE}`],
  ["\x80\x02", `this is a pickle: ${PICKLE}`],
  ["\x80\x04", `this is a pickle: ${PICKLE}`],
  ["GGUF", `this is a GGUF file: ${NOT_READ}`],
  ["\x89HDF", `this is an HDF5 file: ${NOT_READ}`],
  ["\x93NUMPY", `this is a NumPy array: ${NOT_READ}`],
  ["\x1f\x8b", "this is a gzip archive: unpack it first"],
  ["{", "this is JSON text: an adapter's weights are in adapter_model.safetensors"],
] as const;

/** The first bytes of a file (8 are enough) → what it is and what to do about it; undefined when they are of no known kind. */
export function recognizeForeign(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, 8));
  return KINDS.find(([magic]) => start.startsWith(magic))?.[1];
}
