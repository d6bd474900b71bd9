import { Button, Loader, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { describeError, hasStatus, isNotOffered } from "@/api/errors";
import { ButtonLink } from "./Links";
import { Mark } from "./Mark";
import classes from "./States.module.css";

interface StateProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** 1 where this is the whole page. */
  order?: 1 | 2;
}

/** A page or section that has nothing to show, and says why and what to do. */
export function EmptyState({ title, children, actions, order = 2 }: StateProps) {
  return (
    <div className={classes.state}>
      <span className={classes.mark}>
        <Mark size={40} />
      </span>
      <Title order={order} c="var(--mantine-color-text)">
        {title}
      </Title>
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

export function Loading({ label = "Loading" }: { label?: string }) {
  return (
    <div className={classes.state} role="status">
      <Loader size="sm" aria-hidden="true" />
      <span>{label} …</span>
    </div>
  );
}

const home = (
  <ButtonLink to="/workspaces" variant="default">
    To the workspaces
  </ButtonLink>
);

export function Forbidden({ what, order = 1 }: { what: string; order?: 1 | 2 }) {
  return (
    <EmptyState title="Not for your account" order={order} actions={home}>
      Your roles do not let you {what}. An administrator can change that.
    </EmptyState>
  );
}

export function NotFound({ order = 1 }: { order?: 1 | 2 }) {
  return (
    <EmptyState title="Nothing here" order={order} actions={home}>
      It does not exist, or your account has no access to it.
    </EmptyState>
  );
}

/** The dashboard knows the operation, this server does not. */
export function NotOffered({ error, order = 1 }: { error: unknown; order?: 1 | 2 }) {
  const said = hasStatus(error, 501) ? describeError(error).message : undefined;
  return (
    <EmptyState title="Not offered by this server" order={order}>
      {said ?? "Its version or its settings leave this out."}
    </EmptyState>
  );
}

interface FailureProps {
  error: unknown;
  retry?: () => void;
  order?: 1 | 2;
}

export function Failure({ error, retry, order = 2 }: FailureProps) {
  if (isNotOffered(error)) return <NotOffered error={error} order={order} />;
  if (hasStatus(error, 404) || hasStatus(error, 410)) return <NotFound order={order} />;
  if (hasStatus(error, 403)) return <Forbidden what="see this" order={order} />;
  const { message, detail, requestId } = describeError(error);
  return (
    <div role="alert">
      <EmptyState
        title={message}
        order={order}
        actions={
          retry && (
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          )
        }
      >
        {detail && <p>{detail}</p>}
        {requestId && (
          <p className={classes.request}>
            Request <code>{requestId}</code>. An administrator finds it in the server's log.
          </p>
        )}
      </EmptyState>
    </div>
  );
}
