import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { FormError } from "./FormError";

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Inside the dialog, so that what was typed is forgotten with it. */
  children: ReactNode;
}

export function FormDialog({ opened, onClose, title, children }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      {children}
    </Modal>
  );
}

interface DialogFormProps {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  error: unknown;
  saving: boolean;
  deed: string;
  children: ReactNode;
}

/** The form in a dialog, with its two buttons. */
export function DialogForm({ onSubmit, onClose, error, saving, deed, children }: DialogFormProps) {
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {children}
        <FormError error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            {deed}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
