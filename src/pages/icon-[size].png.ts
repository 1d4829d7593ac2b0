import {readFile} from "node:fs/promises";
import type {APIRoute} from "astro";
import sharp from "sharp";

/** The sizes of the icon in pixels: for iOS, and for site.webmanifest.ts. */
export const getStaticPaths = () => ["180", "192", "512"].map((size) => ({params: {size}}));

/** The share of the icon's width that the logo takes. */
const MARK_SHARE = 0.56;

/** The logo on paper, with a margin that round icons may cut off: the safe zone of a maskable icon is 80 % of it. */
export const GET: APIRoute = async ({params}) => {
  const size = Number(params.size);
  const markSize = Math.round(size * MARK_SHARE);
  const mark = await sharp(await readFile("public/favicon.svg"), {density: 1200})
    .resize(markSize, markSize)
    .png()
    .toBuffer();
  const icon = sharp({create: {width: size, height: size, channels: 3, background: "#fcfbf8"}})
    .composite([{input: mark, gravity: "center"}])
    .png({palette: true});
  return new Response(new Uint8Array(await icon.toBuffer()), {headers: {"content-type": "image/png"}});
};
