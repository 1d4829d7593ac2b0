import {expect, test} from "vitest";
import {parseAdapterConfig} from "../../../src/engine/adapters/peftConfig.ts";

test("every setting that changes the formula has a sentence; defaults have none", () => {
  const settings: [object, string | undefined][] = [
    [{init_lora_weights: "pissa_niter_16"}, "init_lora_weights is pissa_niter_16: the start changed the base weight"],
    [{init_lora_weights: "olora"}, "init_lora_weights is olora"],
    [{init_lora_weights: "loftq"}, "B·A also repairs a quantized base"],
    [{init_lora_weights: "gaussian"}, undefined],
    [{init_lora_weights: false}, undefined],
    [{bias: "all"}, "bias is all"],
    [{bias: "none"}, undefined],
    [{trainable_token_indices: [1, 2]}, "rows of the embedding were trained too"],
    [{target_parameters: ["experts.w"]}, "target_parameters (experts.w): single parameters are adapted"],
    [{use_qalora: true}, "use_qalora: inputs are pooled"],
    [{use_bdlora: {x: 1}}, "block-diagonal"],
    [{kasa_config: {x: 1}}, "a diagonal lora_diag sits between A and B"],
    [{alora_invocation_tokens: [1]}, "acts only after given tokens"],
    [{layer_replication: [[0, 4]]}, "layer_replication: this changes the formula"],
    [{loftq_config: {}, megatron_config: null, qalora_group_size: 16, megatron_core: "megatron.core"}, undefined],
    [
      {init_lora_weights: "corda", corda_config: {x: 1}},
      "init_lora_weights is corda: the start changed the base weight",
    ],
    [{init_lora_weights: "lora_ga", lora_ga_config: {x: 1}}, "lora_ga: the start changed the base weight"],
    [{init_lora_weights: "eva", eva_config: {rho: 2}}, undefined],
    [{loftq_config: {x: 1}, ensure_weight_tying: true, megatron_config: {x: 1}}, undefined],
    [{modules_to_save: []}, undefined],
  ];
  for (const [setting, sentence] of settings) {
    const {variants} = parseAdapterConfig(JSON.stringify({peft_type: "LORA", ...setting}));
    if (sentence === undefined) expect(variants).toEqual([]);
    else expect(variants).toEqual([expect.stringContaining(sentence)]);
  }
});

test("absent fields have PEFT's defaults; fields of other names are kept as they are", () => {
  const config = parseAdapterConfig(
    '{"peft_type": "LORA", "rank_pattern": null, "__proto__": {"r": 3}, "new_2030": 1}',
  );
  expect(config).toMatchObject({r: 8, lora_alpha: 8, use_rslora: false, fan_in_fan_out: false, target_modules: null});
  expect([...config.fields.keys()]).toEqual(["peft_type", "rank_pattern", "__proto__", "new_2030"]);
  const {target_modules} = parseAdapterConfig('{"peft_type": "LORA", "target_modules": "all-linear"}');
  expect(target_modules).toBe("all-linear");
});

test.each([
  ["{", "adapter_config.json is not JSON: at character 1"],
  ['{"r": 1, "\\u0072": 2}', "adapter_config.json names r twice"],
  ["[]", "adapter_config.json is a list; it must be an object"],
  ["{}", 'adapter_config.json has no peft_type; a LoRA adapter says "LORA" there'],
  ['{"peft_type": "IA3"}', "this is an adapter of the type IA3; only LORA is read here"],
  ['{"peft_type": 1}', 'peft_type is 1; it must be "LORA"'],
  ['{"fine_tune_type": "lora"}', "adapter_config.json has fine_tune_type, as MLX writes it"],
])("refused config: %s", (json, sentence) => expect(() => parseAdapterConfig(json)).toThrow(`peft: ${sentence}`));

test.each([
  ['"r": "8"', 'r is "8"; it must be a whole number of at least 1'],
  ['"r": 0', "r is 0; it must be a whole number of at least 1"],
  ['"r": 1e3', "r is 1e3;"],
  ['"lora_alpha": true', "lora_alpha is true; it must be a finite number"],
  ['"lora_alpha": 1e999', "lora_alpha is 1e999; it must be a finite number"],
  ['"use_rslora": 1', "use_rslora is 1; it must be true or false"],
  ['"bias": "some"', 'bias is "some"; it must be none, all or lora_only'],
  ['"rank_pattern": []', "rank_pattern is a list; it must be an object"],
  ['"rank_pattern": {"q": 1.5}', "rank_pattern: q is 1.5; it must be"],
  ['"target_modules": [1]', "target_modules: an entry is 1;"],
  ['"target_modules": {}', "target_modules is an object; it must be a list"],
  ['"base_model_name_or_path": []', "base_model_name_or_path is a list; it must be a text"],
])("refused field: %s", (field, sentence) =>
  expect(() => parseAdapterConfig(`{"peft_type": "LORA", ${field}}`)).toThrow(`peft: ${sentence}`),
);

test("a config of 2 MiB is refused", () => {
  expect(() => parseAdapterConfig(`{"x": "${"x".repeat(2 ** 21)}"}`)).toThrow("at most 1,048,576 are read");
});
