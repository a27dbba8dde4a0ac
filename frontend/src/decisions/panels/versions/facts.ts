/** Which version is published: what the page said, and what was published since. */
import { atom, useAtomValue } from "jotai";
import { useDesk } from "../desk";

export const publishedAtom = atom<number | null>(null);

export function usePublished(): number | null {
  const { table } = useDesk();
  return useAtomValue(publishedAtom) ?? table.published_version;
}
