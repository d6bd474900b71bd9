import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormError } from "./FormError";

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** The button's text: the deed, not "OK". */
  deed: string;
  danger?: boolean;
  /** A word that must be typed first. */
  typed?: string;
  busy?: boolean;
  error?: unknown;
  children: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Question {...props} />
    </Modal>
  );
}

/** Inside the dialog, so that what was typed is forgotten with it. */
function Question({ onClose, onConfirm, deed, danger, typed, busy, error, children }: ConfirmDialogProps) {
  const [text, setText] = useState("");
  const ready = typed === undefined || text === typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>{children}</div>
        {typed !== undefined && (
          <TextInput
            label={
              <>
                Type <code>{typed}</code> to confirm
              </>
            }
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        <FormError error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={danger ? "red" : undefined} disabled={!ready} loading={busy}>
            {deed}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
