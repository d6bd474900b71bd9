import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { hasStatus } from "@/api/errors";
import { Failure, Loading } from "./States";

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  loading?: string;
  order?: 1 | 2;
  children: (data: T) => ReactNode;
}

/**
 * Data once it is there, and until then what became of the asking. Old data stays over a renewal that failed,
 * but not over the answer that there is nothing any more, or nothing for this person.
 */
export function QueryView<T>({ query, loading, order, children }: QueryViewProps<T>) {
  const withdrawn = [403, 404, 410, 501].some((status) => hasStatus(query.error, status));
  if (query.data !== undefined && !withdrawn) return children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} order={order} />;
  return <Loading label={loading} />;
}
