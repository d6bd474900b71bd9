import type { BuildParameter, TemplateVersionParameter } from "@/api/types";

/** Form values by parameter name, in the API's text form: `true`, `42`, `["a","b"]`. */
export type ParameterValues = Record<string, string>;

const LONGEST_CHECKED = 1_000;

export function initialValues(parameters: TemplateVersionParameter[]): ParameterValues {
  return Object.fromEntries(parameters.map((each) => [each.name, initialValue(each)]));
}

function initialValue(parameter: TemplateVersionParameter): string {
  if (parameter.default_value !== "") return parameter.default_value;
  if (parameter.type === "bool") return "false";
  return parameter.type === "list(string)" ? "[]" : "";
}

export function toList(value: string): string[] {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed.filter((item): item is string => typeof item === "string") : [];
  } catch {
    return [];
  }
}

/** Empty values are left out, so that the server applies the default or says what is missing. */
export function buildParameters(values: ParameterValues): BuildParameter[] {
  return Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ({ name, value }));
}

/** What the form can tell before the server does; null when nothing is wrong. */
export function checkParameter(parameter: TemplateVersionParameter, value: string): string | null {
  if (value === "" || (parameter.type === "list(string)" && toList(value).length === 0)) {
    return parameter.required ? "This is required." : null;
  }
  if (parameter.type === "number") return checkNumber(parameter, value);
  if (parameter.type === "string") return checkPattern(parameter, value);
  return null;
}

function checkNumber(parameter: TemplateVersionParameter, value: string): string | null {
  const number = Number(value);
  if (Number.isNaN(number)) return "Enter a number.";
  const { validation_min: min, validation_max: max } = parameter;
  const tooSmall = typeof min === "number" && number < min;
  const tooLarge = typeof max === "number" && number > max;
  if (!tooSmall && !tooLarge) return null;
  const fallback = tooSmall ? `At least ${min}.` : `At most ${max}.`;
  return explain(parameter, value, fallback);
}

function checkPattern(parameter: TemplateVersionParameter, value: string): string | null {
  if (!parameter.validation_regex || value.length > LONGEST_CHECKED) return null;
  let pattern: RegExp;
  try {
    pattern = new RegExp(parameter.validation_regex, "u");
  } catch {
    // A pattern of the server's dialect that JavaScript does not know: the server checks it.
    return null;
  }
  return pattern.test(value) ? null : explain(parameter, value, "This value is not of the expected form.");
}

function explain(parameter: TemplateVersionParameter, value: string, fallback: string): string {
  if (!parameter.validation_error) return fallback;
  return parameter.validation_error
    .replaceAll("{min}", String(parameter.validation_min ?? ""))
    .replaceAll("{max}", String(parameter.validation_max ?? ""))
    .replaceAll("{value}", value);
}
