import { Group, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { FormError } from "./FormError";
import { Section } from "./Page";
import { SubmitButton } from "./SubmitButton";

interface FormSectionProps {
  title: string;
  aside?: ReactNode;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** A refusal that no field shows. */
  error: unknown;
  saving: boolean;
  deed?: string;
  /** Why it cannot be sent. */
  reason?: string;
  children: ReactNode;
}

/** A section of a page that is one form. */
export function FormSection(props: FormSectionProps) {
  return (
    <Section title={props.title} aside={props.aside}>
      <form onSubmit={props.onSubmit} noValidate>
        <Stack>
          {props.children}
          <FormError error={props.error} />
          <Group justify="flex-end">
            <SubmitButton reason={props.reason} loading={props.saving}>
              {props.deed ?? "Save"}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
