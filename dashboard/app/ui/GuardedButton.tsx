import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface GuardedButtonProps extends ButtonProps {
  /** Why it cannot be pressed; undefined when it can. */
  reason: string | undefined;
  onClick: () => void;
  children: ReactNode;
}

/**
 * A button that says why it is disabled. It keeps the keyboard focus, because a reason that only the mouse
 * can reach is none, and it stays the same element when the reason goes, so that the focus stays too.
 */
export function GuardedButton({ reason, onClick, children, ...rest }: GuardedButtonProps) {
  const description = useId();
  const refused = reason !== undefined;
  const refusal = { "data-disabled": true, "aria-disabled": true, "aria-describedby": description } as const;
  return (
    <>
      <Tooltip label={reason} disabled={!refused}>
        <Button {...rest} {...(refused ? refusal : { onClick })}>
          {children}
        </Button>
      </Tooltip>
      {refused && (
        <span id={description} className="visually-hidden">
          {reason}
        </span>
      )}
    </>
  );
}

/** The reason as the server's answer gives it: while it is awaited, nothing can be pressed. */
export function refusal(allowed: boolean | undefined, what: string): string | undefined {
  if (allowed === undefined) return "Checking what you may do …";
  return allowed ? undefined : `Your roles do not let you ${what}.`;
}
