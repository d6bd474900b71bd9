import { describeError } from "@/api/errors";
import { Notice } from "./Notice";

/** A refusal above a form's buttons. Fields that are at fault carry their own text. */
export function FormError({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const { message, detail, requestId } = describeError(error);
  return (
    <Notice tone="bad" title={message} urgent>
      {detail && <div>{detail}</div>}
      {requestId && (
        <div>
          Request <code>{requestId}</code>
        </div>
      )}
    </Notice>
  );
}
