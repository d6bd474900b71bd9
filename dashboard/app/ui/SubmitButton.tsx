import { Button, Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface SubmitButtonProps {
  reason: string | undefined;
  loading: boolean;
  children: ReactNode;
}

/** A form's button that, where it is disabled, says why. */
export function SubmitButton({ reason, loading, children }: SubmitButtonProps) {
  const description = useId();
  if (reason === undefined) {
    return (
      <Button type="submit" loading={loading}>
        {children}
      </Button>
    );
  }
  return (
    <>
      <Tooltip label={reason}>
        <Button type="button" data-disabled aria-disabled="true" aria-describedby={description}>
          {children}
        </Button>
      </Tooltip>
      <span id={description} className="visually-hidden">
        {reason}
      </span>
    </>
  );
}
