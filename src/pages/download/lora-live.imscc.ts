import type {APIRoute} from "astro";
import {siteCourse} from "../../book/teach/course.ts";
import {cartridge} from "../../embed/downloads/cartridge.ts";
import {archive} from "../../site/archive.ts";

/** The site as a Common Cartridge of web links, for learning platforms. */
export const GET: APIRoute = async () =>
  new Response(
    archive(
      cartridge({
        title: "LoRA, live",
        description:
          "An interactive reading of LoRA: Low-Rank Adaptation of Large Language Models (arXiv:2106.09685v2). A module a chapter: the chapter, each of its figures alone, and its questions on paper.",
        modules: await siteCourse(),
      }),
    ),
  );
