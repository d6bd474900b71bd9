import { useTitle } from "@/modules/useTitle";
import { NotFound } from "@/ui/States";

export function MissingPage() {
  useTitle("Not found");
  return (
    <main>
      <NotFound />
    </main>
  );
}
