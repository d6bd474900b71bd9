import type { UseFormReturnType } from "@mantine/form";
import { useEffect } from "react";
import { ApiError } from "@/api/errors";

/**
 * Puts the server's refusals beside the fields they concern. Returns the error when there is something left
 * that the whole form must show.
 */
export function useFieldErrors<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  error: unknown,
): unknown {
  const { setErrors } = form;
  const fields = Object.keys(form.values);
  const split = error instanceof ApiError ? error.byField(fields) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each new error; `split` is derived from it
  useEffect(() => {
    if (split && Object.keys(split.fields).length > 0) setErrors(split.fields);
  }, [error]);
  if (!split) return error ?? undefined;
  const allPlaced = Object.keys(split.fields).length > 0 && split.rest.length === 0;
  return allPlaced ? undefined : error;
}
