import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
}

/** A search that runs when it is submitted, so that its text can be a condition written in full. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <search>
      <form onSubmit={submit}>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            type="search"
            size="xs"
            w={{ base: "14rem", sm: "20rem" }}
            aria-label={label}
            placeholder={placeholder}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default">
            Search
          </Button>
        </Group>
      </form>
    </search>
  );
}
