import type {APIRoute} from "astro";

/** What a browser needs to install the site. Addresses are relative to this file, so that it works under any base path. */
export const GET: APIRoute = () =>
  new Response(
    JSON.stringify({
      name: "LoRA, live",
      short_name: "LoRA, live",
      description: "An interactive reading of LoRA: Low-Rank Adaptation of Large Language Models",
      lang: "en",
      start_url: "./",
      scope: "./",
      display: "minimal-ui",
      background_color: "#fcfbf8",
      theme_color: "#fcfbf8",
      icons: [
        {src: "favicon.svg", sizes: "any", type: "image/svg+xml"},
        {src: "icon-192.png", sizes: "192x192", type: "image/png"},
        {src: "icon-512.png", sizes: "512x512", type: "image/png"},
        {src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable"},
      ],
    }),
    {headers: {"content-type": "application/manifest+json"}},
  );
