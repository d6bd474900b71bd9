import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, hasStatus, UnreachableError } from "./errors";

const RETRIES = 2;

/** Only what may pass by itself is tried again. */
function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ApiError && [502, 503, 504].includes(error.status);
}

/**
 * `onSignedOut` hears of a 401, whichever call met it, except where the call itself deals with it: a wrong
 * password in the login form, and the question who is signed in when the answer is nobody.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (hasStatus(error, 401)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.meta?.asksWho !== true || query.state.data !== undefined) onError(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (mutation.meta?.ownUnauthorized !== true) onError(error);
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < RETRIES && isPassing(error),
        staleTime: 5_000,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}
