import type {APIRoute} from "astro";
import {course} from "../../components/teach/course.ts";
import {archive} from "../../make/downloads/archive.ts";
import {cartridge} from "../../make/downloads/cartridge.ts";

/** The site as web links for a learning platform. */
export const GET: APIRoute = async () =>
  new Response(
    archive(
      cartridge({
        title: "LoRA, live",
        description:
          "An interactive reading of LoRA: Low-Rank Adaptation of Large Language Models (arXiv:2106.09685v2). A module a chapter: the chapter, each of its figures alone, and its questions on paper.",
        modules: await course(),
      }),
    ),
  );
