/** Fingerprints of the files that were read. */
import {sha256} from "../engine/adapters/inspect/sha256.ts";
import {bytesFrom} from "../engine/adapters/inspect/source.ts";
import type {Fingerprint, Requests} from "./protocol.ts";
import type {Session} from "./session.ts";

/** Bytes that are read at a time. */
const PIECE = 2 ** 22;

/** The SHA-256 of a slot's files. Yields how many bytes have been read. */
export async function* fingerprints(
  session: Session,
  {slot}: Requests["fingerprints"]["request"],
): AsyncGenerator<Requests["fingerprints"]["progress"], Fingerprint[]> {
  const {weights, config} = session.at(slot);
  const sources = [weights, ...(config ? [config] : [])];
  const of = sources.reduce((sum, {size}) => sum + size, 0);
  const found: Fingerprint[] = [];
  let done = 0;
  for (const source of sources) {
    const hash = sha256();
    for (let at = 0; at < source.size; at += PIECE) {
      const bytes = await bytesFrom(source, at, Math.min(source.size, at + PIECE));
      hash.add(bytes);
      done += bytes.length;
      yield {done, of};
    }
    const name = source.name?.split("/").at(-1) ?? "the file";
    found.push({name, bytes: source.size, sha256: hash.digest()});
  }
  return found;
}
