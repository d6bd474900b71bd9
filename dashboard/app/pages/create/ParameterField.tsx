import {
  Checkbox,
  MultiSelect,
  NumberInput,
  Radio,
  Select,
  Slider,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { TemplateVersionParameter } from "@/api/types";
import { toList } from "@/modules/parameters";

interface ParameterFieldProps {
  parameter: TemplateVersionParameter;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** One of a template's parameters, in the form its author asked for or its type suggests. */
export function ParameterField(props: ParameterFieldProps) {
  const { parameter } = props;
  if (parameter.type === "list(string)") return <ListField {...props} />;
  if (parameter.options.length > 0) return <ChoiceField {...props} />;
  if (parameter.type === "bool") return <BooleanField {...props} />;
  if (parameter.type === "number") return <NumberField {...props} />;
  return <TextField {...props} />;
}

/** What every kind of field shows. */
function common({ parameter, error }: ParameterFieldProps) {
  const once = parameter.ephemeral ? "Used for this start only." : "";
  const fixed = parameter.mutable ? "" : "Cannot be changed later.";
  return {
    label: parameter.display_name || parameter.name,
    description: [parameter.description_plaintext, once, fixed].filter(Boolean).join(" ") || undefined,
    error,
    required: parameter.required,
  };
}

function TextField(props: ParameterFieldProps) {
  const shared = { ...common(props), value: props.value, maxLength: 10_000, spellCheck: false };
  if (props.parameter.form_type === "textarea") {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={3}
        maxRows={12}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
    );
  }
  return <TextInput {...shared} onChange={(event) => props.onChange(event.currentTarget.value)} />;
}

function NumberField(props: ParameterFieldProps) {
  const { parameter, value, onChange } = props;
  const { label, description, error } = common(props);
  const min = parameter.validation_min ?? undefined;
  const max = parameter.validation_max ?? undefined;
  if (parameter.form_type === "slider" && min !== undefined && max !== undefined) {
    return (
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          {label}: {value}
        </Text>
        {description && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
        <Slider
          min={min}
          max={max}
          value={Number(value)}
          onChange={(next) => onChange(String(next))}
          thumbLabel={label}
        />
        {error && (
          <Text size="xs" c="var(--cl-bad)" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    );
  }
  return (
    <NumberInput
      {...common(props)}
      min={min}
      max={max}
      clampBehavior="none"
      value={value}
      onChange={(next) => onChange(String(next))}
    />
  );
}

function BooleanField(props: ParameterFieldProps) {
  const { label, description, error } = common(props);
  const shared = { label, description, error, checked: props.value === "true" };
  const Field = props.parameter.form_type === "checkbox" ? Checkbox : Switch;
  return <Field {...shared} onChange={(event) => props.onChange(String(event.currentTarget.checked))} />;
}

function ChoiceField(props: ParameterFieldProps) {
  const { parameter, value, onChange } = props;
  if (parameter.form_type === "radio") {
    return (
      <Radio.Group {...common(props)} value={value} onChange={onChange}>
        <Stack gap="xs" mt="xs">
          {parameter.options.map((option) => (
            <Radio
              key={option.value}
              value={option.value}
              label={option.name}
              description={option.description || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
    );
  }
  return (
    <Select
      {...common(props)}
      data={parameter.options.map((option) => ({ value: option.value, label: option.name }))}
      value={value === "" ? null : value}
      onChange={(next) => onChange(next ?? "")}
      allowDeselect={!parameter.required}
      searchable={parameter.options.length > 8}
    />
  );
}

function ListField(props: ParameterFieldProps) {
  const { parameter, value, onChange } = props;
  const shared = {
    ...common(props),
    value: toList(value),
    onChange: (next: string[]) => onChange(JSON.stringify(next)),
    clearable: true,
  };
  if (parameter.options.length === 0) return <TagsInput {...shared} placeholder="Type and press Enter" />;
  return (
    <MultiSelect
      {...shared}
      data={parameter.options.map((option) => ({ value: option.value, label: option.name }))}
      searchable
    />
  );
}
