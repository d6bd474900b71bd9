import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, hasStatus, UnreachableError } from "./errors";

const RETRIES = 2;

/** Only what may pass by itself is tried again. */
function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ApiError && [502, 503, 504].includes(error.status);
}

/** `onSignedOut` hears of every 401, whichever call met it. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (hasStatus(error, 401)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        // A wrong password is a 401 as well, and is the login form's own affair.
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
