import { Alert } from "@mantine/core";
import { describeError } from "@/api/errors";

/** A refusal above a form's buttons. Fields that are at fault carry their own text. */
export function FormError({ error, title }: { error: unknown; title?: string }) {
  if (error === null || error === undefined) return null;
  const { message, detail, requestId } = describeError(error);
  return (
    <Alert color="red" variant="light" role="alert" title={title ?? message}>
      {title && <div>{message}</div>}
      {detail && <div>{detail}</div>}
      {requestId && (
        <div>
          Request <code>{requestId}</code>
        </div>
      )}
    </Alert>
  );
}
