import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Loading } from "./States";

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  loading?: string;
  order?: 1 | 2;
  children: (data: T) => ReactNode;
}

/** Data once it is there, and until then what became of the asking. Old data stays over a failed renewal. */
export function QueryView<T>({ query, loading, order, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} order={order} />;
  return <Loading label={loading} />;
}
