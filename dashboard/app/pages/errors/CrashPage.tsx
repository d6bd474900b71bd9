import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ApiError, describeError, UnreachableError } from "@/api/errors";
import { useTitle } from "@/modules/useTitle";
import { EmptyState, Failure } from "@/ui/States";

/** What is shown where a page broke: a refusal of the server, or a fault of ours. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  useTitle("Something went wrong");
  if (error instanceof ApiError || error instanceof UnreachableError) {
    return (
      <main>
        <Failure error={error} retry={reset} order={1} />
      </main>
    );
  }
  return (
    <main role="alert">
      <EmptyState
        title="This page broke"
        order={1}
        actions={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        <p>Nothing you saved is lost. If the server was updated a moment ago, reloading is all it takes.</p>
        <p>
          <code>{describeError(error).message.slice(0, 300)}</code>
        </p>
      </EmptyState>
    </main>
  );
}
