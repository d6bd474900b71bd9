import { Button, Group, Select, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";

export interface Filter {
  key: string;
  label: string;
  options?: { value: string; label: string }[];
  date?: boolean;
}

type Values = Record<string, string | undefined>;

interface FiltersProps {
  filters: Filter[];
  values: Values;
  onChange: (values: Values) => void;
  /** A search field before the conditions. */
  children?: ReactNode;
}

/** Conditions on a list. They are kept in the address, so that a finding can be passed on. */
export function Filters({ filters, values, onChange, children }: FiltersProps) {
  const set = (key: string, value: string | null) => onChange({ ...values, [key]: value || undefined });
  const any = filters.some(({ key }) => values[key] !== undefined);
  return (
    <Group component="search" gap="xs" mb="md" align="flex-end">
      {children}
      {filters.map((filter) =>
        filter.options ? (
          <Select
            key={filter.key}
            label={filter.label}
            size="xs"
            w="10rem"
            placeholder="Any"
            clearable
            clearButtonProps={{ "aria-label": `Clear ${filter.label}` }}
            data={filter.options}
            value={values[filter.key] ?? null}
            onChange={(value) => set(filter.key, value)}
          />
        ) : (
          <TypedFilter
            key={filter.key}
            filter={filter}
            value={values[filter.key] ?? ""}
            onCommit={(value) => set(filter.key, value)}
          />
        ),
      )}
      {any && (
        <Button variant="subtle" size="xs" onClick={() => onChange({})}>
          Clear all
        </Button>
      )}
    </Group>
  );
}

/** Counts when it is left or Enter is pressed, not with each letter. */
function TypedFilter({
  filter,
  value,
  onCommit,
}: {
  filter: Filter;
  value: string;
  onCommit: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    if (text.trim() !== value) onCommit(text.trim());
  };
  return (
    <TextInput
      label={filter.label}
      type={filter.date ? "date" : "text"}
      size="xs"
      w="10rem"
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
}
