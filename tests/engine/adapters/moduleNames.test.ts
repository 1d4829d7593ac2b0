import {expect, test} from "vitest";
import {inOrder, spotOf} from "../../../src/engine/adapters/moduleNames.ts";

/** A name, its network, its layer, its block and its matrix. */
const SPOTS = `
  model.layers.12.self_attn.q_proj | model | 12 | model.layers | self_attn.q_proj
  transformer.h.3.attn.c_attn | model | 3 | transformer.h | attn.c_attn
  model.layers.0.mlp.experts[17] | model | 0 | model.layers | mlp.experts
  blk.10.ffn_gate_exps | model | 10 | blk | ffn_gate_exps
  lm_head | model |  |  | lm_head
  unet.down_blocks.1.attentions.0.transformer_blocks.3.attn2.to_out.0 | model | 1.0.3 | unet.down_blocks | attn2.to_out.0
  lora_unet_down_blocks_1_attentions_0_transformer_blocks_3_attn2_to_out_0 | model | 1.0.3 | lora_unet_down_blocks | attn2_to_out_0
  lora_unet_input_blocks_4_1_transformer_blocks_0_ff_net_0_proj | model | 4.1.0 | lora_unet_input_blocks | ff_net_0_proj
  lora_te1_text_model_encoder_layers_11_mlp_fc1 | text encoder 1 | 11 | lora_te1_text_model_encoder_layers | mlp_fc1
  text_encoder_2.text_model.encoder.layers.1.self_attn.q_proj | text encoder 2 | 1 | text_encoder_2.text_model.encoder.layers | self_attn.q_proj
  diffusion_model.single_blocks.11.linear1 | model | 11 | diffusion_model.single_blocks | linear1
`;

test.each(
  SPOTS.trim()
    .split("\n")
    .map((line) => line.split("|").map((word) => word.trim())),
)("%s is in %s, layer %j of %j, as %s", (name, network, layer, block, matrix) => {
  expect(spotOf(name!)).toEqual({network, layer, block, matrix});
});

test("numbers in names count as numbers", () => {
  const names = ["a.10.b", "a.2.b", "a.2.a", "a", "a.2", "b_9_c", "b_10_c"];
  expect(inOrder(names.toReversed(), (name) => name)).toEqual([
    "a",
    "a.2",
    "a.2.a",
    "a.2.b",
    "a.10.b",
    "b_9_c",
    "b_10_c",
  ]);
});
