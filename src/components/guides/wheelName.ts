import site from "../../../content/site.json" with {type: "json"};

/** The file of the wheel for notebooks, by the rule for wheels: for any Python 3 and any machine. */
export const wheelName = `lora_widget-${site.version}-py3-none-any.whl`;
